/* lcjson_module.c - opens lua-cjson from the module that the build found */
/* SPDX-License-Identifier: MIT */
#include "lua/lcjson.h"

/* Opens the module's function of that name by package.loadlib, which keeps the
   file open as long as the state lives. Raises when the file is gone. */
static int open_by_path(lua_State *L, const char *function)
{
  lua_settop(L, 0);
  lua_getfield(L, LUA_REGISTRYINDEX, "_LOADED");
  lua_getfield(L, 1, "package");
  lua_getfield(L, 2, "loadlib");
  lua_pushliteral(L, RACKSPACE_CJSON_MODULE);
  lua_pushstring(L, function);
  lua_call(L, 2, 2);
  if (lua_isnil(L, 3))
    return luaL_error(L, "lua-cjson can't be loaded: %s", lua_tostring(L, 4));
  lua_settop(L, 3);
  lua_pushliteral(L, "cjson");
  lua_call(L, 1, 1);
  return 1;
}

int lcjson_open(lua_State *L)
{
  return open_by_path(L, "luaopen_cjson");
}

int lcjson_open_safe(lua_State *L)
{
  return open_by_path(L, "luaopen_cjson_safe");
}
