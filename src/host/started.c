/* started.c - calls that proceed while the host polls */
/* SPDX-License-Identifier: MIT */
#include "host/started.h"

#include <stdlib.h>
#include <string.h>

#include "host/call.h"
#include "host/embed.h"
#include "host/host.h"
#include "host/run.h"

/* A started call; it is freed once its end was reported to the host. */
typedef struct started_call {
  struct started_call *next; /* the one started before it, or NULL */
  int id;                    /* greater than 0; names it to the Lua side */
  void (*on_end)(void *user, const char *result);
  void *user;
} started_call;

typedef struct start {
  const char *operation, *arguments; /* as rackspace_start takes them */
  int id;
} start;

/* The end of a call. */
typedef struct ending {
  rackspace *rs;
  int id;         /* the call that has ended, or 0 for none */
  int has_result; /* rs->result is its result; otherwise the fault is set */
} ending;

/* What the host has to wait for. */
typedef struct watch {
  int fd;         /* -1: none */
  double seconds; /* less than 0: no time-out */
} watch;

static int start_work(lua_State *L)
{
  const start *s = lua_touserdata(L, 1);
  call_push(L, s->operation, s->arguments);
  lua_pushinteger(L, s->id);
  embed_call(L, "start", 3, 0);
  return 0;
}

static started_call *new_call(rackspace *rs,
                              void (*on_end)(void *user, const char *result),
                              void *user)
{
  started_call *call = malloc(sizeof *call);
  if (call == NULL)
    return NULL;
  call->id = ++rs->last_id;
  call->on_end = on_end;
  call->user = user;
  return call;
}

static int begin(rackspace *rs, start s,
                 void (*on_end)(void *user, const char *result), void *user)
{
  started_call *call = new_call(rs, on_end, user);
  if (call == NULL) {
    fault_set(rs, "memory", 0, "not enough memory");
    return -1;
  }
  s.id = call->id;
  if (run_protected(rs, start_work, &s) != 0) {
    free(call);
    return -1;
  }
  call->next = rs->calls;
  rs->calls = call;
  return 0;
}

int rackspace_start(rackspace *rs, const char *operation, const char *arguments,
                    void (*on_end)(void *user, const char *result), void *user)
{
  start s = {operation, arguments, 0};
  const char *missing = on_end == NULL ? "on_end" : NULL;
  if (host_enter(rs, operation == NULL ? "operation" : missing) != 0)
    return -1;
  return host_leave(rs, begin(rs, s, on_end, user));
}

static int step_work(lua_State *L)
{
  embed_call(L, "step", 0, 0);
  return 0;
}

static int take_work(lua_State *L)
{
  ending *e = lua_touserdata(L, 1);
  embed_call(L, "take", 0, 3); /* id, result, error */
  e->id = (int)lua_tointeger(L, -3);
  e->has_result = !lua_isnil(L, -2);
  if (e->has_result)
    call_keep_result(L, e->rs, -2);
  else if (e->id != 0)
    fault_set_from_value(L, e->rs, LUA_ERRRUN);
  return 0;
}

static void report(const ending *e)
{
  started_call **link = &e->rs->calls, *call;
  while (*link != NULL && (*link)->id != e->id)
    link = &(*link)->next;
  call = *link;
  if (call == NULL)
    return;
  *link = call->next;
  call->on_end(call->user, e->has_result ? e->rs->result : NULL);
  free(call);
}

static int report_all(rackspace *rs)
{
  while (!rs->is_freed) {
    ending e = {rs, 0, 0};
    if (run_protected(rs, take_work, &e) != 0)
      return -1;
    if (e.id == 0)
      return 0;
    report(&e);
  }
  return -1;
}

static int watch_work(lua_State *L)
{
  watch *w = lua_touserdata(L, 1);
  embed_call(L, "watch", 0, 2); /* seconds, descriptor */
  w->seconds = lua_isnil(L, -2) ? -1 : lua_tonumber(L, -2);
  w->fd = lua_isnil(L, -1) ? -1 : (int)lua_tointeger(L, -1);
  return 0;
}

static int milliseconds(double seconds)
{
  if (seconds < 0)
    return -1;
  return seconds < 86400 ? (int)(seconds * 1000 + 0.999) : 86400000;
}

static int count_calls(const rackspace *rs)
{
  const started_call *call;
  int count = 0;
  for (call = rs->calls; call != NULL; call = call->next)
    count++;
  return count;
}

/* Writes the descriptor to wait for, if there is one and room. */
static void write_fds(const watch *w, struct pollfd *fds, size_t *count)
{
  size_t room = *count;
  *count = w->fd >= 0 ? 1 : 0;
  if (*count > room || *count == 0)
    return;
  fds->fd = w->fd;
  fds->events = POLLIN;
  fds->revents = 0;
}

/* An interrupted step has cancelled the calls in flight; their ends are
   reported before it fails. */
static int advance(rackspace *rs, watch *w)
{
  int status = run_protected(rs, step_work, NULL);
  if (report_all(rs) != 0 || run_protected(rs, watch_work, w) != 0)
    status = -1;
  return status == 0 ? count_calls(rs) : -1;
}

int rackspace_poll(rackspace *rs, struct pollfd *fds, size_t *count,
                   int *timeout)
{
  watch w = {-1, -1};
  const char *missing = timeout == NULL ? "timeout" : NULL;
  int status;
  if (count == NULL || (fds == NULL && *count > 0))
    missing = count == NULL ? "count" : "fds";
  if (host_enter(rs, missing) != 0 || missing != NULL)
    return -1;
  status = advance(rs, &w);
  write_fds(&w, fds, count);
  *timeout = rs->calls == NULL ? -1 : milliseconds(w.seconds);
  return host_leave(rs, status);
}

void started_free(rackspace *rs)
{
  started_call *call;
  while ((call = rs->calls) != NULL) {
    rs->calls = call->next;
    free(call);
  }
}
