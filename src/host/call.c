/* call.c - operations that the host calls */
/* SPDX-License-Identifier: MIT */
#include "host/call.h"

#include <stdlib.h>
#include <string.h>

#include "host/embed.h"
#include "host/host.h"
#include "host/run.h"

typedef struct call {
  rackspace *rs;
  const char *operation, *arguments; /* as rackspace_call takes them */
} call;

typedef struct pages {
  call call;
  int next_page; /* reference to the function that returns the next page */
  int has_page;  /* whether it has returned one */
} pages;

void call_push(lua_State *L, const char *operation, const char *arguments)
{
  lua_pushstring(L, operation);
  if (arguments != NULL)
    lua_pushstring(L, arguments);
  else
    lua_pushnil(L);
}

void call_keep_result(lua_State *L, rackspace *rs, int index)
{
  const char *text = lua_tostring(L, index);
  char *copy = strdup(text != NULL ? text : "null");
  if (copy == NULL)
    luaL_error(L, "not enough memory");
  free(rs->result);
  rs->result = copy;
}

static int call_work(lua_State *L)
{
  const call *c = lua_touserdata(L, 1);
  call_push(L, c->operation, c->arguments);
  embed_call(L, "call", 2, 1);
  call_keep_result(L, c->rs, -1);
  return 0;
}

int rackspace_call(rackspace *rs, const char *operation, const char *arguments,
                   const char **result)
{
  call c = {rs, operation, arguments};
  int status;
  if (result != NULL)
    *result = NULL;
  if (host_enter(rs, operation == NULL ? "operation" : NULL) != 0)
    return -1;
  status = run_protected(rs, call_work, &c);
  if (status == 0 && result != NULL)
    *result = rs->result;
  return host_leave(rs, status);
}

static int open_pages(lua_State *L)
{
  pages *p = lua_touserdata(L, 1);
  call_push(L, p->call.operation, p->call.arguments);
  embed_call(L, "pages", 2, 1);
  p->next_page = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

static int read_page(lua_State *L)
{
  pages *p = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, p->next_page);
  lua_call(L, 0, 1);
  p->has_page = !lua_isnil(L, -1);
  if (p->has_page)
    call_keep_result(L, p->call.rs, -1);
  return 0;
}

static int walk(pages *p, int (*on_page)(void *user, const char *page),
                void *user)
{
  rackspace *rs = p->call.rs;
  int status = run_protected(rs, open_pages, p);
  if (status != 0)
    return -1;
  while ((status = run_protected(rs, read_page, p)) == 0 && p->has_page)
    if (on_page(user, rs->result) != 0 || rs->is_freed)
      break;
  luaL_unref(rs->L, LUA_REGISTRYINDEX, p->next_page);
  return status;
}

int rackspace_pages(rackspace *rs, const char *operation, const char *arguments,
                    int (*on_page)(void *user, const char *page), void *user)
{
  pages p = {{rs, operation, arguments}, LUA_NOREF, 0};
  const char *missing = on_page == NULL ? "on_page" : NULL;
  missing = operation == NULL ? "operation" : missing;
  if (host_enter(rs, missing) != 0 || missing != NULL)
    return -1;
  return host_leave(rs, walk(&p, on_page, user));
}
