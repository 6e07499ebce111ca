/* ljson.c - mends what lua-cjson decodes */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "lcore.h"

/* lua-cjson 2.1.0 makes every number a float, null a light userdata, and []
   the same as {}. One pass over the decoded value makes whole numbers integers
   (where Lua has them) and null nil, which leaves no gap in a list, and finds
   numbers that are too large for any Lua; a second one, over the text, and only
   when there is an empty array in it, gives that array the metatable by which
   the encoder knows it again. */

#define ARRAY_CLASS "rackspace.array"

/* As deep as lua-cjson decodes. */
enum { DEEPEST = 1000, TABLE_COST = 10 };

/* Whole numbers that a double holds exactly. */
static const double WHOLE_LIMIT = 9007199254740992.0;

static int is_whole(double number)
{
  return number >= -WHOLE_LIMIT && number <= WHOLE_LIMIT &&
         number == (double)(long long)number;
}

static void check_depth(lua_State *L, int depth)
{
  if (depth > DEEPEST)
    luaL_error(L, "JSON nested deeper than %d", DEEPEST);
  luaL_checkstack(L, 4, "JSON nested too deep");
}

/* Replaces the value at the top; returns whether it is another one now. */
static int mend_number(lua_State *L)
{
  double number = lua_tonumber(L, -1);
  if (isinf(number))
    luaL_error(L, "a number is too large");
  if (!is_whole(number))
    return 0;
  lua_pop(L, 1);
  rs_pushwhole(L, number);
  return 1;
}

static int mend_null(lua_State *L)
{
  if (lua_touserdata(L, -1) != NULL)
    return 0;
  lua_pop(L, 1);
  lua_pushnil(L);
  return 1;
}

static int mend_value(lua_State *L, int depth);

/* Moves a list's values together; it had `count` before some became nil. */
static void close_gaps(lua_State *L, int count)
{
  int i, place = 0;
  for (i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (lua_isnil(L, -1))
      lua_pop(L, 1);
    else
      lua_rawseti(L, -2, ++place);
  }
  if (place == 0)
    luaL_setmetatable(L, ARRAY_CLASS);
  while (place++ < count) {
    lua_pushnil(L);
    lua_rawseti(L, -2, place);
  }
}

/* Fields that are there may be assigned to, nil included, while they are
   traversed. Numbers are keys in lists only. */
static void mend_table(lua_State *L, int depth)
{
  int count = 0, gaps = 0;
  check_depth(L, depth);
  lcore_charge(L, TABLE_COST);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    count++;
    if (mend_value(L, depth)) {
      gaps |= lua_isnil(L, -1) && lua_type(L, -2) == LUA_TNUMBER;
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, -4);
    } else {
      lua_pop(L, 1);
    }
  }
  if (gaps)
    close_gaps(L, count);
}

static int mend_value(lua_State *L, int depth)
{
  switch (lua_type(L, -1)) {
  case LUA_TNUMBER:
    return mend_number(L);
  case LUA_TTABLE:
    mend_table(L, depth + 1);
    return 0;
  case LUA_TLIGHTUSERDATA:
    return mend_null(L);
  default:
    return 0;
  }
}

/* ---- empty arrays, by the text ------------------------------------------ */

typedef struct reader {
  const char *at;
  const char *end;
  int depth;
} reader;

static char peek(reader *r)
{
  while (r->at < r->end &&
         (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
    r->at++;
  return r->at < r->end ? *r->at : '\0';
}

/* Reads a string; returns whether it holds an escape. */
static int read_string(reader *r, const char **bytes, size_t *length)
{
  int escaped = 0;
  *bytes = ++r->at;
  while (r->at < r->end && *r->at != '"') {
    if (*r->at == '\\') {
      escaped = 1;
      r->at++;
    }
    r->at++;
  }
  *length = (size_t)(r->at - *bytes);
  r->at++;
  return escaped;
}

static void skip_scalar(reader *r)
{
  while (r->at < r->end && strchr(",]} \t\r\n", *r->at) == NULL)
    r->at++;
}

static void mark_value(lua_State *L, reader *r);

/* A key with an escape in it is not looked for: what is below stays as
   lua-cjson made it. */
static void mark_object(lua_State *L, reader *r)
{
  const char *key;
  size_t length;
  r->at++;
  while (peek(r) == '"') {
    int escaped = read_string(r, &key, &length);
    if (peek(r) != ':')
      return;
    r->at++;
    lua_pushlstring(L, key, length);
    if (!escaped && lua_type(L, -2) == LUA_TTABLE)
      lua_rawget(L, -2);
    mark_value(L, r);
    lua_pop(L, 1);
    if (peek(r) == ',')
      r->at++;
  }
  r->at++;
}

static void mark_empty(lua_State *L)
{
  if (lua_type(L, -1) != LUA_TTABLE)
    return;
  lua_pushnil(L);
  if (lua_next(L, -2))
    lua_pop(L, 2);
  else
    luaL_setmetatable(L, ARRAY_CLASS);
}

static void mark_array(lua_State *L, reader *r)
{
  int i = 1;
  r->at++;
  if (peek(r) == ']')
    mark_empty(L);
  while (r->at < r->end && peek(r) != ']') {
    const char *before = r->at;
    if (lua_type(L, -1) == LUA_TTABLE)
      lua_rawgeti(L, -1, i++);
    else
      lua_pushnil(L);
    mark_value(L, r);
    lua_pop(L, 1);
    if (peek(r) == ',')
      r->at++;
    if (r->at == before)
      return; /* not JSON */
  }
  r->at++;
}

/* Reads one value of the text; the one that was decoded from it is at the
   top. */
static void mark_value(lua_State *L, reader *r)
{
  const char *bytes;
  size_t length;
  check_depth(L, ++r->depth);
  switch (peek(r)) {
  case '{':
    mark_object(L, r);
    break;
  case '[':
    mark_array(L, r);
    break;
  case '"':
    read_string(r, &bytes, &length);
    break;
  default:
    skip_scalar(r);
  }
  r->depth--;
}

static int has_empty_array(const char *text, size_t length)
{
  const char *end = text + length;
  while ((text = memchr(text, '[', (size_t)(end - text))) != NULL) {
    reader r = {text + 1, end, 0};
    if (peek(&r) == ']')
      return 1;
    text++;
  }
  return 0;
}

/* json.repair(value, text) -> value; tables are mended in place */
static int json_repair(lua_State *L)
{
  size_t length;
  const char *text = luaL_optlstring(L, 2, "", &length);
  lua_settop(L, 2);
  lua_pushvalue(L, 1);
  if (lua_type(L, -1) == LUA_TTABLE && has_empty_array(text, length)) {
    reader r = {text, text + length, 0};
    mark_value(L, &r);
  }
  mend_value(L, 0);
  return 1;
}

/* json.array(table) -> the same table, encoded as [] when it is empty */
static int json_array(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  luaL_setmetatable(L, ARRAY_CLASS);
  return 1;
}

/* json.is_array(value) -> whether it was marked as one */
static int json_is_array(lua_State *L)
{
  int same = 0;
  if (lua_type(L, 1) == LUA_TTABLE && lua_getmetatable(L, 1)) {
    luaL_getmetatable(L, ARRAY_CLASS);
    same = lua_rawequal(L, -1, -2);
  }
  lua_pushboolean(L, same);
  return 1;
}

static const luaL_Reg functions[] = {
    {"array", json_array},
    {"is_array", json_is_array},
    {"repair", json_repair},
    {NULL, NULL},
};

void ljson_push(lua_State *L)
{
  luaL_newmetatable(L, ARRAY_CLASS);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
}
