/* counted.c - functions of Lua that are called under the limits of scripts */
/* SPDX-License-Identifier: MIT */
#include "host/counted.h"

#include <math.h>
#include <string.h>

#include "host/bounds.h"

enum {
  LONGEST = BOUNDS_BYTES,     /* of an argument or a result */
  LONGEST_DATE = 4096,        /* bytes of a format of os.date */
  DATE_BYTE = 2000,           /* bytes that reading one of that is worth */
  LONGEST_NUMERALS = 1 << 20, /* bytes of strings to be read as numbers */
  QUOTED_BYTE = 64,           /* the same of writing one with "%q" */
  FORMATTED = 256,            /* the same of writing a value */
  MOST_FORMATTED = 1 << 14,   /* values, for one call */
  LONGEST_CHARACTER = 6,      /* bytes in UTF-8, as Lua has it */
  MOST_VALUES = 1 << 24       /* elements of a list, for one call */
};

/* ---- calling Lua's own -------------------------------------------------- */

/* Whether the function that is replaced has upvalues, as math.random, which
   keeps its state there. */
static int has_upvalues(lua_State *L)
{
  if (lua_getupvalue(L, lua_upvalueindex(1), 1) == NULL)
    return 0;
  lua_pop(L, 1);
  return 1;
}

/* Calls the function of Lua that a function replaces, which is its first
   upvalue. A C function without upvalues is called in this one's place, so that
   its errors name the function and the line. */
static int call_own(lua_State *L)
{
  lua_CFunction own = lua_tocfunction(L, lua_upvalueindex(1));
  if (own != NULL && !has_upvalues(L))
    return own(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

/* ---- what the arguments cost -------------------------------------------- */

/* The bytes of an argument that is a string; 0 for any other. */
static double bytes_of(lua_State *L, int index)
{
  size_t length = lua_type(L, index) == LUA_TSTRING ? lua_rawlen(L, index) : 0;
  luaL_argcheck(L, length <= LONGEST, index, "string too long");
  return (double)length;
}

/* The bytes that two positions at `index` include, as string.sub takes them:
   negative ones count from the end. */
static double span(lua_State *L, int index, double last)
{
  double length = bytes_of(L, 1);
  double i = luaL_optnumber(L, index, 1);
  double j = luaL_optnumber(L, index + 1, last == 0 ? i : last);
  i = i < 0 ? i + length + 1 : i;
  j = j < 0 ? j + length + 1 : j;
  i = i < 1 ? 1 : i;
  j = j > length ? length : j;
  return j >= i ? j - i + 1 : 0; /* 0 for what is not a number */
}

static double cost_of_first(lua_State *L)
{
  return bytes_of(L, 1);
}

static double cost_of_all(lua_State *L)
{
  double cost = 0;
  int i, count = lua_gettop(L);
  for (i = 1; i <= count; i++)
    cost += 1 + bytes_of(L, i);
  luaL_argcheck(L, cost <= LONGEST, 1, "resulting string too large");
  return cost;
}

/* Those of the strings, which are read as numbers: one string may be given many
   times. */
static double cost_of_numbers(lua_State *L)
{
  double cost = 0;
  int i, count = lua_gettop(L);
  for (i = 1; i <= count; i++)
    cost += bytes_of(L, i);
  luaL_argcheck(L, cost <= LONGEST_NUMERALS, 1, "number too long");
  return cost;
}

/* Quoting is dear, and so is writing a large number with all its digits. */
static double cost_of_format(lua_State *L)
{
  size_t length;
  const char *format = luaL_checklstring(L, 1, &length);
  int is_quoted = memchr(format, 'q', length) != NULL;
  int i, count = lua_gettop(L);
  double cost = 0;
  luaL_argcheck(L, count <= MOST_FORMATTED, 2, "too many values");
  for (i = 2; i <= count; i++)
    cost += FORMATTED + bytes_of(L, i);
  cost = bytes_of(L, 1) + cost * (is_quoted ? QUOTED_BYTE : 1);
  luaL_argcheck(L, cost <= LONGEST, 2, "resulting string too large");
  return cost;
}

static double cost_of_sub(lua_State *L)
{
  return span(L, 2, -1);
}

static double cost_of_byte(lua_State *L)
{
  return span(L, 2, 0);
}

/* The sizes in a format of string.pack, as in "c100". */
static double cost_of_packsize(lua_State *L)
{
  const char *format = luaL_checkstring(L, 1);
  double sizes = 0, size = 0;
  for (; *format != '\0'; format++) {
    int is_digit = *format >= '0' && *format <= '9';
    size = is_digit ? size * 10 + (*format - '0') : 0;
    sizes += size > LONGEST ? LONGEST : size;
    luaL_argcheck(L, sizes <= LONGEST, 1, "format result too large");
  }
  return sizes + bytes_of(L, 1);
}

static double cost_of_pack(lua_State *L)
{
  return cost_of_packsize(L) + cost_of_all(L);
}

static double cost_of_unpack(lua_State *L)
{
  double format = bytes_of(L, 1), length = bytes_of(L, 2);
  double first = luaL_optnumber(L, 3, 1);
  const char *text = luaL_checkstring(L, 1);
  int is_long = strpbrk(text, "zsc") != NULL;
  return format + (is_long ? (first > 0 ? length - first : length) : 0);
}

/* Walks over so many characters. */
static double cost_of_offset(lua_State *L)
{
  double length = bytes_of(L, 1);
  double most = fabs(luaL_optnumber(L, 2, 0)) * LONGEST_CHARACTER;
  return most < length ? most : length;
}

static double cost_of_date(lua_State *L)
{
  double bytes = bytes_of(L, 1);
  luaL_argcheck(L, bytes <= LONGEST_DATE, 1, "format too long");
  return bytes * DATE_BYTE;
}

/* ---- lists -------------------------------------------------------------- */

static void set_missing(lua_State *L, int index, double number)
{
  if (!lua_isnil(L, index))
    return;
  compat_pushwhole(L, number);
  lua_replace(L, index);
}

/* Gives the positions at `index`, which are 1 and the list's length where they
   are missing: Lua would ask for the length once more, and a metamethod might
   give another. Returns how many elements they include. */
static double set_range(lua_State *L, int index)
{
  double first, last;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, index + 1);
  set_missing(L, index, 1);
  if (lua_isnil(L, index + 1))
    set_missing(L, index + 1, compat_length(L, 1));
  first = luaL_checknumber(L, index);
  last = luaL_checknumber(L, index + 1);
  luaL_argcheck(L, last - first < MOST_VALUES, 1, "too many elements");
  return last >= first ? last - first + 1 : 0;
}

/* The bytes of the list's strings, and what its numbers are worth. Those that a
   metamethod gives are paid as they are added to the result. */
static double bytes_of_list(lua_State *L, int first, double count)
{
  double bytes = 0;
  int i;
  for (i = first; i - first < count; i++) {
    lua_rawgeti(L, 1, i);
    if (lua_type(L, -1) == LUA_TSTRING)
      bytes += (double)lua_rawlen(L, -1);
    else
      bytes += lua_type(L, -1) == LUA_TNUMBER ? FORMATTED : 0;
    lua_pop(L, 1);
  }
  return bytes;
}

static double cost_of_concat(lua_State *L)
{
  double separator = bytes_of(L, 2), count = set_range(L, 3), bytes;
  double first = lua_tonumber(L, 3);
  bounds_work(L, count);
  if (first < -MOST_VALUES || first > MOST_VALUES)
    return count; /* no such element is a list's */
  bytes = bytes_of_list(L, (int)first, count) + separator * count;
  luaL_argcheck(L, bytes <= LONGEST, 1, "resulting string too large");
  return bytes;
}

static double cost_of_values(lua_State *L)
{
  return 16 * set_range(L, 2);
}

/* ---- opening ------------------------------------------------------------ */

typedef struct rule {
  const char *library, *name;
  double (*cost)(lua_State *L); /* in bytes; raises for what is too much */
} rule;

static const rule rules[] = {
    {"string", "byte", cost_of_byte},
    {"string", "char", cost_of_all},
    {"string", "format", cost_of_format},
    {"string", "lower", cost_of_first},
    {"string", "pack", cost_of_pack},
    {"string", "packsize", cost_of_packsize},
    {"string", "reverse", cost_of_first},
    {"string", "sub", cost_of_sub},
    {"string", "unpack", cost_of_unpack},
    {"string", "upper", cost_of_first},
    {"table", "concat", cost_of_concat},
    {"table", "unpack", cost_of_values},
    {"utf8", "char", cost_of_all},
    {"utf8", "codepoint", cost_of_byte},
    {"utf8", "codes", cost_of_first},
    {"utf8", "len", cost_of_sub},
    {"utf8", "offset", cost_of_offset},
    {"os", "date", cost_of_date},
    {"_G", "tonumber", cost_of_first},
    {"_G", "unpack", cost_of_values},
};

static int call_counted(lua_State *L)
{
  const rule *r = lua_touserdata(L, lua_upvalueindex(2));
  double cost;
  bounds_check_stack(L); /* a metamethod may call a function like this one */
  cost = r->cost(L);
  if (cost > 0)
    bounds_work_bytes(L, cost);
  return call_own(L);
}

/* Replaces the function on the top by one that counts. */
static void count_top(lua_State *L, const rule *r)
{
  lua_pushlightuserdata(L, (void *)r);
  lua_pushcclosure(L, call_counted, 2);
}

static void count_function(lua_State *L, const rule *r)
{
  lua_getglobal(L, r->library);
  if (lua_istable(L, -1)) {
    lua_getfield(L, -1, r->name);
    if (lua_isfunction(L, -1)) {
      count_top(L, r);
      lua_setfield(L, -2, r->name);
    } else {
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
}

/* Replaces all functions of the value on the top, if it is a table; pops it. */
static void count_functions(lua_State *L, const rule *r)
{
  if (lua_istable(L, -1)) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
      if (lua_iscfunction(L, -1)) {
        count_top(L, r);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
      } else {
        lua_pop(L, 1);
      }
    }
  }
  lua_pop(L, 1);
}

/* The functions that take any number of numbers; and those by which Lua 5.4
   reads the operands of arithmetic, where they are strings. */
static void count_numeric(lua_State *L)
{
  static const rule numbers = {NULL, NULL, cost_of_numbers};
  static const char *const libraries[] = {"math", "bit32", "bit"};
  size_t i;
  for (i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    lua_getglobal(L, libraries[i]);
    count_functions(L, &numbers);
  }
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1))
    count_functions(L, &numbers);
  lua_pop(L, 1);
}

void counted_open(lua_State *L)
{
  size_t i;
  for (i = 0; i < sizeof rules / sizeof rules[0]; i++)
    count_function(L, &rules[i]);
  count_numeric(L);
}
