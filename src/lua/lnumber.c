/* lnumber.c - numbers as texts for Lua, whatever the locale is */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/number.h"
#include "lua/compat.h"
#include "lua/lcore.h"

/* number.text(number) -> its text, with a point where it has a fraction; a
   whole number has neither a point nor, where it is exact, an exponent */
static int number_text(lua_State *L)
{
  char text[NUMBER_SIZE];
  double value = luaL_checknumber(L, 1);
  if (compat_isinteger(L, 1)) {
    lua_settop(L, 1);
    lua_tostring(L, 1);
    return 1;
  }
  number_write_exact(value, text);
  lua_pushstring(L, text);
  return 1;
}

/* number.fixed(number, decimals) -> its text with so many decimals */
static int number_fixed(lua_State *L)
{
  char text[NUMBER_SIZE];
  number_write_fixed(luaL_checknumber(L, 1), (int)luaL_checkinteger(L, 2),
                     text);
  lua_pushstring(L, text);
  return 1;
}

/* number.brief(number, digits) -> its text with so many digits at most */
static int number_brief(lua_State *L)
{
  char text[NUMBER_SIZE];
  number_write(luaL_checknumber(L, 1), (int)luaL_checkinteger(L, 2), text);
  lua_pushstring(L, text);
  return 1;
}

/* number.read(text) -> the decimal number, an integer where Lua has these and
   the text is one; nil when the text is none */
static int number_from_text(lua_State *L)
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  double value;
  if (number_read(text, length, &value) != 0)
    lua_pushnil(L);
  else if (!compat_pushinteger(L, text, length))
    lua_pushnumber(L, (lua_Number)value);
  return 1;
}

/* number.integer(text) -> the whole number that a text of digits is; nil when
   the text is another, or Lua has no number that is exactly this one */
static int number_integer(lua_State *L)
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  double value;
  int is_whole =
      strcspn(text, ".eE") == length && number_read(text, length, &value) == 0;
  if (is_whole && compat_pushinteger(L, text, length))
    return 1;
  if (is_whole && number_is_exact(value))
    lua_pushnumber(L, (lua_Number)value);
  else
    lua_pushnil(L);
  return 1;
}

static const luaL_Reg functions[] = {
    {"brief", number_brief},     {"fixed", number_fixed},
    {"integer", number_integer}, {"read", number_from_text},
    {"text", number_text},       {NULL, NULL},
};

void lnumber_push(lua_State *L)
{
  luaL_newlib(L, functions);
}
