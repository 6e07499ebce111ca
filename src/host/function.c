/* function.c - functions of the host that scripts call */
/* SPDX-License-Identifier: MIT */
#include "host/embed.h"
#include "host/host.h"
#include "host/run.h"

typedef struct function {
  rackspace *rs;
  int (*run)(void *user, const char *arguments, const char **result);
  void *user;
} function;

typedef struct registration {
  const char *name;
  function function;
} registration;

/* invoke(arguments) -> JSON or "", or nil and a message. The host's function
   may call the library, which then runs in the calling coroutine. Its work is
   none of the script's. */
static int invoke(lua_State *L)
{
  const function *f = lua_touserdata(L, lua_upvalueindex(1));
  lua_State *before = f->rs->L;
  const char *arguments = luaL_checkstring(L, 1), *result = NULL;
  budget *b = &f->rs->budget;
  double begun = budget_clock(b);
  int status;
  f->rs->L = L;
  f->rs->entered++;
  status = f->run(f->user, arguments, &result);
  f->rs->entered--;
  f->rs->L = before;
  budget_exempt(b, budget_clock(b) - begun);
  if (status != 0)
    lua_pushnil(L);
  lua_pushstring(L, result != NULL ? result : "");
  return status != 0 ? 2 : 1;
}

static int register_work(lua_State *L)
{
  const registration *r = lua_touserdata(L, 1);
  function *f;
  lua_pushstring(L, r->name);
  f = lua_newuserdata(L, sizeof *f);
  *f = r->function;
  lua_pushcclosure(L, invoke, 1);
  embed_call(L, "register", 2, 0);
  return 0;
}

int rackspace_register(rackspace *rs, const char *name,
                       int (*run)(void *user, const char *arguments,
                                  const char **result),
                       void *user)
{
  registration r = {name, {rs, run, user}};
  const char *missing = run == NULL ? "function" : NULL;
  if (host_enter(rs, name == NULL ? "name" : missing) != 0)
    return -1;
  return host_leave(rs, run_protected(rs, register_work, &r));
}
