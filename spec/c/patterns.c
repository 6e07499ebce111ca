/* patterns.c - compares the counting string functions with Lua's own */
/* SPDX-License-Identifier: MIT */

/* patterns [COUNT [SEED]]

   Runs spec/support/patterns.lua with COUNT, SEED and a table of Lua's own
   string functions. The library's functions are in the table string. */
#include <stdio.h>
#include <stdlib.h>

#include "host/strings.h"
#include "rackspace.h"

static int copy_strings(lua_State *L)
{
  return luaL_dostring(L, "local own = {} for name, fn in pairs(string) do "
                          "own[name] = fn end return own");
}

int main(int argc, char **argv)
{
  rackspace *rs = rackspace_new(NULL);
  lua_State *L = rs != NULL ? rackspace_lua(rs) : NULL;
  int status;
  if (L == NULL || luaL_loadfile(L, "spec/support/patterns.lua") != 0)
    return 1;
  lua_pushnumber(L, argc > 1 ? strtod(argv[1], NULL) : 20000);
  lua_pushnumber(L, argc > 2 ? strtod(argv[2], NULL) : 1);
  if (copy_strings(L) != 0)
    return 1;
  strings_open(L);
  status = lua_pcall(L, 3, 0, 0);
  if (status != 0)
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
  rackspace_free(rs);
  return status != 0;
}
