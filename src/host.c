/* host.c - librackspace: a Lua state with the library inside */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "compat.h"
#include "embedded.h"
#include "rackspace.h"

struct rackspace {
  lua_State *L;
  char *error;
};

int luaopen_rackspace_core(lua_State *L);
int luaopen_rackspace_httpd(lua_State *L);
int luaopen_cjson(lua_State *L);
int luaopen_cjson_safe(lua_State *L);

static const luaL_Reg natives[] = {
    {"rackspace.core", luaopen_rackspace_core},
    {"rackspace.httpd", luaopen_rackspace_httpd},
    {"cjson", luaopen_cjson},
    {"cjson.safe", luaopen_cjson_safe},
    {NULL, NULL},
};

/* The loader of an embedded source, which is its upvalue. */
static int load_embedded(lua_State *L)
{
  const embedded_source *source = lua_touserdata(L, lua_upvalueindex(1));
  if (luaL_loadbuffer(L, (const char *)source->bytes, source->size,
                      source->chunk) != 0)
    return lua_error(L);
  lua_pushstring(L, source->module);
  lua_call(L, 1, 1);
  return 1;
}

/* With RACKSPACE_LUA_PATH=./lua the sources are read from there instead, so
   that they can be worked on without a build. */
static int use_path(lua_State *L)
{
  const char *folder = getenv("RACKSPACE_LUA_PATH");
  if (folder == NULL || *folder == '\0')
    return 0;
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "path");
  lua_pushfstring(L, "%s/?.lua;%s/?/init.lua;%s", folder, folder,
                  lua_tostring(L, -1));
  lua_setfield(L, -3, "path");
  lua_pop(L, 2);
  return 1;
}

void rackspace_open(lua_State *L)
{
  const embedded_source *source;
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "preload");
  luaL_setfuncs(L, natives, 0);
  if (!use_path(L))
    for (source = embedded_sources; source->module != NULL; source++) {
      lua_pushlightuserdata(L, (void *)source);
      lua_pushcclosure(L, load_embedded, 1);
      lua_setfield(L, -2, source->module);
    }
  lua_pop(L, 2);
}

static int open_all(lua_State *L)
{
  luaL_openlibs(L);
  rackspace_open(L);
  return 0;
}

rackspace *rackspace_new(void)
{
  rackspace *rs = calloc(1, sizeof *rs);
  if (rs == NULL)
    return NULL;
  rs->L = luaL_newstate();
  if (rs->L != NULL) {
    lua_pushcfunction(rs->L, open_all);
    if (lua_pcall(rs->L, 0, 0, 0) == 0)
      return rs;
  }
  rackspace_free(rs);
  return NULL;
}

void rackspace_free(rackspace *rs)
{
  if (rs == NULL)
    return;
  if (rs->L != NULL)
    lua_close(rs->L);
  free(rs->error);
  free(rs);
}

static int add_traceback(lua_State *L)
{
  const char *message = luaL_tolstring(L, 1, NULL);
  luaL_traceback(L, L, message, 1);
  return 1;
}

/* An error value's own text may be an error to make: the fallback is fixed. */
static void keep_error(rackspace *rs)
{
  const char *message = lua_tostring(rs->L, -1);
  free(rs->error);
  rs->error = strdup(message != NULL ? message : "an error without a text");
}

/* What is below the chunk may be a caller's of the host's: it stays. */
static int run(rackspace *rs, int loaded)
{
  int status = loaded, top = lua_gettop(rs->L) - 1;
  if (status == 0) {
    lua_pushcfunction(rs->L, add_traceback);
    lua_insert(rs->L, -2);
    status = lua_pcall(rs->L, 0, 0, -2);
  }
  if (status != 0)
    keep_error(rs);
  lua_settop(rs->L, top);
  return status == 0 ? 0 : -1;
}

int rackspace_run_string(rackspace *rs, const char *code)
{
  return run(rs, luaL_loadbuffer(rs->L, code, strlen(code), "=string"));
}

int rackspace_run_file(rackspace *rs, const char *path)
{
  return run(rs, luaL_loadfile(rs->L, path));
}

const char *rackspace_error(const rackspace *rs)
{
  return rs->error != NULL ? rs->error : "";
}

lua_State *rackspace_lua(rackspace *rs)
{
  return rs->L;
}

const char *rackspace_version(void)
{
  return RACKSPACE_VERSION;
}
