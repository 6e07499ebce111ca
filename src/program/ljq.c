/* ljq.c - the module rackspace.jq: filters of jq, by libjq */
/* SPDX-License-Identifier: MIT */
#include "program/ljq.h"

#ifdef RACKSPACE_LIBJQ

/* Without optimization a function of jv.h stays that calls jv_get_kind. */
#define jv_get_kind ljq_kind

#include <jq.h>
#include <jv.h>
#include <stdlib.h>
#include <string.h>

#include "lua/compat.h"
#include "program/late.h"

#define FILTER "rackspace.jq"

/* ---- the library -------------------------------------------------------- */

/* libjq is loaded when the first filter is. Nothing else calls it. */
static struct jq_functions {
  jq_state *(*init)(void);
  int (*compile)(jq_state *, const char *);
  void (*start)(jq_state *, jv, int);
  jv (*next)(jq_state *);
  void (*teardown)(jq_state **);
  void (*set_attr)(jq_state *, jv, jv);
  void (*set_error_cb)(jq_state *, jq_msg_cb, void *);
  jv (*parse)(const char *);
  jv (*array)(void);
  jv (*string)(const char *);
  jv (*dump)(jv, int);
  const char *(*text)(jv);
  jv_kind (*kind)(jv);
  void (*free)(jv);
  jv (*copy)(jv);
  int (*has_message)(jv);
  jv (*message)(jv);
} libjq;

jv_kind ljq_kind(jv value)
{
  return libjq.kind(value);
}

static const late_function functions[] = {
    {"jq_init", &libjq.init},
    {"jq_compile", &libjq.compile},
    {"jq_start", &libjq.start},
    {"jq_next", &libjq.next},
    {"jq_teardown", &libjq.teardown},
    {"jq_set_attr", &libjq.set_attr},
    {"jq_set_error_cb", &libjq.set_error_cb},
    {"jv_parse", &libjq.parse},
    {"jv_array", &libjq.array},
    {"jv_string", &libjq.string},
    {"jv_dump_string", &libjq.dump},
    {"jv_string_value", &libjq.text},
    {"jv_get_kind", &libjq.kind},
    {"jv_free", &libjq.free},
    {"jv_copy", &libjq.copy},
    {"jv_invalid_has_msg", &libjq.has_message},
    {"jv_invalid_get_msg", &libjq.message},
    {NULL, NULL},
};

static late_library library = {RACKSPACE_LIBJQ, "libjq (Debian: libjq1)",
                               functions, 0, ""};

/* ---- messages ----------------------------------------------------------- */

enum { LONGEST_MESSAGE = 500 };

/* Keeps the first line of the first message. */
static void note_error(void *user, jv message)
{
  char *first = user;
  if (*first == '\0' && libjq.kind(message) == JV_KIND_STRING) {
    strncat(first, libjq.text(message), LONGEST_MESSAGE - 1);
    first[strcspn(first, "\n")] = '\0';
  }
  libjq.free(message);
}

/* Takes the message out of a value that is none; pushes nil and the text. */
static int push_failure(lua_State *L, jv value)
{
  jv message = libjq.message(value);
  lua_pushnil(L);
  if (libjq.kind(message) == JV_KIND_STRING) {
    lua_pushstring(L, libjq.text(message));
    libjq.free(message);
  } else {
    message = libjq.dump(message, 0);
    lua_pushfstring(L, "error: %s", libjq.text(message));
    libjq.free(message);
  }
  return 2;
}

/* ---- filters ------------------------------------------------------------ */

typedef struct jq_filter {
  jq_state *state; /* NULL until libjq has made one */
} jq_filter;

static jq_filter *check_filter(lua_State *L)
{
  return luaL_checkudata(L, 1, FILTER);
}

/* A filter finds no modules, and not the definitions in ~/.jq: what it does is
   in its text alone. libjq finds that file by HOME. */
static int compile(jq_state *jq, const char *expression)
{
  const char *home = getenv("HOME");
  char *kept = home != NULL ? strdup(home) : NULL;
  int is_compiled;
  if (home != NULL && kept == NULL)
    return 0;
  unsetenv("HOME");
  libjq.set_attr(jq, libjq.string("JQ_LIBRARY_PATH"), libjq.array());
  is_compiled = libjq.compile(jq, expression);
  if (kept != NULL)
    setenv("HOME", kept, 1);
  free(kept);
  return is_compiled;
}

/* compile(expression) -> filter; or nil and a message */
static int jq_compile_filter(lua_State *L)
{
  const char *expression = luaL_checkstring(L, 1);
  char message[LONGEST_MESSAGE] = "";
  jq_filter *filter = lua_newuserdata(L, sizeof *filter);
  jq_state *jq;
  int is_compiled;
  filter->state = NULL;
  luaL_setmetatable(L, FILTER);
  filter->state = jq = libjq.init();
  if (jq == NULL)
    return luaL_error(L, "not enough memory");
  libjq.set_error_cb(jq, note_error, message);
  is_compiled = compile(jq, expression);
  libjq.set_error_cb(jq, NULL, NULL);
  if (is_compiled)
    return 1;
  lua_pushnil(L);
  lua_pushstring(L, *message != '\0' ? message : "it can't be compiled");
  return 2;
}

/* Adds a result to the list on the top of the stack. */
static void add_result(lua_State *L, jv value, int at)
{
  jv text = libjq.dump(value, 0);
  lua_pushstring(L, libjq.text(text));
  libjq.free(text);
  lua_rawseti(L, -2, at);
}

/* filter:run(json) -> list of JSON texts; or nil and a message */
static int filter_run(lua_State *L)
{
  jq_state *jq = check_filter(L)->state;
  jv value = libjq.parse(luaL_checkstring(L, 2));
  int count = 0;
  if (libjq.kind(value) == JV_KIND_INVALID)
    return push_failure(L, value);
  lua_newtable(L);
  libjq.start(jq, value, 0);
  for (;;) {
    value = libjq.next(jq);
    if (libjq.kind(value) == JV_KIND_INVALID)
      break;
    add_result(L, value, ++count);
  }
  if (libjq.has_message(libjq.copy(value)))
    return push_failure(L, value);
  libjq.free(value);
  return 1;
}

static int filter_gc(lua_State *L)
{
  jq_filter *filter = check_filter(L);
  if (filter->state != NULL)
    libjq.teardown(&filter->state);
  return 0;
}

/* ---- the module --------------------------------------------------------- */

/* Whether this libjq keeps a whole number only as a double. */
static int rounds(void)
{
  jv text = libjq.dump(libjq.parse("9007199254740993"), 0);
  int is_kept = strcmp(libjq.text(text), "9007199254740993") == 0;
  libjq.free(text);
  return !is_kept;
}

static const luaL_Reg methods[] = {
    {"run", filter_run},
    {NULL, NULL},
};

int luaopen_rackspace_jq(lua_State *L)
{
  const char *problem = late_load(&library);
  if (problem != NULL)
    return luaL_error(L, "%s", problem);
  luaL_newmetatable(L, FILTER);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, filter_gc);
  lua_setfield(L, -2, "__gc");
  lua_newtable(L);
  lua_pushcfunction(L, jq_compile_filter);
  lua_setfield(L, -2, "compile");
  lua_pushboolean(L, rounds());
  lua_setfield(L, -2, "rounds");
  return 1;
}

#else

#include "lua/compat.h"

int luaopen_rackspace_jq(lua_State *L)
{
  return luaL_error(L, "this program was built without libjq");
}

#endif
