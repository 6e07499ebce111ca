/* bounds.c - limits of memory, instructions and time for scripts */
/* SPDX-License-Identifier: MIT */
#include "host/bounds.h"

#include <math.h>
#include <stdint.h>

#include "host/host.h"

/* An instruction that takes longer than SLOW_INSTRUCTION counts as one for each
   time that it took INSTRUCTION_SECONDS. */
#define SLOW_INSTRUCTION 5e-7
#define INSTRUCTION_SECONDS 2e-8

/* A block that has twice grown so slowly within one instruction may take
   FORESEEN times as long until it grows again: a script can have Lua do what
   takes time by the square of the block's size. Once can be chance, as on a
   busy machine. */
#define SLOW_GROWTH 1e-3
#define FORESEEN 4

/* Of comparing a key of a table with another one that collides with it. */
#define COLLISION_SECONDS 3e-9

enum {
  HOOK_STEP = 1000,       /* instructions between two checks of the budget */
  LEAST_STEP = 10,        /* the same, while there are large blocks */
  LARGE_BLOCK = 1 << 16,  /* bytes from which on a block is large */
  LARGE_BLOCKS = 1 << 18, /* bytes of large blocks that halve the step */
  CHARGE_BYTES = 16,      /* handled for one instruction */
  CAUGHT_ERROR = 500,     /* instructions that its text is worth */
  FEW_CALLS = 256,        /* in progress, through which Lua walks quickly */
  STACK_LIMIT = 1 << 18,  /* bytes of the C stack for nested functions */
  COLLECT_AT = 120,   /* the collector's pause in per cent, under a ceiling */
  FEW_KEYS = 1 << 14, /* of a table, which any script may have */
  RESERVE = 1 << 20,  /* bytes beyond the ceiling for calling finalizers */
  LONGEST_BLOCK = 2 * BOUNDS_BYTES /* bytes that a confined script may have */
};

/* The registry's key of the thread that runs. */
#define RUNNING_KEY "rackspace.running"

static void on_count(lua_State *L, lua_Debug *where);

/* Whether the block is to hold more keys of a table than a run has time for. A
   script can choose keys that collide. Moving them into a larger block then
   takes time that grows with the square of their number, and is done by one
   instruction. */
static int is_slow_table(rackspace *rs, const void *pointer, size_t size)
{
  size_t keys;
  if (rs->key_size == 0 || pointer != NULL || size % rs->key_size != 0)
    return 0;
  keys = size / rs->key_size;
  if (keys <= rs->most_keys || (keys & (keys - 1)) != 0)
    return 0;
  return rs->has_run_out_of_keys = 1;
}

/* Whether one block is more than a script may have at all. */
static int is_too_large(rackspace *rs, const void *pointer, size_t size)
{
  const budget *b = &rs->budget;
  return rs->is_confined && b->depth > 0 && b->is_counted &&
         (size > LONGEST_BLOCK || is_slow_table(rs, pointer, size));
}

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

/* Whether the allocation of more bytes is work that the run may not do any
   more. Small ones are paid by the instructions that cause them. One that the
   ceiling refuses costs a full collection. */
static int is_overdue(rackspace *rs, size_t more, int beyond)
{
  size_t bytes = beyond ? rs->used : more;
  double work = (double)bytes / CHARGE_BYTES, slow, coming;
  if (rs->budget.depth == 0 || bytes < LARGE_BLOCK)
    return 0;
  slow = budget_lap(&rs->budget);
  if (slow < SLOW_GROWTH)
    slow = 0;
  coming = rs->is_growing_slowly ? FORESEEN * slow : 0;
  rs->is_growing_slowly = slow > 0;
  work += (slow + coming) / INSTRUCTION_SECONDS;
  return budget_charge(&rs->budget, work) != BUDGET_OPEN ||
         budget_foresee(&rs->budget, coming) != BUDGET_OPEN;
}

/* Whether some bounds refuse a block. */
static int is_refused(rackspace *rs, const void *pointer, size_t more,
                      size_t size)
{
  int beyond;
  if (more == 0)
    return 0;
  beyond = is_beyond(rs, more);
  return is_too_large(rs, pointer, size) || is_overdue(rs, more, beyond) ||
         beyond;
}

/* Whether a block is for calling a finalizer, which may grow the stack. Those
   are the library's own, as confined scripts have none. One that can't be
   called leaks what it would free. */
static int is_for_finalizer(const rackspace *rs, size_t more)
{
  size_t ceiling = rs->options.memory;
  if (rs->main == NULL || more > RESERVE || compat_is_collecting(rs->main))
    return 0;
  return ceiling == 0 || rs->used <= ceiling + RESERVE - more;
}

static void *refuse(rackspace *rs)
{
  rs->has_run_out = 1;
  return NULL;
}

static size_t large(size_t size)
{
  return size >= LARGE_BLOCK ? size : 0;
}

/* Has the next check in the thread that runs come after `step` instructions at
   most. Lua allows a hook to be set at any time. */
static void hasten(const rackspace *rs, int step)
{
  lua_State *L = rs->running;
  if (L != NULL && rs->budget.depth > 0 && lua_gethook(L) == on_count &&
      lua_gethookcount(L) > step)
    lua_sethook(L, on_count, LUA_MASKCOUNT, step);
}

/* Without a pointer, old_size is not a size: Lua passes the type of the new
   object. */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size)
{
  rackspace *rs = user;
  size_t old = pointer != NULL ? old_size : 0;
  size_t more = size > old ? size - old : 0;
  void *block;
  if (is_refused(rs, pointer, more, size) && !is_for_finalizer(rs, more))
    return refuse(rs);
  rs->entered++;
  block = rs->options.allocate(rs->options.user, pointer, old, size);
  rs->entered--;
  if (size > 0 && block == NULL)
    return refuse(rs);
  rs->used = rs->used - old + size;
  rs->large = rs->large - large(old) + large(size);
  if (large(more) > 0)
    hasten(rs, LEAST_STEP); /* the next instructions may be slow */
  return block;
}

rackspace *bounds_host(lua_State *L)
{
  void *user;
  lua_getallocf(L, &user);
  return user;
}

/* The instructions until the next check. One instruction can take as long as
   the largest string or table needs to be compared, copied or searched: the
   more bytes there are in such, the sooner is the next check. */
static int step_of(const rackspace *rs)
{
  double share = LARGE_BLOCKS / (LARGE_BLOCKS + (double)rs->large);
  int step = (int)(HOOK_STEP * share);
  return step < LEAST_STEP || rs->threshold > 0 ? LEAST_STEP : step;
}

/* Remembers the thread that runs, and keeps it in the registry: a thread may be
   collected once it has ended. */
static void note_thread(rackspace *rs, lua_State *L)
{
  if (rs->running == L)
    return;
  luaL_checkstack(L, 2, "not enough memory");
  lua_pushthread(L);
  lua_setfield(L, LUA_REGISTRYINDEX, RUNNING_KEY);
  rs->running = L;
  hasten(rs, step_of(rs)); /* large blocks may have come while it waited */
}

/* What instructions are worth, by the time that they took. */
static double worth_of(rackspace *rs, double instructions)
{
  double took = budget_lap(&rs->budget);
  if (took <= instructions * SLOW_INSTRUCTION)
    return instructions;
  return took / INSTRUCTION_SECONDS;
}

/* After the budget's end each instruction raises again, so that a script can't
   catch the error and go on. */
static void on_count(lua_State *L, lua_Debug *where)
{
  rackspace *rs = bounds_host(L);
  int past = lua_gethookcount(L);
  budget_end end = budget_charge(&rs->budget, worth_of(rs, past));
  int step = end == BUDGET_OPEN ? step_of(rs) : 1;
  note_thread(rs, L);
  rs->is_growing_slowly = 0;
  if (past != step)
    lua_sethook(L, on_count, LUA_MASKCOUNT, step);
  if (end == BUDGET_OPEN)
    return;
  lua_getinfo(L, "Sl", where);
  lua_pushfstring(L, "%s:%d: %s", where->short_src, where->currentline,
                  budget_text(end));
  lua_error(L);
}

/* About the number of calls in progress, or 0 for few. */
static double count_calls(lua_State *L)
{
  lua_Debug call;
  int level = FEW_CALLS;
  while (lua_getstack(L, level, &call))
    level *= 2;
  return level > FEW_CALLS ? level : 0;
}

int bounds_charge(lua_State *L)
{
  double instructions = luaL_optnumber(L, 1, HOOK_STEP);
  if (lua_isboolean(L, 2) && !lua_toboolean(L, 2))
    instructions += CAUGHT_ERROR + count_calls(L);
  bounds_work(L, instructions);
  return 0;
}

static void charge(lua_State *L, double instructions)
{
  rackspace *rs = bounds_host(L);
  budget_end end = budget_charge(&rs->budget, instructions);
  note_thread(rs, L);
  if (end != BUDGET_OPEN)
    luaL_error(L, "%s", budget_text(end));
}

void bounds_work(lua_State *L, double instructions)
{
  charge(L, instructions > 0 ? instructions : 0); /* or not a number */
}

int bounds_is_over(rackspace *rs, double instructions)
{
  return budget_charge(&rs->budget, worth_of(rs, instructions)) != BUDGET_OPEN;
}

void bounds_slow_work(lua_State *L, double instructions)
{
  charge(L, worth_of(bounds_host(L), instructions));
}

void bounds_work_bytes(lua_State *L, double bytes)
{
  bounds_work(L, 1 + bytes / CHARGE_BYTES);
}

/* LuaJIT doesn't limit how deep C functions and Lua functions nest. */
void bounds_check_stack(lua_State *L)
{
  uintptr_t base = bounds_host(L)->stack;
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  uintptr_t depth = here > base ? here - base : base - here;
  if (base != 0 && depth > STACK_LIMIT)
    luaL_error(L, "C stack overflow");
}

/* The seconds that a run may take, also by its instructions. */
static double most_seconds(const budget *b)
{
  double most = b->seconds > 0 ? b->seconds : HUGE_VAL;
  if (b->instructions > 0)
    most = fmin(most, b->instructions * SLOW_INSTRUCTION);
  return most;
}

void bounds_open(lua_State *L)
{
  rackspace *rs = bounds_host(L);
  size_t used = rs->used;
  double most = sqrt(8 * most_seconds(&rs->budget) / COLLISION_SECONDS);
  if (most > 1e9)
    return;
  lua_createtable(L, 0, FEW_KEYS);
  rs->key_size = (rs->used - used) / FEW_KEYS;
  rs->most_keys = most > FEW_KEYS ? (size_t)most : FEW_KEYS;
  lua_pop(L, 1);
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
