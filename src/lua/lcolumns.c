/* lcolumns.c - the columns of texts on a terminal, for Lua */
/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "base/columns.h"
#include "lua/lbudget.h"
#include "lua/lcore.h"

/* A number of columns or bytes; SIZE_MAX where none is given. */
static size_t check_columns(lua_State *L, int index)
{
  lua_Number columns;
  if (lua_isnoneornil(L, index))
    return SIZE_MAX;
  columns = luaL_checknumber(L, index);
  if (!(columns > 0))
    return 0;
  return columns < INT32_MAX ? (size_t)columns : SIZE_MAX;
}

/* columns(text [, most]) -> the columns that the text takes, and its bytes;
   with `most`, both of its longest beginning that takes no more columns and
   ends between two characters */
int lcolumns_measure(lua_State *L)
{
  size_t length, columns, bytes;
  const char *text = luaL_checklstring(L, 1, &length);
  size_t most = check_columns(L, 2);
  lbudget_charge(L, (double)length);
  bytes = columns_fit(text, length, most, &columns);
  lua_pushinteger(L, (lua_Integer)columns);
  lua_pushinteger(L, (lua_Integer)bytes);
  return 2;
}

/* cut(text, bytes) -> the longest beginning of the text that takes no more
   bytes and ends between two characters */
int lcolumns_cut(lua_State *L)
{
  size_t length, most = check_columns(L, 2);
  const char *text = luaL_checklstring(L, 1, &length);
  size_t bytes;
  lbudget_charge(L, (double)length);
  bytes = columns_cut(text, length, most);
  lua_pushlstring(L, text, bytes);
  return 1;
}
