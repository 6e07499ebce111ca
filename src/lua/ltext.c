/* ltext.c - strings of Lua as texts of C */
/* SPDX-License-Identifier: MIT */
#include "lua/ltext.h"

#include <string.h>

const char *ltext_check_bytes(lua_State *L, int index, const char *bytes,
                              size_t length)
{
  luaL_argcheck(L, memchr(bytes, '\0', length) == NULL, index,
                "holds a NUL byte");
  return bytes;
}

const char *ltext_check(lua_State *L, int index)
{
  size_t length;
  const char *text = luaL_checklstring(L, index, &length);
  return ltext_check_bytes(L, index, text, length);
}
