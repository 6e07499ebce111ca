/* lbudget.c - the limits on the script that a Lua state runs */
/* SPDX-License-Identifier: MIT */
#include "lua/lbudget.h"

budget *lbudget_get(lua_State *L)
{
  budget *b;
  lua_getfield(L, LUA_REGISTRYINDEX, LBUDGET_KEY);
  b = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return b;
}

void lbudget_charge(lua_State *L, double instructions)
{
  budget *b = lbudget_get(L);
  budget_end end = b != NULL ? budget_charge(b, instructions) : BUDGET_OPEN;
  if (end != BUDGET_OPEN)
    luaL_error(L, "%s", budget_text(end));
}
