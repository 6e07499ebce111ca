/* loader.c - makes the library's modules known to a Lua state's require */
/* SPDX-License-Identifier: MIT */
#include "lua/loader.h"

#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "lua/compat.h"
#include "lua/embedded.h"
#include "lua/lcjson.h"

int luaopen_rackspace_core(lua_State *L);
int luaopen_rackspace_httpd(lua_State *L);

/* source(chunk) -> the text of an embedded source, or nil */
static int source_text(lua_State *L)
{
  const char *chunk = luaL_checkstring(L, 1);
  const embedded_source *source = embedded_sources;
  while (source->module != NULL && strcmp(source->chunk, chunk) != 0)
    source++;
  if (source->module == NULL)
    return 0;
  lua_pushlstring(L, source->text, source->size);
  return 1;
}

static int open_source(lua_State *L)
{
  lua_pushcfunction(L, source_text);
  return 1;
}

static const luaL_Reg natives[] = {
    {"rackspace.core", luaopen_rackspace_core},
    {"rackspace.httpd", luaopen_rackspace_httpd},
    {"rackspace.source", open_source},
    {"cjson", lcjson_open},
    {"cjson.safe", lcjson_open_safe},
    {NULL, NULL},
};

/* The loader of a module; its upvalue is the embedded source. Lua reads no
   fraction in a locale whose decimal point has several bytes. */
static int load_embedded(lua_State *L)
{
  const embedded_source *source = lua_touserdata(L, lua_upvalueindex(1));
  locale_hold hold;
  int status;
  locale_take(&hold);
  status = luaL_loadbuffer(L, source->text, source->size, source->chunk);
  locale_release(&hold);
  if (status != 0)
    return lua_error(L);
  lua_pushstring(L, source->module);
  lua_call(L, 1, 1);
  return 1;
}

#ifdef RACKSPACE_DEVELOPMENT

/* With RACKSPACE_LUA_PATH=./lua the sources are read from that folder instead:
   they can be changed without a build. */
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

#else

static int use_path(lua_State *L)
{
  (void)L;
  return 0;
}

#endif

void loader_open(lua_State *L)
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
