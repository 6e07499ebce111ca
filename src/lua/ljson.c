/* ljson.c - repairs the values that lua-cjson decodes */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "lua/compat.h"
#include "lua/lbudget.h"
#include "lua/lcore.h"

/* lua-cjson 2.1.0 decodes every number as a float, null as a light userdata,
   and [] like {}. One pass over the text finds these and repairs their values:
   whole numbers become integers (where Lua has them), null becomes nil, without
   a gap in a list, and an empty array gets a metatable that the encoder
   recognizes. Strings are skipped, which is cheap. When a field occurs twice
   lua-cjson keeps the last value, so a value may not match the text: its type
   is checked before it is repaired. */

#define ARRAY_CLASS "rackspace.array"

/* The first positions of the stack. */
enum { VALUE = 1, TEXT, DECODE, GAPS };

/* DEEPEST is lua-cjson's own limit. */
enum { DEEPEST = 1000, BYTES_PER_INSTRUCTION = 10 };

/* A double represents all whole numbers up to this one exactly. */
static const double WHOLE_LIMIT = 9007199254740992.0;

typedef struct reader {
  const char *at;
  const char *end;
  int depth;
} reader;

/* ---- the text ------------------------------------------------------------ */

static char peek(reader *r)
{
  while (r->at < r->end &&
         (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
    r->at++;
  return r->at < r->end ? *r->at : '\0';
}

static void step(reader *r)
{
  if (r->at < r->end)
    r->at++;
}

/* A quote after an odd number of backslashes belongs to the string. */
static int is_escaped(const char *quote)
{
  const char *at = quote;
  while (at[-1] == '\\')
    at--;
  return (quote - at) % 2 != 0;
}

/* The reader is at the opening quote. */
static void skip_string(reader *r)
{
  do {
    const char *from = r->at + 1;
    r->at = memchr(from, '"', (size_t)(r->end - from));
    if (r->at == NULL) {
      r->at = r->end;
      return;
    }
  } while (is_escaped(r->at));
  r->at++;
}

static void skip_scalar(reader *r)
{
  while (r->at < r->end && strchr(",]} \t\r\n", *r->at) == NULL)
    r->at++;
}

/* Skips a value that needs no repair. Returns whether there is one. */
static int skip_plain(reader *r)
{
  char first = peek(r);
  if (first == '"')
    skip_string(r);
  else if (first == 't' || first == 'f')
    skip_scalar(r);
  else
    return 0;
  return 1;
}

static void skip_mark(reader *r, char mark)
{
  if (peek(r) == mark)
    r->at++;
}

/* ---- values, at the top of the stack ------------------------------------- */

static int is_whole(double number)
{
  return number >= -WHOLE_LIMIT && number <= WHOLE_LIMIT &&
         number == (double)(long long)number;
}

/* Replaces a whole number by an integer. Returns whether it did. */
static int repair_number(lua_State *L)
{
  double number = lua_tonumber(L, -1);
  if (isinf(number))
    luaL_error(L, "a number is too large");
  if (!is_whole(number))
    return 0;
  lua_pop(L, 1);
  compat_pushwhole(L, number);
  return 1;
}

static int repair_null(lua_State *L)
{
  if (lua_touserdata(L, -1) != NULL)
    return 0;
  lua_pop(L, 1);
  lua_pushnil(L);
  return 1;
}

static int repair_scalar(lua_State *L)
{
  switch (lua_type(L, -1)) {
  case LUA_TNUMBER:
    return repair_number(L);
  case LUA_TLIGHTUSERDATA:
    return repair_null(L);
  default:
    return 0;
  }
}

static void mark_empty(lua_State *L)
{
  lua_pushnil(L);
  if (lua_next(L, -2))
    lua_pop(L, 2);
  else
    luaL_setmetatable(L, ARRAY_CLASS);
}

/* Removes the gaps of a list that had `count` values. */
static void close_gaps(lua_State *L, int count)
{
  int i, position = 0;
  for (i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (lua_isnil(L, -1))
      lua_pop(L, 1);
    else
      lua_rawseti(L, -2, ++position);
  }
  while (position++ < count) {
    lua_pushnil(L);
    lua_rawseti(L, -2, position);
  }
  mark_empty(L);
}

/* Registers a list with gaps, to be closed at the end: a list is read twice
   when its field occurs twice, so its positions must not change before that. */
static void note_gaps(lua_State *L, int count)
{
  if (lua_isnil(L, GAPS)) {
    lua_newtable(L);
    lua_replace(L, GAPS);
  }
  lua_pushvalue(L, -1);
  lua_pushinteger(L, count);
  lua_rawset(L, GAPS);
}

static void close_all_gaps(lua_State *L)
{
  if (lua_isnil(L, GAPS))
    return;
  lua_pushnil(L);
  while (lua_next(L, GAPS)) {
    int count = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    close_gaps(L, count);
  }
}

/* ---- the text and its values --------------------------------------------- */

static int repair_value(lua_State *L, reader *r);

/* Pushes a key from its text with quotes. Decodes it only for an escape. */
static void push_key(lua_State *L, const char *text, size_t length)
{
  if (memchr(text, '\\', length) == NULL) {
    lua_pushlstring(L, text + 1, length > 1 ? length - 2 : 0);
    return;
  }
  lua_pushvalue(L, DECODE);
  lua_pushlstring(L, text, length);
  lua_call(L, 1, 1);
}

static void repair_field(lua_State *L, reader *r)
{
  const char *key = r->at, *end;
  skip_string(r);
  end = r->at;
  skip_mark(r, ':');
  if (skip_plain(r))
    return;
  push_key(L, key, (size_t)(end - key));
  lua_pushvalue(L, -1);
  lua_rawget(L, -3);
  if (repair_value(L, r))
    lua_rawset(L, -3);
  else
    lua_pop(L, 2);
}

static void repair_object(lua_State *L, reader *r)
{
  r->at++;
  while (peek(r) == '"') {
    repair_field(L, r);
    skip_mark(r, ',');
  }
  step(r);
}

/* Repairs an item of a list. Returns whether it is null. */
static int repair_item(lua_State *L, reader *r, int position)
{
  int is_gap, is_replaced;
  lua_rawgeti(L, -1, position);
  is_replaced = repair_value(L, r);
  is_gap = lua_isnil(L, -1);
  if (is_replaced)
    lua_rawseti(L, -2, position);
  else
    lua_pop(L, 1);
  return is_gap;
}

static void repair_array(lua_State *L, reader *r)
{
  const char *before = r->at++;
  int count = 0, gaps = 0;
  while (peek(r) != ']' && r->at > before) { /* guards against bad JSON */
    before = r->at;
    count++;
    if (!skip_plain(r))
      gaps |= repair_item(L, r, count);
    skip_mark(r, ',');
  }
  step(r);
  if (count == 0)
    mark_empty(L);
  else if (gaps)
    note_gaps(L, count);
}

static void skip_container(reader *r)
{
  int depth = 0;
  do {
    char first = peek(r);
    depth += (first == '{' || first == '[') - (first == '}' || first == ']');
    if (first == '"')
      skip_string(r);
    else
      step(r);
  } while (depth > 0 && r->at < r->end);
}

static void repair_container(lua_State *L, reader *r,
                             void (*repair)(lua_State *L, reader *r))
{
  if (++r->depth > DEEPEST)
    luaL_error(L, "JSON nested deeper than %d", DEEPEST);
  luaL_checkstack(L, 5, "JSON nested too deep");
  repair(L, r);
  r->depth--;
}

/* Repairs the value at the top. Returns whether it was replaced. */
static int repair_value(lua_State *L, reader *r)
{
  char first = peek(r);
  int is_container = first == '{' || first == '[';
  if (!is_container) {
    skip_scalar(r);
    return repair_scalar(L);
  }
  if (lua_type(L, -1) == LUA_TTABLE)
    repair_container(L, r, first == '{' ? repair_object : repair_array);
  else
    skip_container(r);
  return 0;
}

/* json.repair(value, text, decode) -> value, which decode(text) returned;
   tables are repaired in place */
static int json_repair(lua_State *L)
{
  reader r = {NULL, NULL, 0};
  size_t length;
  r.at = luaL_checklstring(L, TEXT, &length);
  r.end = r.at + length;
  lbudget_charge(L, (double)length / BYTES_PER_INSTRUCTION);
  luaL_checktype(L, DECODE, LUA_TFUNCTION);
  lua_settop(L, GAPS);
  lua_pushvalue(L, VALUE);
  repair_value(L, &r);
  close_all_gaps(L);
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

/* json.is_array(value) -> whether json.array, or [] in JSON, marked it */
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
