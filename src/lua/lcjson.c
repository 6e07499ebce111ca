/* lcjson.c - opens the lua-cjson that is linked */
/* SPDX-License-Identifier: MIT */
#include "lua/lcjson.h"

int luaopen_cjson(lua_State *L);
int luaopen_cjson_safe(lua_State *L);

int lcjson_open(lua_State *L)
{
  return luaopen_cjson(L);
}

int lcjson_open_safe(lua_State *L)
{
  return luaopen_cjson_safe(L);
}
