/* lpollset.c - pollsets for Lua */
/* SPDX-License-Identifier: MIT */
#include "lua/lpollset.h"

#include <errno.h>
#include <string.h>

#include "lua/lclass.h"
#include "lua/lcore.h"

#define POLLSET_CLASS "rackspace.pollset"

pollset *lpollset_opt(lua_State *L, int index)
{
  if (lua_isnoneornil(L, index))
    return NULL;
  return luaL_checkudata(L, index, POLLSET_CLASS);
}

/* pollset() -> pollset, or nil and a message */
static int pollset_make(lua_State *L)
{
  pollset *set = lua_newuserdata(L, sizeof *set);
  set->fd = -1;
  luaL_setmetatable(L, POLLSET_CLASS);
  if (pollset_open(set) == 0)
    return 1;
  lua_pushnil(L);
  lua_pushfstring(L, "no descriptor for a loop could be made: %s",
                  strerror(errno));
  return 2;
}

/* pollset:fd() -> the descriptor that a loop watches */
static int pollset_fd(lua_State *L)
{
  const pollset *set = luaL_checkudata(L, 1, POLLSET_CLASS);
  lua_pushinteger(L, set->fd);
  return 1;
}

/* pollset:close(): its descriptor is -1 then. No client may use it any more. */
static int close_pollset(lua_State *L)
{
  pollset_close(luaL_checkudata(L, 1, POLLSET_CLASS));
  return 0;
}

static const luaL_Reg metamethods[] = {
    {"__gc", close_pollset},
    {NULL, NULL},
};

static const luaL_Reg methods[] = {
    {"close", close_pollset},
    {"fd", pollset_fd},
    {NULL, NULL},
};

void lpollset_push(lua_State *L)
{
  lclass_make(L, POLLSET_CLASS, metamethods, methods);
  lua_pushcfunction(L, pollset_make);
}
