/* started.c - calls that get on while the host polls */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "host/host_parts.h"

/* A call that was started, until its end was told. */
typedef struct call {
  struct call *next;
  int id;
  void (*on_end)(void *user, const char *result);
  void *user;
} call;

static int start_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  job_push_call(L, j);
  lua_pushinteger(L, j->number);
  job_call_method(L, "start", 3, 0);
  return 0;
}

int rackspace_start(rackspace *rs, const char *operation, const char *arguments,
                    void (*on_end)(void *user, const char *result), void *user)
{
  job j = {0};
  call *c = malloc(sizeof *c);
  if (c == NULL) {
    fault_set(rs, "memory", 0, "not enough memory");
    return -1;
  }
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  j.number = c->id = ++rs->last_id;
  c->on_end = on_end;
  c->user = user;
  if (job_perform(&j, start_work, 0) != 0) {
    free(c);
    return -1;
  }
  c->next = rs->calls;
  rs->calls = c;
  return 0;
}

static int step_work(lua_State *L)
{
  job_call_method(L, "step", 0, 0);
  return 0;
}

/* number: the call that has ended, or 0; count: whether it has a result */
static int take_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  job_call_method(L, "take", 0, 3);
  j->number = (int)lua_tointeger(L, -3);
  j->count = !lua_isnil(L, -2);
  if (j->count > 0)
    job_keep_result(L, j->rs, -2);
  else if (j->number != 0)
    fault_describe(L, j->rs, LUA_ERRRUN);
  return 0;
}

static void tell_end(rackspace *rs, int id, const char *result)
{
  call **link = &rs->calls, *c;
  while (*link != NULL && (*link)->id != id)
    link = &(*link)->next;
  c = *link;
  if (c == NULL)
    return;
  *link = c->next;
  c->on_end(c->user, result);
  free(c);
}

static int tell_ends(rackspace *rs)
{
  for (;;) {
    job j = {0};
    j.rs = rs;
    if (job_perform(&j, take_work, 0) != 0)
      return -1;
    if (j.number == 0)
      return 0;
    tell_end(rs, j.number, j.count > 0 ? rs->result : NULL);
  }
}

static void add_fd(lua_State *L, job *j)
{
  const char *events = lua_tostring(L, -1);
  if (j->count < j->room) {
    struct pollfd *fd = &j->fds[j->count];
    fd->fd = (int)lua_tointeger(L, -2);
    fd->events = (short)((strchr(events, 'r') != NULL ? POLLIN : 0) |
                         (strchr(events, 'w') != NULL ? POLLOUT : 0));
    fd->revents = 0;
  }
  j->count++;
}

static int watch_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  job_call_method(L, "watch", 0, 2);
  j->seconds = lua_isnil(L, -1) ? -1 : lua_tonumber(L, -1);
  lua_pop(L, 1);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    add_fd(L, j);
    lua_pop(L, 1);
  }
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
  const call *c;
  int count = 0;
  for (c = rs->calls; c != NULL; c = c->next)
    count++;
  return count;
}

/* A step that was interrupted has cancelled what was in flight: that is told
   to those who wait for it. */
int rackspace_poll(rackspace *rs, struct pollfd *fds, size_t *count,
                   int *timeout)
{
  job j = {0};
  int status;
  j.rs = rs;
  j.fds = fds;
  j.room = *count;
  status = job_perform(&j, step_work, 0);
  if (tell_ends(rs) != 0 || job_perform(&j, watch_work, 0) != 0)
    status = -1;
  *count = j.count;
  *timeout = rs->calls == NULL ? -1 : milliseconds(j.seconds);
  return status == 0 ? count_calls(rs) : -1;
}

void started_free(rackspace *rs)
{
  call *c;
  while ((c = rs->calls) != NULL) {
    rs->calls = c->next;
    free(c);
  }
}
