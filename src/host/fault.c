/* fault.c - the last error of a rackspace */
/* SPDX-License-Identifier: MIT */
#include "host/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"

enum { MESSAGE_LIMIT = 1 << 16 }; /* bytes */

static const char no_memory[] = "not enough memory";

void fault_init(fault *f)
{
  memset(f, 0, sizeof *f);
  f->shown.kind = f->shown.message = "";
}

void fault_free(fault *f)
{
  free(f->message);
  f->message = NULL;
}

/* A script can make its error's text as long as it likes. Where it is cut, the
   last character goes, which may be incomplete. */
static char *copy_message(const char *message)
{
  char *copy = strndup(message, MESSAGE_LIMIT);
  size_t length = copy != NULL ? strlen(copy) : 0;
  if (length < MESSAGE_LIMIT)
    return copy;
  while (length > 1 && (copy[length - 1] & 0xC0) == 0x80)
    length--;
  copy[length - 1] = '\0';
  return copy;
}

void fault_set(rackspace *rs, const char *kind, long status,
               const char *message)
{
  fault *f = &rs->fault;
  char *copy = copy_message(message);
  free(f->message);
  f->message = copy;
  snprintf(f->kind, sizeof f->kind, "%s", kind);
  f->shown.kind = f->kind;
  f->shown.status = status;
  f->shown.message = copy != NULL ? copy : no_memory;
}

/* Pushes a field of the table on the top; NULL when it is no string. */
static const char *push_text_field(lua_State *L, const char *name)
{
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  return lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* Returns 0 when the table on the top is not an error of the library. */
static int set_from_table(lua_State *L, rackspace *rs)
{
  const char *kind = push_text_field(L, "kind"), *message;
  lua_insert(L, -2);
  message = push_text_field(L, "message");
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

/* A run's limit of time allows a table so many keys (bounds.c). */
static void set_no_memory(rackspace *rs)
{
  char text[128];
  size_t most = 1;
  while (most * 2 <= rs->most_keys)
    most *= 2;
  snprintf(text, sizeof text,
           "%s: a table has at most %lu keys in a run of this time", no_memory,
           (unsigned long)most);
  fault_set(rs, "memory", 0, rs->has_run_out_of_keys ? text : no_memory);
}

void fault_set_from_status(rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  if (end != BUDGET_OPEN)
    fault_set(rs, kind_of_end(end), 0, budget_text(end));
  else if (status == LUA_ERRMEM)
    set_no_memory(rs);
  else
    fault_set(rs, "script", 0, "an error without a text");
}

/* Library code may have caught the error and raised its text again. A script
   can raise that text too, but not make memory run out without it. */
static void set_from_text(rackspace *rs, const char *text)
{
  if (!rs->has_run_out || strstr(text, no_memory) == NULL)
    fault_set(rs, "script", 0, text);
  else if (rs->has_run_out_of_keys)
    set_no_memory(rs);
  else
    fault_set(rs, "memory", 0, text);
}

/* The text of an ended budget's error says where the script was. */
void fault_set_from_value(lua_State *L, rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  const char *text = status != LUA_ERRMEM ? lua_tostring(L, -1) : NULL;
  if (end != BUDGET_OPEN && text != NULL &&
      strstr(text, budget_text(end)) != NULL)
    fault_set(rs, kind_of_end(end), 0, text);
  else if (end != BUDGET_OPEN || status == LUA_ERRMEM)
    fault_set_from_status(rs, status);
  else if (lua_type(L, -1) != LUA_TTABLE || !set_from_table(L, rs))
    set_from_text(rs, luaL_tolstring(L, -1, NULL));
}

int fault_is_memory(const fault *f)
{
  return strcmp(f->kind, "memory") == 0;
}
