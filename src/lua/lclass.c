/* lclass.c - classes of userdata */
/* SPDX-License-Identifier: MIT */
#include "lua/lclass.h"

const luaL_Reg lclass_no_methods[] = {{NULL, NULL}};

void lclass_make(lua_State *L, const char *name, const luaL_Reg *metamethods,
                 const luaL_Reg *methods)
{
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, metamethods, 0);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
