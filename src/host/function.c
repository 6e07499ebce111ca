/* function.c - functions of the host's that scripts call */
/* SPDX-License-Identifier: MIT */
#include "host/host_parts.h"

typedef struct function {
  rackspace *rs;
  int (*run)(void *user, const char *arguments, const char **result);
  void *user;
} function;

/* invoke(arguments) -> JSON or "", or nil and a message */
static int invoke(lua_State *L)
{
  const function *f = lua_touserdata(L, lua_upvalueindex(1));
  lua_State *before = f->rs->L;
  const char *result = NULL;
  int status;
  f->rs->L = L; /* the host may call back */
  status = f->run(f->user, luaL_checkstring(L, 1), &result);
  f->rs->L = before;
  if (status != 0)
    lua_pushnil(L);
  lua_pushstring(L, result != NULL ? result : "");
  return status != 0 ? 2 : 1;
}

static int register_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  function *f;
  lua_pushstring(L, j->name);
  f = lua_newuserdata(L, sizeof *f);
  *f = *(const function *)(const void *)j->text;
  lua_pushcclosure(L, invoke, 1);
  job_call_method(L, "register", 2, 0);
  return 0;
}

int rackspace_register(rackspace *rs, const char *name,
                       int (*run)(void *user, const char *arguments,
                                  const char **result),
                       void *user)
{
  job j = {0};
  function f;
  f.rs = rs;
  f.run = run;
  f.user = user;
  j.rs = rs;
  j.name = name;
  j.text = (const char *)&f;
  return job_perform(&j, register_work, 0);
}
