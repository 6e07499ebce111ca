/* bounds.c - limits of memory, instructions and time for scripts */
/* SPDX-License-Identifier: MIT */
#include "host/bounds.h"

#include "host/host.h"
#include "lua/lbudget.h"

enum {
  HOOK_STEP = 1000, /* instructions between two checks of the budget */
  COLLECT_AT = 120  /* the collector's pause in per cent, under a ceiling */
};

/* Once memory has run out, its use must fall by a sixteenth of the ceiling
   before more is given. Otherwise each further allocation near the ceiling
   would cost a full garbage collection. */
static int is_beyond(rackspace *rs, size_t more)
{
  size_t ceiling = rs->options.memory;
  if (ceiling == 0 || more == 0)
    return 0;
  if (rs->threshold > 0 && rs->used > rs->threshold)
    return 1;
  rs->threshold = 0;
  if (rs->used <= ceiling && more <= ceiling - rs->used)
    return 0;
  if (rs->used > ceiling - ceiling / 4)
    rs->threshold = rs->used - ceiling / 16;
  return 1;
}

/* Without a pointer, old_size is not a size: Lua passes the type of the new
   object. */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size)
{
  rackspace *rs = user;
  size_t old = pointer != NULL ? old_size : 0;
  void *block;
  if (is_beyond(rs, size > old ? size - old : 0))
    return NULL;
  block = rs->options.allocate(rs->options.user, pointer, old, size);
  if (size == 0 || block != NULL)
    rs->used = rs->used - old + size;
  return block;
}

rackspace *bounds_host(lua_State *L)
{
  void *user;
  lua_getallocf(L, &user);
  return user;
}

/* After the budget's end each instruction raises again, so that a script can't
   catch the error and go on. */
static void on_count(lua_State *L, lua_Debug *where)
{
  budget_end end = budget_charge(&bounds_host(L)->budget, HOOK_STEP);
  int step = end == BUDGET_OPEN ? HOOK_STEP : 1;
  if (lua_gethookcount(L) != step)
    lua_sethook(L, on_count, LUA_MASKCOUNT, step);
  if (end == BUDGET_OPEN)
    return;
  lua_getinfo(L, "Sl", where);
  lua_pushfstring(L, "%s:%d: %s", where->short_src, where->currentline,
                  budget_text(end));
  lua_error(L);
}

/* A coroutine has a hook counter of its own, and what it runs after the last
   full step is never charged. So that many short coroutines are not free,
   making one costs a step. */
int bounds_charge(lua_State *L)
{
  lbudget_charge(L, HOOK_STEP);
  return 0;
}

void bounds_set(rackspace *rs)
{
  const rackspace_options *options = &rs->options;
  lua_State *L = rs->main;
  rs->budget.instructions = (double)options->instructions;
  rs->budget.seconds = options->seconds;
  if (options->memory > 0)
    compat_setpause(L, COLLECT_AT);
  lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_STEP);
}
