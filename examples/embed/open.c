/* open.c - a program with a Lua of its own that loads the library there */
/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <rackspace.h>
#include <stdio.h>

static const char script[] =
    "local rs = assert(require('rackspace').new())\n"
    "local account = assert(rs.accounts:get('CLOUD/10101'))\n"
    "print(account.number, account.name, account.status)\n";

/* Without an account of your own: RACKSPACE_SANDBOX=1 ./open */
int main(void)
{
  lua_State *L = luaL_newstate();
  int failed;
  if (L == NULL)
    return 1;
  luaL_openlibs(L);
  lua_pushcfunction(L, rackspace_open);
  failed = lua_pcall(L, 0, 0, 0) != 0 || luaL_loadstring(L, script) != 0 ||
           lua_pcall(L, 0, 0, 0) != 0;
  if (failed)
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
  lua_close(L);
  return failed;
}
