/* lprivate.c - files that only their owner can read or write, for Lua */
/* SPDX-License-Identifier: MIT */
#include "base/private.h"

#include <string.h>

#include "lua/lcore.h"

enum { PRIVATE_LIMIT = 1 << 20, PATH_LIMIT = 4096 };

/* Texts for C: no NUL inside. */
static const char *check_text(lua_State *L, int index)
{
  size_t length;
  const char *text = luaL_checklstring(L, index, &length);
  luaL_argcheck(L, strlen(text) == length, index, "holds a NUL byte");
  return text;
}

/* A file's name: nothing that leads out of its folder. */
static const char *check_name(lua_State *L, int index)
{
  const char *name = check_text(L, index);
  luaL_argcheck(L, *name != '\0' && *name != '.' && strchr(name, '/') == NULL,
                index, "is no name of a file");
  return name;
}

static int push_problem(lua_State *L, const char *problem)
{
  lua_pushnil(L);
  if (problem == private_absent)
    return 1;
  lua_pushstring(L, problem);
  return 2;
}

/* read(folder, name) -> the file's bytes; nil when there is none; nil and
   what is in the way */
static int private_read_file(lua_State *L)
{
  const char *folder = check_text(L, 1), *name = check_name(L, 2);
  buffer *out = lcore_buffer(L, PRIVATE_LIMIT);
  const char *problem = private_read(folder, name, out);
  if (problem != NULL)
    return push_problem(L, problem);
  return lcore_push_buffer(L, out, BUFFER_OK);
}

/* write(folder, name, bytes) -> true, or nil and what is in the way */
static int private_write_file(lua_State *L)
{
  const char *folder = check_text(L, 1), *name = check_name(L, 2);
  size_t length;
  const char *bytes = lsecret_bytes(L, 3, &length), *problem;
  luaL_argcheck(L, bytes != NULL, 3, "string or secret expected");
  problem = length > PRIVATE_LIMIT ? "it is too long"
                                   : private_write(folder, name, bytes, length);
  if (problem != NULL) {
    lua_pushnil(L);
    lua_pushstring(L, problem);
    return 2;
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* beside(path) -> the path of a new empty file beside it, or nil and what is
   in the way */
static int private_make_beside(lua_State *L)
{
  char beside[PATH_LIMIT];
  const char *problem = private_beside(check_text(L, 1), beside, sizeof beside);
  if (problem == NULL) {
    lua_pushstring(L, beside);
    return 1;
  }
  lua_pushnil(L);
  lua_pushstring(L, problem);
  return 2;
}

static const luaL_Reg functions[] = {
    {"beside", private_make_beside},
    {"read", private_read_file},
    {"write", private_write_file},
    {NULL, NULL},
};

void lprivate_push(lua_State *L)
{
  luaL_newlib(L, functions);
}
