/* ljson.c - mends the texts that lua-cjson decodes, and repairs the values */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "lua/compat.h"
#include "lua/lbudget.h"
#include "lua/lcore.h"

/* lua-cjson 2.1.0 decodes every number as a float, null as a light userdata,
   and [] like {}. One pass over the text finds these and repairs their values:
   whole numbers become integers (where Lua has them; digits where a float would
   lose some), null becomes nil, without a gap in a list, and an empty array
   gets a metatable that the encoder recognizes. Strings are skipped, which is
   cheap. When a field occurs twice lua-cjson keeps the last value, so a value
   may not match the text: its type is checked before it is repaired. The digits
   of large integers are put in at the end, those of the last text: until then
   the float tells which texts are of this value. */

#define ARRAY_CLASS "rackspace.array"

/* The first positions of the stack. */
enum { VALUE = 1, TEXT, DECODE, GAPS, LARGE };

/* DEEPEST is lua-cjson's own limit. */
enum { DEEPEST = 1000, BYTES_PER_INSTRUCTION = 10 };

typedef struct reader {
  const char *at;
  const char *end;
  int depth;
  int is_large; /* the scalar that was just repaired */
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

static int is_digits(const char *text, size_t length)
{
  size_t i, sign = length > 0 && text[0] == '-';
  for (i = sign; i < length; i++)
    if (text[i] < '0' || text[i] > '9')
      return 0;
  return length > sign;
}

/* Replaces a float that may have lost digits of the text: by an integer where
   Lua has one of this size, else by the digits. A float that is not the one of
   the text stays. Returns whether it was replaced. */
static int repair_large(lua_State *L, reader *r, const char *text,
                        size_t length)
{
  double number = lua_tonumber(L, -1), written;
  if (!is_digits(text, length) || number_read(text, length, &written) != 0 ||
      written != number)
    return 0;
  lua_pop(L, 1);
  if (!compat_pushinteger(L, text, length))
    lua_pushlstring(L, text, length);
  r->is_large = 1;
  return 1;
}

/* Replaces a whole number by an integer. Returns whether it did. */
static int repair_number(lua_State *L, reader *r, const char *text,
                         size_t length)
{
  double number = lua_tonumber(L, -1);
  if (isinf(number))
    luaL_error(L, "a number is too large");
  if (!number_is_exact(number))
    return repair_large(L, r, text, length);
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

static int repair_scalar(lua_State *L, reader *r, const char *text,
                         size_t length)
{
  switch (lua_type(L, -1)) {
  case LUA_TNUMBER:
    return repair_number(L, r, text, length);
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

/* Pushes the large integers of the container below the top two values: a table
   by their keys, or nil. */
static void push_large(lua_State *L)
{
  if (lua_isnil(L, LARGE)) {
    lua_pushnil(L);
    return;
  }
  lua_pushvalue(L, -3);
  lua_rawget(L, LARGE);
}

/* Makes the table that push_large has not found, and pushes it. */
static void new_large(lua_State *L)
{
  if (lua_isnil(L, LARGE)) {
    lua_newtable(L);
    lua_replace(L, LARGE);
  }
  lua_newtable(L);
  lua_pushvalue(L, -4);
  lua_pushvalue(L, -2);
  lua_rawset(L, LARGE);
}

/* Notes the large integer of a key. The stack is container, key, value; the
   last two are popped. */
static void note_large(lua_State *L)
{
  push_large(L);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    new_large(L);
  }
  lua_insert(L, -3);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

/* Forgets the large integer of a key: the stack is container, key, value. */
static void forget_large(lua_State *L)
{
  push_large(L);
  if (!lua_isnil(L, -1)) {
    lua_pushvalue(L, -3);
    lua_pushnil(L);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
}

/* Puts the large integers of LARGE into their containers. */
static void set_all_large(lua_State *L)
{
  if (lua_isnil(L, LARGE))
    return;
  lua_pushnil(L);
  while (lua_next(L, LARGE)) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, -5);
    }
    lua_pop(L, 1);
  }
}

/* Keeps the value of a key. The stack is container, key, value; the last two
   are popped. */
static void keep(lua_State *L, reader *r, int is_replaced)
{
  if (r->is_large) {
    r->is_large = 0;
    note_large(L);
    return;
  }
  forget_large(L);
  if (is_replaced)
    lua_rawset(L, -3);
  else
    lua_pop(L, 2);
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
  keep(L, r, repair_value(L, r));
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
  lua_pushinteger(L, position);
  lua_rawgeti(L, -2, position);
  is_replaced = repair_value(L, r);
  is_gap = lua_isnil(L, -1);
  keep(L, r, is_replaced);
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
  luaL_checkstack(L, 8, "JSON nested too deep");
  repair(L, r);
  r->depth--;
}

/* Repairs the value at the top. Returns whether it was replaced. */
static int repair_value(lua_State *L, reader *r)
{
  char first = peek(r);
  int is_container = first == '{' || first == '[';
  const char *from = r->at;
  if (!is_container) {
    skip_scalar(r);
    return repair_scalar(L, r, from, (size_t)(r->at - from));
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
  reader r = {NULL, NULL, 0, 0};
  size_t length;
  r.at = luaL_checklstring(L, TEXT, &length);
  r.end = r.at + length;
  lbudget_charge(L, (double)length / BYTES_PER_INSTRUCTION);
  luaL_checktype(L, DECODE, LUA_TFUNCTION);
  lua_settop(L, LARGE);
  lua_pushvalue(L, VALUE);
  repair_value(L, &r);
  set_all_large(L);
  close_all_gaps(L);
  return 1;
}

/* ---- the text before lua-cjson decodes it -------------------------------- */

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";

/* Returns the value of a hexadecimal digit, or -1. */
static int digit_of(char c)
{
  const char *digits = "0123456789abcdef0123456789ABCDEF";
  const char *at = c != '\0' ? strchr(digits, c) : NULL;
  return at != NULL ? (int)(at - digits) % 16 : -1;
}

/* Returns the UTF-16 unit of an escape such as \u20ac, or -1. */
static int read_unit(const char *at, const char *end)
{
  int i, unit = 0;
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (i = 2; i < 6; i++) {
    int digit = digit_of(at[i]);
    if (digit < 0)
      return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

static int is_high(int unit)
{
  return unit >= 0xD800 && unit <= 0xDBFF;
}

static int is_low(int unit)
{
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Returns the length of the escape at a backslash, and whether it is one half
   of a surrogate pair without the other. */
static size_t measure_escape(const char *at, const char *end, int *is_half)
{
  int unit = read_unit(at, end);
  *is_half = 0;
  if (unit < 0)
    return end - at < 2 ? 1 : 2;
  if (is_high(unit) && is_low(read_unit(at + 6, end)))
    return 12;
  *is_half = is_high(unit) || is_low(unit);
  return 6;
}

static void replace_halves(luaL_Buffer *out, const char *from, const char *end)
{
  const char *at = from;
  while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL) {
    int is_half;
    size_t length = measure_escape(at, end, &is_half);
    if (is_half) {
      luaL_addlstring(out, from, (size_t)(at - from));
      luaL_addstring(out, "\\ufffd");
      from = at + length;
    }
    at += length;
  }
  luaL_addlstring(out, from, (size_t)(end - from));
}

/* json.mend(text) -> the text without a byte order mark before it, and with
   U+FFFD in place of each half of a surrogate pair: lua-cjson takes neither */
static int json_mend(lua_State *L)
{
  size_t length, mark = sizeof BYTE_ORDER_MARK - 1;
  const char *at = luaL_checklstring(L, 1, &length);
  const char *end = at + length;
  luaL_Buffer out;
  lbudget_charge(L, (double)length / BYTES_PER_INSTRUCTION);
  while ((size_t)(end - at) >= mark && memcmp(at, BYTE_ORDER_MARK, mark) == 0)
    at += mark;
  luaL_buffinit(L, &out);
  replace_halves(&out, at, end);
  luaL_pushresult(&out);
  return 1;
}

/* ---- calls of lua-cjson in a locale that it can work in ------------------ */

/* lua-cjson reads numbers by strtod, and notes the byte that is the locale's
   decimal point when it makes a decoder. In the C locale it decodes rightly,
   or fails when it has noted another point than "." before. In the locale of
   the noted point it decodes rightly too; in any other it may give other
   numbers. It ends the process where a point has several bytes. */

/* Calls as pcall does, in the C locale or in the thread's own. */
static int call(lua_State *L, int is_plain)
{
  locale_hold hold = {NULL, NULL};
  int status;
  luaL_checkany(L, 1);
  if (is_plain)
    locale_take(&hold);
  status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
  locale_release(&hold);
  lua_pushboolean(L, status == 0);
  lua_insert(L, 1);
  return lua_gettop(L);
}

/* json.call(function, ...) -> what pcall returns; in the C locale */
static int json_call(lua_State *L)
{
  return call(L, 1);
}

/* json.call_noting(function, ...) -> what pcall returns; in the thread's own
   locale, unless its decimal point has several bytes */
static int json_call_noting(lua_State *L)
{
  return call(L, locale_point()[1] != '\0');
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
    {"call", json_call},
    {"call_noting", json_call_noting},
    {"is_array", json_is_array},
    {"mend", json_mend},
    {"repair", json_repair},
    {NULL, NULL},
};

void ljson_push(lua_State *L)
{
  luaL_newmetatable(L, ARRAY_CLASS);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
}
