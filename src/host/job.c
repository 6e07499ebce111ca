/* job.c - work in Lua, protected, for one of the host's calls */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "host/host_parts.h"

static int do_job(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  lua_pushcfunction(L, j->work);
  lua_pushvalue(L, 1);
  j->status = lua_pcall(L, 1, 0, 0);
  if (j->status != 0)
    fault_describe(L, j->rs, j->status);
  return 0;
}

void job_call_method(lua_State *L, const char *name, int count, int results)
{
  host_push_embed(L);
  lua_getfield(L, -1, name);
  lua_insert(L, -2 - count);
  lua_insert(L, -1 - count);
  lua_call(L, count + 1, results);
}

static int reset_work(lua_State *L)
{
  const job *j = lua_touserdata(L, 1);
  lua_pushboolean(L, j->number);
  job_call_method(L, "reset", 1, 0);
  lua_getfield(L, LUA_REGISTRYINDEX, HOST_EMBED);
  lua_getfield(L, -1, "globals");
  lua_setfield(L, LUA_REGISTRYINDEX, HOST_GLOBALS);
  lua_gc(L, LUA_GCCOLLECT, 0); /* which may raise, before Lua 5.4 */
  return 0;
}

/* What was torn from the engine in the middle of its work is not used again;
   nor is what filled the memory, which needs some to be let go. */
static void reset(rackspace *rs)
{
  job j = {0};
  size_t ceiling = rs->options.memory;
  char *message = rs->message;
  rackspace_fault fault = rs->fault;
  char kind[sizeof rs->kind];
  memcpy(kind, rs->kind, sizeof kind);
  rs->message = NULL;
  rs->options.memory = 0;
  j.rs = rs;
  j.number = rs->enough > 0 || strcmp(kind, "memory") == 0;
  job_perform(&j, reset_work, 0);
  rs->options.memory = ceiling;
  free(rs->message);
  rs->message = message;
  rs->fault = fault;
  memcpy(rs->kind, kind, sizeof kind);
}

int job_perform(job *j, lua_CFunction work, int is_counted)
{
  rackspace *rs = j->rs;
  int top = lua_gettop(rs->L), status, is_torn;
  j->work = work;
  budget_enter(&rs->budget, is_counted);
  status = rs_cpcall(rs->L, do_job, j);
  if (status != 0)
    fault_set_of_job(rs, j->status = status);
  lua_settop(rs->L, top);
  is_torn = budget_leave(&rs->budget) != BUDGET_OPEN ||
            strcmp(rs->kind, "memory") == 0;
  if (j->status == 0)
    return 0;
  if (is_torn && rs->budget.depth == 0 && work != reset_work)
    reset(rs);
  return -1;
}

void job_keep_result(lua_State *L, rackspace *rs, int index)
{
  const char *text = lua_tostring(L, index);
  if (text == NULL)
    text = "null";
  if (host_keep(&rs->result, text) == NULL)
    luaL_error(L, "not enough memory");
}

void job_push_call(lua_State *L, const job *j)
{
  lua_pushstring(L, j->name);
  if (j->text != NULL)
    lua_pushstring(L, j->text);
  else
    lua_pushnil(L);
}
