/* embed.c - the Lua side of a rackspace: the module rackspace.embed */
/* SPDX-License-Identifier: MIT */
#include "host/embed.h"

#include "host/bounds.h"
#include "host/host.h"
#include "host/output.h"
#include "host/script.h"

/* Where the registry has the object. */
#define EMBED_KEY "rackspace.embed"

/* log(line) */
static int log_line(lua_State *L)
{
  rackspace *rs = lua_touserdata(L, lua_upvalueindex(1));
  const char *line = luaL_checkstring(L, 1);
  rs->entered++;
  rs->options.log(rs->options.user, line);
  rs->entered--;
  return 0;
}

/* { name = text, ... } */
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

/* The argument of rackspace.embed's new. */
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
  lua_pushcfunction(L, script_load);
  lua_setfield(L, -2, "load");
  lua_pushcfunction(L, output_write);
  lua_setfield(L, -2, "write");
  set_flag(L, "is_confined", rs->is_confined);
  set_flag(L, "has_session", rs->has_options);
  set_flag(L, "io", (options->libraries & RACKSPACE_IO) != 0);
  set_flag(L, "os", (options->libraries & RACKSPACE_OS) != 0);
}

static void push_new(lua_State *L)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.embed");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "new");
  lua_remove(L, -2);
  push_options(L, bounds_host(L));
  lua_call(L, 1, 1);
}

void embed_push(lua_State *L)
{
  lua_getfield(L, LUA_REGISTRYINDEX, EMBED_KEY);
  if (!lua_isnil(L, -1))
    return;
  lua_pop(L, 1);
  push_new(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, EMBED_KEY);
}

void embed_push_globals(lua_State *L)
{
  embed_call(L, "new_globals", 0, 1);
}

void embed_call(lua_State *L, const char *method, int count, int results)
{
  embed_push(L);
  lua_getfield(L, -1, method);
  lua_insert(L, -2 - count);
  lua_insert(L, -1 - count);
  lua_call(L, count + 1, results);
}
