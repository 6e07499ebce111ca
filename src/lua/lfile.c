/* lfile.c - what Lua's io library can't tell of a file */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lua/lcore.h"

static int push_problem(lua_State *L, const char *path, const char *problem)
{
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", path, problem);
  return 2;
}

/* file_mode(path) -> permission bits, or nil and a message */
int lfile_mode(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  struct stat status;
  if (stat(path, &status) != 0)
    return push_problem(L, path, strerror(errno));
  lua_pushinteger(L, (lua_Integer)(status.st_mode & 07777));
  return 1;
}

/* file_size(path) -> bytes, or nil and a message when it is no file that can
   be read; opened without waiting, since the name could be a pipe's */
int lfile_size(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  const char *problem = NULL;
  struct stat status = {0};
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || fstat(fd, &status) != 0)
    problem = strerror(errno);
  else if (S_ISDIR(status.st_mode))
    problem = strerror(EISDIR);
  else if (!S_ISREG(status.st_mode))
    problem = "not a regular file";
  if (fd >= 0)
    close(fd);
  if (problem != NULL)
    return push_problem(L, path, problem);
  rs_pushwhole(L, (double)status.st_size);
  return 1;
}
