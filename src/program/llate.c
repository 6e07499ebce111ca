/* llate.c - modules that need a library which is loaded late */
/* SPDX-License-Identifier: MIT */
#include "program/llate.h"

#include "lua/compat.h"
#include "program/late_httpd.h"

int luaopen_rackspace_httpd(lua_State *L);

/* Raises an error value as the library's functions return it. */
static int raise_config(lua_State *L, const char *message)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.base.fault");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "new");
  lua_newtable(L);
  lua_pushliteral(L, "config");
  lua_setfield(L, -2, "kind");
  lua_pushstring(L, message);
  lua_setfield(L, -2, "text");
  lua_call(L, 1, 1);
  return lua_error(L);
}

int llate_open_httpd(lua_State *L)
{
  const char *problem = late_httpd_load();
  return problem != NULL ? raise_config(L, problem)
                         : luaopen_rackspace_httpd(L);
}
