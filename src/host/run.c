/* run.c - runs C functions in the Lua state, protected */
/* SPDX-License-Identifier: MIT */
#include "host/run.h"

#include "host/embed.h"
#include "host/host.h"

typedef struct run {
  rackspace *rs;
  lua_CFunction work;
  void *data;
  int status; /* of the protected call; 0: no error */
} run;

static int call_work(lua_State *L)
{
  run *r = lua_touserdata(L, 1);
  lua_pushcfunction(L, r->work);
  lua_pushlightuserdata(L, r->data);
  r->status = lua_pcall(L, 1, 0, 0);
  if (r->status != 0)
    fault_set_from_value(L, r->rs, r->status);
  return 0;
}

static int reset_work(lua_State *L)
{
  embed_call(L, "reset", 0, 0);
  lua_gc(L, LUA_GCCOLLECT, 0); /* may raise before Lua 5.4 */
  return 0;
}

/* Replaces the session after an error that stopped it at an arbitrary place,
   as its state may be inconsistent. Freeing what filled the memory needs some
   memory itself, so the ceiling is lifted meanwhile. The error is kept. */
static void reset(rackspace *rs)
{
  size_t ceiling = rs->options.memory;
  fault kept = rs->fault;
  fault_init(&rs->fault);
  rs->options.memory = 0;
  run_protected(rs, reset_work, NULL);
  rs->options.memory = ceiling;
  fault_free(&rs->fault);
  rs->fault = kept;
}

static void enter(rackspace *rs, int is_counted)
{
  budget_enter(&rs->budget, is_counted);
  if (rs->budget.depth > 1)
    return;
  rs->has_run_out = rs->has_run_out_of_keys = 0;
  rs->stack = (uintptr_t)__builtin_frame_address(0);
}

static int perform(run *r, int is_counted)
{
  rackspace *rs = r->rs;
  int top = lua_gettop(rs->L), is_torn, status;
  enter(rs, is_counted);
  status = compat_cpcall(rs->L, call_work, r);
  if (status != 0)
    fault_set_from_status(rs, r->status = status);
  lua_settop(rs->L, top);
  is_torn =
      budget_leave(&rs->budget) != BUDGET_OPEN || fault_is_memory(&rs->fault);
  if (rs->budget.depth == 0)
    rs->stack = 0;
  if (r->status == 0)
    return 0;
  if (is_torn && rs->budget.depth == 0 && r->work != reset_work)
    reset(rs);
  return -1;
}

int run_protected(rackspace *rs, lua_CFunction work, void *data)
{
  run r = {rs, work, data, 0};
  return perform(&r, 0);
}

int run_bounded(rackspace *rs, lua_CFunction work, void *data)
{
  run r = {rs, work, data, 0};
  return perform(&r, 1);
}
