/* lfile.c - what Lua's io library can't tell of a file */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "lcore.h"

/* file_mode(path) -> permission bits, or nil and a message */
int lfile_mode(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  struct stat status;
  if (stat(path, &status) != 0) {
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", path, strerror(errno));
    return 2;
  }
  lua_pushinteger(L, (lua_Integer)(status.st_mode & 07777));
  return 1;
}
