/* lfile.c - rackspace.core.file: reads files and replaces them whole */
/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lua/lbuffer.h"
#include "lua/lclass.h"
#include "lua/lcore.h"
#include "lua/lsecret.h"
#include "lua/ltext.h"

#define WRITER_CLASS "rackspace.file_writer"
#define LOCK_CLASS "rackspace.file_lock"

enum { PRIVATE_LIMIT = 1 << 20, PATH_LIMIT = 4096 };

/* A file's name, which leads to no other folder. */
static const char *check_name(lua_State *L, int index)
{
  const char *name = ltext_check(L, index);
  luaL_argcheck(L, *name != '\0' && *name != '.' && strchr(name, '/') == NULL,
                index, "is no name of a file");
  return name;
}

/* The bytes of a string or a secret. */
static const char *check_bytes(lua_State *L, int index, size_t *length)
{
  const char *bytes = lsecret_bytes(L, index, length);
  luaL_argcheck(L, bytes != NULL, index, "string or secret expected");
  return bytes;
}

/* true; or nil and the problem, which a file that is absent has not */
static int push_result(lua_State *L, const char *problem)
{
  if (problem == NULL) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushnil(L);
  if (problem == file_absent)
    return 1;
  lua_pushstring(L, problem);
  return 2;
}

static int push_path_problem(lua_State *L, const char *path,
                             const char *problem)
{
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", path, problem);
  return 2;
}

/* mode(path) -> permission bits, or nil and a message */
static int file_get_mode(lua_State *L)
{
  const char *path = ltext_check(L, 1);
  struct stat status;
  if (stat(path, &status) != 0)
    return push_path_problem(L, path, strerror(errno));
  lua_pushinteger(L, (lua_Integer)(status.st_mode & 07777));
  return 1;
}

/* kind(path, follows) -> "file", "folder" or "special", as for a device; nil
   when there is nothing; or nil and a message. `follows` is true by default:
   when it is false, a symbolic link is "special". */
static int file_get_kind(lua_State *L)
{
  static const char *const names[] = {NULL, "file", "folder", "special"};
  const char *path = ltext_check(L, 1);
  file_kind kind =
      file_kind_of(path, lua_isnoneornil(L, 2) || lua_toboolean(L, 2));
  if (kind == FILE_UNKNOWN)
    return push_path_problem(L, path, strerror(errno));
  lua_pushstring(L, names[kind]); /* nil for NULL */
  return 1;
}

/* size(path) -> the bytes of a regular file that can be read, or nil and a
   message */
static int file_get_size(lua_State *L)
{
  const char *path = ltext_check(L, 1), *problem;
  file_facts facts;
  int fd = file_open(path, &facts, &problem);
  if (fd < 0)
    return push_path_problem(L, path, problem);
  close(fd);
  compat_pushwhole(L, facts.size);
  return 1;
}

/* read(path, limit) -> the text of a regular file, its permission bits, and
   whether this user or root owns it; nil when it does not exist; nil and the
   problem. Without a limit, 1 MiB. */
static int file_read_text(lua_State *L)
{
  const char *path = ltext_check(L, 1), *problem;
  lua_Number limit = luaL_optnumber(L, 2, PRIVATE_LIMIT);
  file_facts facts;
  buffer *out;
  luaL_argcheck(L, limit >= 0 && limit <= 1 << 30, 2, "out of range");
  out = lbuffer_new(L, (size_t)limit);
  problem = file_read(path, out, &facts);
  if (problem != NULL)
    return push_result(L, problem);
  lbuffer_push(L, out, BUFFER_OK);
  lua_pushinteger(L, (lua_Integer)facts.mode);
  lua_pushboolean(L, facts.is_trusted);
  return 3;
}

/* read_private(folder, name) -> the file's text; nil when it does not exist;
   nil and the problem */
static int file_read_private_text(lua_State *L)
{
  const char *folder = ltext_check(L, 1), *name = check_name(L, 2);
  buffer *out = lbuffer_new(L, PRIVATE_LIMIT);
  const char *problem = file_read_private(folder, name, out);
  if (problem != NULL)
    return push_result(L, problem);
  return lbuffer_push(L, out, BUFFER_OK);
}

/* write_private(folder, name, bytes) -> true, or nil and the problem */
static int file_write_private_text(lua_State *L)
{
  const char *folder = ltext_check(L, 1), *name = check_name(L, 2);
  size_t length;
  const char *bytes = check_bytes(L, 3, &length);
  if (length > PRIVATE_LIMIT)
    return push_result(L, "it is too long");
  return push_result(L, file_write_private(folder, name, bytes, length));
}

/* temporary(folder, beginning) -> the path of a new empty file, or nil and the
   problem. Its name has the beginning, ".rackspace-" when that is nil. */
static int file_temporary(lua_State *L)
{
  char path[PATH_LIMIT];
  const char *folder = ltext_check(L, 1), *problem;
  const char *beginning =
      lua_isnoneornil(L, 2) ? ".rackspace-" : check_name(L, 2);
  problem = file_make_temporary(folder, beginning, path, sizeof path);
  if (problem != NULL)
    return push_result(L, problem);
  lua_pushstring(L, path);
  return 1;
}

/* ---- writers ------------------------------------------------------------- */

typedef struct lfile_writer {
  file_writer *writer; /* NULL after commit and discard */
} lfile_writer;

/* replace(path, is_new) -> a writer, or nil and the problem. With `is_new`, no
   file is replaced. */
static int file_start_replace(lua_State *L)
{
  const char *path = ltext_check(L, 1), *problem;
  int options = lua_toboolean(L, 2) ? FILE_NEW : 0;
  lfile_writer *w = lua_newuserdata(L, sizeof *w);
  w->writer = NULL;
  luaL_setmetatable(L, WRITER_CLASS);
  w->writer = file_replace(path, options, &problem);
  return w->writer != NULL ? 1 : push_result(L, problem);
}

static lfile_writer *check_writer(lua_State *L)
{
  lfile_writer *w = luaL_checkudata(L, 1, WRITER_CLASS);
  if (w->writer == NULL)
    luaL_error(L, "the file is closed");
  return w;
}

/* writer:write(bytes) -> true, or nil and the problem */
static int writer_write(lua_State *L)
{
  lfile_writer *w = check_writer(L);
  size_t length;
  const char *bytes = check_bytes(L, 2, &length);
  return push_result(L, file_write(w->writer, bytes, length));
}

/* writer:commit(is_synced) -> true, or nil and the problem */
static int writer_commit(lua_State *L)
{
  lfile_writer *w = check_writer(L);
  file_writer *writer = w->writer;
  w->writer = NULL;
  return push_result(
      L, file_commit(writer, lua_isnoneornil(L, 2) || lua_toboolean(L, 2)));
}

/* writer:discard(), which does nothing after commit */
static int writer_discard(lua_State *L)
{
  lfile_writer *w = luaL_checkudata(L, 1, WRITER_CLASS);
  file_discard(w->writer);
  w->writer = NULL;
  return 0;
}

static int writer_tostring(lua_State *L)
{
  lfile_writer *w = luaL_checkudata(L, 1, WRITER_CLASS);
  lua_pushfstring(L, "%s: %s", WRITER_CLASS,
                  w->writer != NULL ? "open" : "closed");
  return 1;
}

static const luaL_Reg writer_metamethods[] = {
    {"__close", writer_discard},
    {"__gc", writer_discard},
    {"__tostring", writer_tostring},
    {NULL, NULL},
};

static const luaL_Reg writer_methods[] = {
    {"commit", writer_commit},
    {"discard", writer_discard},
    {"write", writer_write},
    {NULL, NULL},
};

/* ---- locks --------------------------------------------------------------- */

typedef struct lfile_lock {
  int fd; /* or -1 */
} lfile_lock;

/* lock(folder) -> a lock, or nil and the problem */
static int file_take_lock(lua_State *L)
{
  const char *folder = ltext_check(L, 1), *problem;
  lfile_lock *lock = lua_newuserdata(L, sizeof *lock);
  lock->fd = -1;
  luaL_setmetatable(L, LOCK_CLASS);
  lock->fd = file_lock(folder, &problem);
  return lock->fd >= 0 ? 1 : push_result(L, problem);
}

/* lock:release() */
static int lock_release(lua_State *L)
{
  lfile_lock *lock = luaL_checkudata(L, 1, LOCK_CLASS);
  if (lock->fd >= 0)
    file_unlock(lock->fd);
  lock->fd = -1;
  return 0;
}

static const luaL_Reg lock_metamethods[] = {
    {"__close", lock_release},
    {"__gc", lock_release},
    {NULL, NULL},
};

static const luaL_Reg lock_methods[] = {
    {"release", lock_release},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"kind", file_get_kind},
    {"lock", file_take_lock},
    {"mode", file_get_mode},
    {"read", file_read_text},
    {"read_private", file_read_private_text},
    {"replace", file_start_replace},
    {"size", file_get_size},
    {"temporary", file_temporary},
    {"write_private", file_write_private_text},
    {NULL, NULL},
};

void lfile_push(lua_State *L)
{
  lclass_make(L, WRITER_CLASS, writer_metamethods, writer_methods);
  lclass_make(L, LOCK_CLASS, lock_metamethods, lock_methods);
  luaL_newlib(L, functions);
}
