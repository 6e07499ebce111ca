/* host.c - makes and frees a rackspace */
/* SPDX-License-Identifier: MIT */
#include "host/host.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/bounds.h"
#include "host/counted.h"
#include "host/embed.h"
#include "host/modules.h"
#include "host/run.h"
#include "host/started.h"
#include "host/strings.h"
#include "lua/lbudget.h"
#include "lua/loader.h"

/* Every Lua but LuaJIT has its version here. A program that exports a Lua of
   its own gives it to this library, too, with all functions of that name. */
extern const char lua_ident[] __attribute__((weak));

static int is_other_lua(void)
{
  return (lua_ident != NULL && strstr(lua_ident, LUA_VERSION) == NULL) ||
         compat_isother();
}

static void *default_allocate(void *user, void *pointer, size_t old_size,
                              size_t size)
{
  (void)user;
  (void)old_size;
  if (size > 0)
    return realloc(pointer, size);
  free(pointer);
  return NULL;
}

static int is_limited(const rackspace *rs)
{
  return rs->budget.instructions > 0 || rs->budget.seconds > 0;
}

static int open_work(lua_State *L)
{
  rackspace *rs = lua_touserdata(L, 1);
  bounds_open(L);
  modules_ignore_variables(L);
  luaL_openlibs(L);
  modules_set_paths(L, rs->is_confined);
  if (rs->is_confined || is_limited(rs)) {
    counted_open(L);
    strings_open(L);
  }
  if (is_limited(rs))
    compat_interpret(L); /* must follow luaL_openlibs, which undoes it */
  lua_pushlightuserdata(L, &rs->budget);
  lua_setfield(L, LUA_REGISTRYINDEX, LBUDGET_KEY);
  loader_open(L);
  if (rs->has_options)
    embed_push(L);
  if (rs->is_confined)
    modules_close(L);
  return 0;
}

/* Returns -1 for options of a later version that are not zero, and for wrong
   values. */
static int read_options(rackspace_options *options,
                        const rackspace_options *given)
{
  const unsigned char *bytes = (const unsigned char *)given;
  size_t i, known = sizeof *options;
  memset(options, 0, known);
  if (given != NULL && given->size < sizeof given->size)
    return -1;
  for (i = known; given != NULL && i < given->size; i++)
    if (bytes[i] != 0)
      return -1;
  if (given != NULL)
    memcpy(options, given, given->size < known ? given->size : known);
  if (options->allocate == NULL)
    options->allocate = default_allocate;
  return options->seconds >= 0 ? 0 : -1;
}

/* Returns 0, or a value for errno. */
static int open_state(rackspace *rs)
{
  if (budget_open(&rs->budget) != 0)
    return errno;
  rs->main = rs->L = compat_newstate(bounds_allocate, rs);
  if (rs->L == NULL)
    return ENOMEM;
  bounds_set(rs);
  if (run_protected(rs, open_work, rs) != 0)
    return fault_is_memory(&rs->fault) ? ENOMEM : EINVAL;
  return 0;
}

rackspace *rackspace_new(const rackspace_options *given)
{
  rackspace_options options;
  rackspace *rs;
  int problem;
  if (read_options(&options, given) != 0 || is_other_lua()) {
    errno = is_other_lua() ? ENOTSUP : EINVAL;
    return NULL;
  }
  rs = options.allocate(options.user, NULL, 0, sizeof *rs);
  if (rs == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  memset(rs, 0, sizeof *rs);
  rs->options = options;
  fault_init(&rs->fault);
  rs->has_options = given != NULL;
  rs->is_confined = options.allow != NULL || options.libraries != 0;
  problem = open_state(rs);
  if (problem == 0)
    return rs;
  rackspace_free(rs);
  errno = problem;
  return NULL;
}

static void release(rackspace *rs)
{
  rs->entered++; /* a finalizer may call the host, and that the library */
  rs->is_freed = 1;
  if (rs->main != NULL)
    lua_close(rs->main);
  budget_close(&rs->budget);
  started_free(rs);
  fault_free(&rs->fault);
  free(rs->result);
  rs->options.allocate(rs->options.user, rs, sizeof *rs, 0);
}

void rackspace_free(rackspace *rs)
{
  if (rs == NULL)
    return;
  if (rs->entered == 0) {
    release(rs);
    return;
  }
  rs->is_freed = 1;
  budget_interrupt(&rs->budget);
}

int host_enter(rackspace *rs, const char *missing)
{
  char text[64];
  if (rs == NULL)
    return -1;
  if (rs->is_freed) {
    fault_set(rs, "usage", 0, "the rackspace was freed");
    return -1;
  }
  if (missing != NULL) {
    snprintf(text, sizeof text, "%s is NULL", missing);
    fault_set(rs, "usage", 0, text);
    return -1;
  }
  rs->entered++;
  return 0;
}

int host_leave(rackspace *rs, int status)
{
  int is_freed = rs->is_freed;
  if (--rs->entered == 0 && is_freed)
    release(rs);
  return is_freed ? -1 : status;
}

void rackspace_interrupt(rackspace *rs)
{
  if (rs != NULL)
    budget_interrupt(&rs->budget);
}

const rackspace_fault *rackspace_error(const rackspace *rs)
{
  static const rackspace_fault none = {"usage", 0, "the rackspace is NULL"};
  static const rackspace_fault other = {
      "config", 0,
      "librackspace needs the " LUA_VERSION " that it was built for, but this "
      "program exports functions of another Lua: don't link it with -rdynamic, "
      "or use librackspace_open"};
  if (rs != NULL)
    return &rs->fault.shown;
  return is_other_lua() ? &other : &none;
}

lua_State *rackspace_lua(rackspace *rs)
{
  return rs != NULL ? rs->L : NULL;
}

const char *rackspace_version(void)
{
  return RACKSPACE_VERSION;
}
