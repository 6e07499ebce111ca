/* fault.c - what a host is told of an error */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "host/host_parts.h"

void fault_set(rackspace *rs, const char *kind, long status,
               const char *message)
{
  snprintf(rs->kind, sizeof rs->kind, "%s", kind);
  rs->fault.kind = rs->kind;
  rs->fault.status = status;
  rs->fault.message = host_keep(&rs->message, message);
  if (rs->fault.message == NULL)
    rs->fault.message = "not enough memory";
}

/* A member of the error value at the stack's top. */
static const char *text_member(lua_State *L, const char *name)
{
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  return lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* The error value at the top: true when it is one of the engine's. */
static int set_fault_from_table(lua_State *L, rackspace *rs)
{
  const char *kind = text_member(L, "kind"), *message;
  lua_insert(L, -2);
  message = text_member(L, "message");
  if (kind == NULL || message == NULL)
    return lua_pop(L, 1), 0;
  lua_pushliteral(L, "status");
  lua_rawget(L, -3);
  fault_set(rs, kind, (long)lua_tonumber(L, -1), message);
  return 1;
}

static const char *kind_of_end(budget_end end)
{
  return end == BUDGET_INTERRUPTED ? "cancelled" : "refused";
}

/* There was an error where one was to be told. */
void fault_set_of_job(rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  if (end != BUDGET_OPEN)
    fault_set(rs, kind_of_end(end), 0, budget_text(end));
  else if (status == LUA_ERRMEM)
    fault_set(rs, "memory", 0, "not enough memory");
  else
    fault_set(rs, "script", 0, "an error without a text");
}

/* Says what the error value at the top is. */
void fault_describe(lua_State *L, rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  const char *text;
  if (end != BUDGET_OPEN) {
    text = status != LUA_ERRMEM ? lua_tostring(L, -1) : NULL;
    fault_set(rs, kind_of_end(end), 0, text != NULL ? text : budget_text(end));
  } else if (status == LUA_ERRMEM) {
    fault_set(rs, "memory", 0, "not enough memory");
  } else if (lua_type(L, -1) != LUA_TTABLE || !set_fault_from_table(L, rs)) {
    text = luaL_tolstring(L, -1, NULL);
    fault_set(rs,
              strstr(text, "not enough memory") != NULL ? "memory" : "script",
              0, text);
  }
}
