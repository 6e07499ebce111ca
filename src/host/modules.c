/* modules.c - where the modules of a state come from */
/* SPDX-License-Identifier: MIT */
#include "host/modules.h"

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

/* Sets a field of the table package, which is on the top. Where the user's
   variable has ";;", Lua has put its default in place of that. */
static void set_path(lua_State *L, const char *field, const char *by_default,
                     int is_confined)
{
  push_absolute(L, by_default);
  if (!is_confined) {
    lua_getfield(L, -2, field);
    luaL_gsub(L, lua_tostring(L, -1), by_default, lua_tostring(L, -2));
    lua_replace(L, -3);
    lua_pop(L, 1);
  }
  lua_setfield(L, -2, field);
}

void modules_set_paths(lua_State *L, int is_confined)
{
  lua_getglobal(L, "package");
  set_path(L, "path", LUA_PATH_DEFAULT, is_confined);
  set_path(L, "cpath", LUA_CPATH_DEFAULT, is_confined);
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
