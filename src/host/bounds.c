/* bounds.c - what a script may take of memory, instructions and time */
/* SPDX-License-Identifier: MIT */
#include "host/host_parts.h"

enum {
  HOOK_STEP = 1000, /* instructions between two looks at the budget */
  COLLECT_AT = 120  /* per cent, where there is a ceiling */
};

/* Memory that ran out has to come down by a sixteenth before more is given:
   else each of the last allocations would cost a collection of everything. */
static int is_beyond(rackspace *rs, size_t more)
{
  size_t ceiling = rs->options.memory;
  if (ceiling == 0 || more == 0)
    return 0;
  if (rs->enough > 0 && rs->used > rs->enough)
    return 1;
  rs->enough = 0;
  if (rs->used <= ceiling && more <= ceiling - rs->used)
    return 0;
  if (rs->used > ceiling - ceiling / 4)
    rs->enough = rs->used - ceiling / 16;
  return 1;
}

/* Without a pointer, Lua's old size is the kind of object that it makes. */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size)
{
  rackspace *rs = user;
  size_t old = pointer != NULL ? old_size : 0;
  void *found;
  if (is_beyond(rs, size > old ? size - old : 0))
    return NULL;
  found = rs->options.allocate(rs->options.user, pointer, old, size);
  if (size == 0 || found != NULL)
    rs->used = rs->used - old + size;
  return found;
}

static void on_count(lua_State *L, lua_Debug *where)
{
  rackspace *rs;
  void *user;
  budget_end end;
  int step;
  lua_getallocf(L, &user);
  rs = user;
  end = budget_charge(&rs->budget, HOOK_STEP);
  step = end == BUDGET_OPEN ? HOOK_STEP : 1; /* no pcall goes on for long */
  if (lua_gethookcount(L) != step)
    lua_sethook(L, on_count, LUA_MASKCOUNT, step);
  if (end == BUDGET_OPEN)
    return;
  lua_getinfo(L, "Sl", where);
  lua_pushfstring(L, "%s:%d: %s", where->short_src, where->currentline,
                  budget_text(end));
  lua_error(L);
}

/* charge(): a coroutine counts its own instructions, and the last ones before
   its end not at all: making one costs as much. */
int bounds_charge(lua_State *L)
{
  lcore_charge(L, HOOK_STEP);
  return 0;
}

void bounds_set(rackspace *rs)
{
  const rackspace_options *options = &rs->options;
  lua_State *L = rs->main;
  rs->budget.instructions = (double)options->instructions;
  rs->budget.seconds = options->seconds;
  if (options->memory > 0)
    rs_setpause(L, COLLECT_AT);
  lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_STEP);
}
