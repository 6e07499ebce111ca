/* modules.c - where the modules of a state come from */
/* SPDX-License-Identifier: MIT */
#include "host/modules.h"

#include <stdlib.h>
#include <string.h>

/* Pushes a path of those entries that begin with '/'. */
static void push_absolute(lua_State *L, const char *path)
{
  lua_pushliteral(L, "");
  while (*path != '\0') {
    size_t length = strcspn(path, ";");
    if (*path == '/') {
      if (lua_rawlen(L, -1) > 0) {
        lua_pushliteral(L, ";");
        lua_concat(L, 2);
      }
      lua_pushlstring(L, path, length);
      lua_concat(L, 2);
    }
    path += length;
    path += *path == ';';
  }
}

/* Pushes the value of LUA_PATH or LUA_CPATH, or of its form for this version,
   which counts more ("LUA_PATH_5_4"); nil when there is none. */
static void push_variable(lua_State *L, const char *name)
{
  const char *value = NULL;
  if (compat_has_versions()) {
    lua_pushfstring(L, "%s_%c_%c", name, LUA_VERSION[4], LUA_VERSION[6]);
    value = getenv(lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  if (value == NULL)
    value = getenv(name);
  if (value != NULL)
    lua_pushstring(L, value);
  else
    lua_pushnil(L);
}

/* Replaces the path on the top by that of a variable, in which ";;" stands for
   it. */
static void apply_variable(lua_State *L, const char *name)
{
  push_variable(L, name);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    return;
  }
  lua_pushfstring(L, ";%s;", lua_tostring(L, -2));
  luaL_gsub(L, lua_tostring(L, -2), ";;", lua_tostring(L, -1));
  lua_replace(L, -4);
  lua_pop(L, 2);
}

/* Sets a field of the table package, which is on the top. What Lua has put
   there is its default, unless it is a 5.1, which has looked at the variables
   all the same. */
static void set_path(lua_State *L, const char *field, const char *by_header,
                     const char *variable)
{
  lua_getfield(L, -1, field);
  push_absolute(L, compat_has_noenv() ? lua_tostring(L, -1) : by_header);
  lua_remove(L, -2);
  if (variable != NULL)
    apply_variable(L, variable);
  lua_setfield(L, -2, field);
}

void modules_ignore_variables(lua_State *L)
{
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
}

void modules_set_paths(lua_State *L, int is_confined)
{
  lua_getglobal(L, "package");
  set_path(L, "path", LUA_PATH_DEFAULT, is_confined ? NULL : "LUA_PATH");
  set_path(L, "cpath", LUA_CPATH_DEFAULT, is_confined ? NULL : "LUA_CPATH");
  lua_pop(L, 1);
}

void modules_close(lua_State *L)
{
  static const char *const fields[] = {"loaders", "searchers", "preload"};
  size_t i;
  lua_getglobal(L, "package");
  for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    lua_getfield(L, -1, fields[i]);
    if (lua_istable(L, -1)) {
      lua_newtable(L);
      lua_setfield(L, -3, fields[i]);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}
