/* call.c - operations called by the host */
/* SPDX-License-Identifier: MIT */
#include "host/host_parts.h"

static int call_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  job_push_call(L, j);
  job_call_method(L, "call", 2, 1);
  job_keep_result(L, j->rs, -1);
  return 0;
}

int rackspace_call(rackspace *rs, const char *operation, const char *arguments,
                   const char **result)
{
  job j = {0};
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  if (job_perform(&j, call_work, 0) != 0)
    return -1;
  if (result != NULL)
    *result = rs->result;
  return 0;
}

static int pages_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  job_push_call(L, j);
  job_call_method(L, "pages", 2, 1);
  j->number = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

/* count: whether there was one */
static int page_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, j->number);
  lua_call(L, 0, 1);
  j->count = !lua_isnil(L, -1);
  if (j->count > 0)
    job_keep_result(L, j->rs, -1);
  return 0;
}

int rackspace_pages(rackspace *rs, const char *operation, const char *arguments,
                    int (*on_page)(void *user, const char *page), void *user)
{
  job j = {0};
  int status;
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  if (job_perform(&j, pages_work, 0) != 0)
    return -1;
  while ((status = job_perform(&j, page_work, 0)) == 0 && j.count > 0)
    if (on_page(user, rs->result) != 0)
      break;
  luaL_unref(rs->L, LUA_REGISTRYINDEX, j.number);
  return status;
}
