/* strings.c - Lua's string functions, under the limits of scripts */
/* SPDX-License-Identifier: MIT */
#include "host/strings.h"

#include <stddef.h>
#include <string.h>

#include "base/pattern.h"
#include "host/bounds.h"

/* find, match, gmatch and gsub do what Lua's own do, by a matcher that counts
   its steps. rep takes no longer for many short copies than for few long
   ones. */

enum {
  FEW_ITEMS = 16,            /* of a pattern for which no memory is allocated */
  LONGEST = BOUNDS_BYTES,    /* of a subject or a result */
  LONGEST_PATTERN = 1 << 20, /* bytes, unless it is plain text */
  BYTES_PER_STEP = 16        /* of copies */
};

/* What Lua 5.1, 5.2 and LuaJIT do otherwise, found out by strings_open. It is
   in the upvalue of each function. */
enum {
  DOUBLES = 1,  /* an empty match may follow a match directly */
  CLAMPS = 2,   /* a search from behind the end begins at the end */
  UNDIVIDED = 4 /* rep knows no separator */
};

static int quirks(lua_State *L)
{
  return (int)lua_tointeger(L, lua_upvalueindex(1));
}

/* ---- patterns ----------------------------------------------------------- */

typedef struct matcher {
  pattern pattern;
  pattern_item few[FEW_ITEMS];
} matcher;

static int count_steps(void *user, double steps)
{
  return bounds_is_over(user, steps);
}

static const char *check_text(lua_State *L, int index, size_t *length)
{
  const char *text = luaL_checklstring(L, index, length);
  luaL_argcheck(L, *length <= LONGEST, index, "string too long");
  return text;
}

static void prepare(lua_State *L, pattern *p)
{
  p->on_steps = count_steps;
  p->user = bounds_host(L);
  p->steps = 1;
}

/* Compiles the pattern; pushes a value that keeps its memory. */
static pattern *compile(lua_State *L, matcher *m, const char *text,
                        size_t length)
{
  pattern *p = &m->pattern;
  if (length > LONGEST_PATTERN)
    luaL_error(L, "pattern too complex");
  prepare(L, p);
  p->items = m->few;
  p->room = FEW_ITEMS;
  if (pattern_compile(p, text, length) <= FEW_ITEMS) {
    lua_pushnil(L);
    return p;
  }
  p->room = p->count;
  p->items = lua_newuserdata(L, p->room * sizeof *p->items);
  pattern_compile(p, text, length);
  return p;
}

/* Returns whether there is a match; raises an error for what ends the search
   otherwise. */
static int search(lua_State *L, pattern *p, const char *from, int is_anchored)
{
  pattern_status status = pattern_search(p, from, is_anchored);
  if (status == PATTERN_WRONG)
    luaL_error(L, "%s", p->problem);
  if (status == PATTERN_STOPPED)
    bounds_work(L, 0);
  return status == PATTERN_FOUND;
}

static void report_steps(lua_State *L, pattern *p)
{
  double steps = p->steps;
  p->steps = 0;
  bounds_work(L, steps);
}

static void push_offset(lua_State *L, ptrdiff_t offset)
{
  lua_pushinteger(L, (lua_Integer)offset);
}

static void push_capture(lua_State *L, const pattern *p, int index)
{
  const pattern_capture *capture = &p->captures[index];
  if (index >= p->capture_count && index > 0)
    luaL_error(L, "invalid capture index %%%d", index + 1);
  if (p->capture_count == 0)
    lua_pushlstring(L, p->from, (size_t)(p->to - p->from));
  else if (capture->kind == CAPTURE_UNFINISHED)
    luaL_error(L, "unfinished capture");
  else if (capture->kind == CAPTURE_POSITION)
    push_offset(L, capture->from - p->subject + 1);
  else
    lua_pushlstring(L, capture->from, (size_t)(capture->to - capture->from));
}

/* Pushes the captures; without any, the whole match if `or_whole`. */
static int push_captures(lua_State *L, pattern *p, int or_whole)
{
  int i, count = p->capture_count == 0 && or_whole ? 1 : p->capture_count;
  luaL_checkstack(L, count, "too many captures");
  for (i = 0; i < count; i++)
    push_capture(L, p, i);
  report_steps(L, p);
  return count;
}

/* ---- find, match -------------------------------------------------------- */

/* The place at which a search begins; NULL when it is behind the end. */
static const char *begin(lua_State *L, const char *subject, size_t length)
{
  lua_Number first = luaL_optnumber(L, 3, 1);
  if (first < 0)
    first += (lua_Number)length + 1;
  if (!(first >= 1)) /* or not a number */
    first = 1;
  if (first > (lua_Number)length + 1)
    return quirks(L) & CLAMPS ? subject + length : NULL;
  return subject + (size_t)(first - 1);
}

static int is_plain(const char *text, size_t length)
{
  size_t i;
  for (i = 0; i < length; i++)
    if (text[i] != '\0' && strchr("^$*+?.([%-", text[i]) != NULL)
      return 0;
  return 1;
}

static int find_plainly(lua_State *L, const char *subject, size_t length,
                        const char *text, size_t text_length)
{
  matcher m;
  pattern *p = &m.pattern;
  const char *from = begin(L, subject, length);
  prepare(L, p);
  p->items = m.few;
  p->room = FEW_ITEMS;
  pattern_compile_plain(p, text, text_length);
  pattern_set_subject(p, subject, length);
  if (from == NULL || !search(L, p, from, 0))
    return report_steps(L, p), lua_pushnil(L), 1;
  report_steps(L, p);
  push_offset(L, p->from - subject + 1);
  push_offset(L, p->to - subject);
  return 2;
}

static int match(lua_State *L, int is_find, const char *subject, size_t length,
                 const char *text, size_t text_length)
{
  matcher m;
  const char *from = begin(L, subject, length);
  int is_anchored = text_length > 0 && *text == '^';
  pattern *p =
      compile(L, &m, text + is_anchored, text_length - (size_t)is_anchored);
  pattern_set_subject(p, subject, length);
  if (from == NULL || !search(L, p, from, is_anchored))
    return report_steps(L, p), lua_pushnil(L), 1;
  if (!is_find)
    return push_captures(L, p, 1);
  push_offset(L, p->from - subject + 1);
  push_offset(L, p->to - subject);
  return 2 + push_captures(L, p, 0);
}

static int string_find(lua_State *L)
{
  size_t length, text_length;
  const char *subject = check_text(L, 1, &length);
  const char *text = check_text(L, 2, &text_length);
  if (lua_toboolean(L, 4) || is_plain(text, text_length))
    return find_plainly(L, subject, length, text, text_length);
  return match(L, 1, subject, length, text, text_length);
}

static int string_match(lua_State *L)
{
  size_t length, text_length;
  const char *subject = check_text(L, 1, &length);
  const char *text = check_text(L, 2, &text_length);
  return match(L, 0, subject, length, text, text_length);
}

/* ---- gmatch ------------------------------------------------------------- */

/* The state of an iterator, in a userdata. */
typedef struct walk {
  matcher matcher;
  const char *at;   /* where the next search begins; NULL: there is none */
  const char *last; /* the end of the last match, or NULL */
  int doubles;
} walk;

/* The iterator. Its upvalues keep the walk, the subject, the pattern and the
   pattern's memory. */
static int next_match(lua_State *L)
{
  walk *w = lua_touserdata(L, lua_upvalueindex(1));
  pattern *p = &w->matcher.pattern;
  while (w->at != NULL && search(L, p, w->at, 0)) {
    int is_empty = p->to == p->from, is_double = p->to == w->last;
    w->at = p->to;
    if (is_empty && (w->doubles || is_double))
      w->at = p->to < p->end ? p->to + 1 : NULL;
    if (w->doubles || !is_double) {
      w->last = p->to;
      return push_captures(L, p, 1);
    }
  }
  w->at = NULL;
  report_steps(L, p);
  return 0;
}

static int string_gmatch(lua_State *L)
{
  size_t length, text_length;
  const char *subject = check_text(L, 1, &length);
  const char *text = check_text(L, 2, &text_length);
  const char *from = begin(L, subject, length);
  walk *w = lua_newuserdata(L, sizeof *w);
  w->at = from;
  w->last = NULL;
  w->doubles = (quirks(L) & DOUBLES) != 0;
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  pattern_set_subject(compile(L, &w->matcher, text, text_length), subject,
                      length);
  report_steps(L, &w->matcher.pattern);
  lua_pushcclosure(L, next_match, 4);
  return 1;
}

/* ---- gsub --------------------------------------------------------------- */

typedef struct change {
  lua_State *L;
  pattern *pattern;
  luaL_Buffer result;
  double length; /* of the result */
} change;

/* Counts what is to be added to the result. */
static void lengthen(change *c, size_t length)
{
  c->length += (double)length;
  c->pattern->steps += 1 + (double)length / BYTES_PER_STEP;
  if (c->length > LONGEST)
    luaL_error(c->L, "resulting string too large");
}

static void add_bytes(change *c, const char *bytes, size_t length)
{
  lengthen(c, length);
  luaL_addlstring(&c->result, bytes, length);
}

/* Adds the string on the top of the stack, and pops it. */
static void add_top(change *c)
{
  lengthen(c, lua_rawlen(c->L, -1));
  luaL_addvalue(&c->result);
}

static void add_match(change *c)
{
  const pattern *p = c->pattern;
  add_bytes(c, p->from, (size_t)(p->to - p->from));
}

static void add_reference(change *c, char digit)
{
  if (digit == '0') {
    add_match(c);
  } else if (digit >= '1' && digit <= '9') {
    push_capture(c->L, c->pattern, digit - '1');
    lua_tostring(c->L, -1); /* a position */
    add_top(c);
  } else if (digit == '%') {
    add_bytes(c, "%", 1);
  } else {
    luaL_error(c->L, "invalid use of '%%' in replacement string");
  }
}

static void add_template(change *c)
{
  size_t length;
  const char *at = lua_tolstring(c->L, 3, &length), *end = at + length, *mark;
  while ((mark = memchr(at, '%', (size_t)(end - at))) != NULL) {
    add_bytes(c, at, (size_t)(mark - at));
    add_reference(c, mark[1]);
    at = mark + 2;
  }
  add_bytes(c, at, (size_t)(end - at));
}

/* Pushes what the function or the table at 3 has for the match. */
static void push_replacement(change *c, int kind)
{
  lua_State *L = c->L;
  bounds_check_stack(L);
  if (kind == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(L, c->pattern, 1), 1);
  } else {
    push_capture(L, c->pattern, 0);
    lua_gettable(L, 3);
  }
}

static void add_replacement(change *c, int kind)
{
  lua_State *L = c->L;
  if (kind == LUA_TNUMBER || kind == LUA_TSTRING) {
    add_template(c);
    return;
  }
  push_replacement(c, kind);
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    add_match(c);
  } else if (lua_isstring(L, -1)) {
    lua_tostring(L, -1);
    add_top(c);
  } else {
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  }
}

/* Replaces at most `most` matches, and returns how many. */
static lua_Number replace(change *c, int kind, lua_Number most, int is_anchored)
{
  pattern *p = c->pattern;
  const char *at = p->subject, *last = NULL;
  int doubles = quirks(c->L) & DOUBLES;
  lua_Number count = 0;
  while (count < most && search(c->L, p, at, is_anchored)) {
    int is_empty = p->to == p->from, is_double = !doubles && p->to == last;
    add_bytes(c, at, (size_t)(p->from - at));
    at = last = p->to;
    if (!is_double) {
      count++;
      add_replacement(c, kind);
    }
    if (is_anchored || (is_empty && at == p->end))
      break;
    if (is_empty)
      add_bytes(c, at++, 1);
  }
  add_bytes(c, at, (size_t)(p->end - at));
  return count;
}

static int string_gsub(lua_State *L)
{
  size_t length, text_length;
  const char *subject = check_text(L, 1, &length);
  const char *text = check_text(L, 2, &text_length);
  int kind = lua_type(L, 3);
  lua_Number most = luaL_optnumber(L, 4, (lua_Number)length + 1), count;
  int is_anchored = text_length > 0 && *text == '^';
  matcher m;
  change c;
  luaL_argcheck(L,
                kind == LUA_TNUMBER || kind == LUA_TSTRING ||
                    kind == LUA_TTABLE || kind == LUA_TFUNCTION,
                3, "string/function/table expected");
  lua_settop(L, 3);
  c.L = L;
  c.length = 0;
  c.pattern =
      compile(L, &m, text + is_anchored, text_length - (size_t)is_anchored);
  pattern_set_subject(c.pattern, subject, length);
  luaL_buffinit(L, &c.result);
  count = replace(&c, kind, most, is_anchored);
  report_steps(L, c.pattern);
  luaL_pushresult(&c.result);
  compat_pushwhole(L, count);
  return 2;
}

/* ---- rep ---------------------------------------------------------------- */

/* Fills the rest with copies of the bytes that are there already. */
static void multiply(char *bytes, size_t there, size_t all)
{
  while (there < all) {
    size_t more = there < all - there ? there : all - there;
    memcpy(bytes + there, bytes, more);
    there += more;
  }
}

static int string_rep(lua_State *L)
{
  size_t length, gap, all;
  const char *text = check_text(L, 1, &length);
  double count = luaL_checknumber(L, 2), size;
  const char *separator = luaL_optlstring(L, 3, "", &gap);
  char *bytes;
  luaL_checkinteger(L, 2); /* from Lua 5.3 on, 1.5 is an error */
  if (quirks(L) & UNDIVIDED)
    gap = 0;
  size = count * ((double)length + (double)gap) - (double)gap;
  luaL_argcheck(L, !(size > LONGEST), 2, "resulting string too large");
  if (!(count >= 1 && size > 0))
    return lua_pushliteral(L, ""), 1;
  bounds_work_bytes(L, size);
  all = (size_t)size;
  bytes = lua_newuserdata(L, all + gap);
  memcpy(bytes, text, length);
  memcpy(bytes + length, separator, gap);
  multiply(bytes, length + gap, all);
  lua_pushlstring(L, bytes, all);
  return 1;
}

/* ---- opening ------------------------------------------------------------ */

static int count_of(lua_State *L, const char *script)
{
  int count;
  if (luaL_loadstring(L, script) != 0)
    return lua_error(L);
  lua_call(L, 0, 1);
  count = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  return count;
}

void strings_open(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"find", string_find},
      {"match", string_match},
      {"gmatch", string_gmatch},
      {"gfind", string_gmatch},
      {"gsub", string_gsub},
      {"rep", string_rep},
      {NULL, NULL},
  };
  const luaL_Reg *f;
  int found = 0;
  if (count_of(L, "return select(2, ('a'):gsub('a*', ''))") > 1)
    found |= DOUBLES;
  if (count_of(L, "return ('a'):find('', 9)") > 0)
    found |= CLAMPS;
  if (count_of(L, "return #('a'):rep(2, 'b')") < 3)
    found |= UNDIVIDED;
  lua_getglobal(L, "string");
  for (f = functions; f->name != NULL; f++) {
    lua_getfield(L, -1, f->name);
    if (lua_toboolean(L, -1)) {
      lua_pushinteger(L, found);
      lua_pushcclosure(L, f->func, 1);
      lua_setfield(L, -3, f->name);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}
