/* lchallenge.c - WWW-Authenticate for Lua */
/* SPDX-License-Identifier: MIT */
#include "base/challenge.h"
#include "lua/lcore.h"

/* challenge(value) -> { scheme =, parameters = { name = value } } or nil */
int lchallenge_read(lua_State *L)
{
  size_t length;
  const char *at = luaL_checklstring(L, 1, &length);
  const char *end = at + length;
  challenge_text name, value;
  at = challenge_scheme(at, end, &name);
  if (at == NULL)
    return 0;
  lua_createtable(L, 0, 2);
  lua_pushlstring(L, name.bytes, name.length);
  lua_setfield(L, -2, "scheme");
  lua_newtable(L);
  while ((at = challenge_next(at, end, &name, &value)) != NULL) {
    lua_pushlstring(L, name.bytes, name.length);
    lua_pushlstring(L, value.bytes, value.length);
    lua_rawset(L, -3);
  }
  lua_setfield(L, -2, "parameters");
  return 1;
}
