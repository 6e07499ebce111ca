/* host.c - librackspace: a Lua state with the library inside */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/host_parts.h"
#include "lua/loader.h"

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

const char *host_keep(char **place, const char *text)
{
  size_t size = strlen(text) + 1;
  char *copy = malloc(size);
  if (copy != NULL)
    memcpy(copy, text, size);
  free(*place);
  *place = copy;
  return copy;
}

static int log_line(lua_State *L)
{
  rackspace *rs = lua_touserdata(L, lua_upvalueindex(1));
  rs->options.log(rs->options.user, luaL_checkstring(L, 1));
  return 0;
}

static void push_settings(lua_State *L, const char *const *settings)
{
  lua_newtable(L);
  for (; settings != NULL && settings[0] != NULL; settings += 2) {
    if (settings[1] == NULL)
      luaL_error(L, "the setting '%s' has no value", settings[0]);
    lua_pushstring(L, settings[1]);
    lua_setfield(L, -2, settings[0]);
  }
}

static void push_list(lua_State *L, const char *const *list)
{
  int count = 0;
  lua_newtable(L);
  for (; *list != NULL; list++) {
    lua_pushstring(L, *list);
    lua_rawseti(L, -2, ++count);
  }
}

static void set_flag(lua_State *L, const char *name, int value)
{
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

/* The options as embed/init.lua takes them. */
static void push_options(lua_State *L, rackspace *rs)
{
  const rackspace_options *options = &rs->options;
  lua_newtable(L);
  push_settings(L, options->settings);
  lua_setfield(L, -2, "settings");
  if (options->allow != NULL) {
    push_list(L, options->allow);
    lua_setfield(L, -2, "allow");
  }
  if (options->log != NULL) {
    lua_pushlightuserdata(L, rs);
    lua_pushcclosure(L, log_line, 1);
    lua_setfield(L, -2, "log");
  }
  lua_pushcfunction(L, bounds_charge);
  lua_setfield(L, -2, "charge");
  set_flag(L, "is_confined", rs->is_confined);
  set_flag(L, "has_session", rs->has_options);
  set_flag(L, "io", (options->libraries & RACKSPACE_IO) != 0);
  set_flag(L, "os", (options->libraries & RACKSPACE_OS) != 0);
}

static void make_embed(lua_State *L, rackspace *rs)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.embed");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "new");
  push_options(L, rs);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "globals");
  lua_setfield(L, LUA_REGISTRYINDEX, HOST_GLOBALS);
  lua_setfield(L, LUA_REGISTRYINDEX, HOST_EMBED);
  lua_pop(L, 1);
}

void host_push_embed(lua_State *L)
{
  void *user;
  lua_getallocf(L, &user);
  lua_getfield(L, LUA_REGISTRYINDEX, HOST_EMBED);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    make_embed(L, user);
    lua_getfield(L, LUA_REGISTRYINDEX, HOST_EMBED);
  }
}

static int open_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  luaL_openlibs(L);
  if (j->rs->budget.instructions > 0 || j->rs->budget.seconds > 0)
    rs_interpret(L); /* opening the libraries undoes it */
  lua_pushlightuserdata(L, &j->rs->budget);
  lua_setfield(L, LUA_REGISTRYINDEX, LCORE_BUDGET);
  loader_open(L);
  if (j->rs->has_options)
    make_embed(L, j->rs);
  return 0;
}

/* Members that this version doesn't know must be left at zero. */
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

/* 0, or what errno says. */
static int open_state(rackspace *rs)
{
  job j = {0};
  if (budget_open(&rs->budget) != 0)
    return errno;
  rs->main = rs->L = rs_newstate(bounds_allocate, rs);
  if (rs->L == NULL)
    return ENOMEM;
  bounds_set(rs);
  j.rs = rs;
  if (job_perform(&j, open_work, 0) != 0)
    return strcmp(rs->kind, "memory") == 0 ? ENOMEM : EINVAL;
  return 0;
}

rackspace *rackspace_new(const rackspace_options *given)
{
  rackspace_options options;
  rackspace *rs;
  int problem;
  if (read_options(&options, given) != 0) {
    errno = EINVAL;
    return NULL;
  }
  rs = options.allocate(options.user, NULL, 0, sizeof *rs);
  if (rs == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  memset(rs, 0, sizeof *rs);
  rs->options = options;
  rs->fault.kind = rs->fault.message = "";
  rs->has_options = given != NULL;
  rs->is_confined = options.allow != NULL || options.libraries != 0;
  problem = open_state(rs);
  if (problem == 0)
    return rs;
  rackspace_free(rs);
  errno = problem;
  return NULL;
}

void rackspace_free(rackspace *rs)
{
  if (rs == NULL)
    return;
  if (rs->main != NULL)
    lua_close(rs->main);
  budget_close(&rs->budget);
  started_free(rs);
  free(rs->message);
  free(rs->result);
  rs->options.allocate(rs->options.user, rs, sizeof *rs, 0);
}

void rackspace_interrupt(rackspace *rs)
{
  budget_interrupt(&rs->budget);
}

const rackspace_fault *rackspace_error(const rackspace *rs)
{
  return &rs->fault;
}

lua_State *rackspace_lua(rackspace *rs)
{
  return rs->L;
}

const char *rackspace_version(void)
{
  return RACKSPACE_VERSION;
}
