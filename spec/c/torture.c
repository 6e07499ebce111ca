/* torture.c - lets the n-th allocation fail, for a script that says when */
/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/compat.h"
#include "lua/loader.h"

/* The linker leads the library's own calls of malloc and the like here, by
   --wrap; those of libcurl, OpenSSL and lua-cjson go where they always went.
   A Lua state gets its memory by `allocate`. */

/* What is asked for memory, and which of its requests fail: `width` of them
   from the `at`-th on, or all when it is 0. */
typedef struct pool {
  long requests, failed, at, width;
  int armed;
} pool;

static pool c_pool, lua_pool;
static long blocks; /* that the C sources hold */

static int fails(pool *p)
{
  if (!p->armed || ++p->requests < p->at ||
      (p->width > 0 && p->requests >= p->at + p->width))
    return 0;
  p->failed++;
  return 1;
}

static void *keep(void *block)
{
  blocks += block != NULL;
  return block;
}

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's names */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t most);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);
void __wrap_free(void *block);

void *__wrap_malloc(size_t size)
{
  return fails(&c_pool) ? NULL : keep(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
  return fails(&c_pool) ? NULL : keep(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
  void *moved = fails(&c_pool) ? NULL : __real_realloc(block, size);
  blocks += moved != NULL && block == NULL;
  return moved;
}

char *__wrap_strdup(const char *text)
{
  return fails(&c_pool) ? NULL : keep(__real_strdup(text));
}

char *__wrap_strndup(const char *text, size_t most)
{
  return fails(&c_pool) ? NULL : keep(__real_strndup(text, most));
}

void __wrap_free(void *block)
{
  blocks -= block != NULL;
  __real_free(block);
}

/* What a Lua state asks for; giving back never fails. */
static void *allocate(void *user, void *block, size_t before, size_t size)
{
  long *bytes = user;
  void *moved;
  before = block != NULL ? before : 0;
  if (size == 0) {
    __real_free(block);
    *bytes -= (long)before;
    return NULL;
  }
  if (size > before && fails(&lua_pool))
    return NULL;
  moved = __real_realloc(block, size);
  if (moved != NULL)
    *bytes += (long)size - (long)before;
  return moved;
}
/* NOLINTEND(bugprone-reserved-identifier) */

/* ---- for the script ----------------------------------------------------- */

static pool *arm(lua_State *L, int index)
{
  static const char *const names[] = {"c", "lua", NULL};
  pool *p = luaL_checkoption(L, index, NULL, names) == 0 ? &c_pool : &lua_pool;
  memset(p, 0, sizeof *p);
  p->at = (long)luaL_checkinteger(L, index + 1);
  p->width = (long)luaL_checkinteger(L, index + 2);
  return p;
}

/* torture.run("c" or "lua", at, width, fn) -> how many requests failed,
   whether fn returned, what it returned or raised */
static int torture_run(lua_State *L)
{
  pool *p = arm(L, 1);
  int status;
  lua_settop(L, 4);
  luaL_checkstack(L, 8, NULL);
  p->armed = 1;
  status = lua_pcall(L, 0, 3, 0);
  p->armed = 0;
  lua_pushinteger(L, (lua_Integer)p->failed);
  lua_insert(L, 4);
  lua_pushboolean(L, status == 0);
  lua_insert(L, 5);
  return lua_gettop(L) - 3;
}

static int open_libraries(lua_State *L)
{
  luaL_openlibs(L);
  return 0;
}

static int open_and_run(lua_State *L)
{
  const char *code = lua_touserdata(L, 1);
  loader_open(L);
  if (luaL_loadstring(L, code) != 0)
    return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

/* Lua 5.1 makes an object of a function that it is given: before `p` is
   armed. */
static int run_protected(lua_State *L, lua_CFunction function, const char *code,
                         pool *p)
{
  int status;
  lua_settop(L, 0);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, (void *)code);
  p->armed = function == open_and_run && p->requests == 0;
  status = lua_pcall(L, 1, 0, 0);
  p->armed = 0;
  return status;
}

/* torture.fresh("c" or "lua", at, width, code) -> how many requests failed,
   whether the code ran in a new state, whether it ran there once more with
   memory, and how many blocks and bytes were left when the state was closed.
   Lua's own libraries are there before; 5.1's can close the standard output
   when they are not opened to their end. */
static int torture_fresh(lua_State *L)
{
  pool *p = arm(L, 1);
  const char *code = luaL_checkstring(L, 4);
  long bytes = 0, before = blocks;
  int first, second;
  lua_State *state = compat_newstate(allocate, &bytes);
  if (state == NULL || run_protected(state, open_libraries, NULL, p) != 0)
    return luaL_error(L, "no state could be made");
  first = run_protected(state, open_and_run, code, p);
  second = run_protected(state, open_and_run, code, p);
  if (second != 0)
    fprintf(stderr, "torture: %s\n", lua_tostring(state, -1));
  lua_close(state);
  lua_pushinteger(L, (lua_Integer)p->failed);
  lua_pushboolean(L, first == 0);
  lua_pushboolean(L, second == 0);
  lua_pushinteger(L, (lua_Integer)(blocks - before));
  lua_pushinteger(L, (lua_Integer)bytes);
  return 5;
}

/* torture.blocks() -> how many blocks the C sources hold */
static int torture_blocks(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)blocks);
  return 1;
}

/* torture.descriptors() -> how many files and sockets are open */
static int torture_descriptors(lua_State *L)
{
  int fd, count = 0;
  for (fd = 0; fd < 1024; fd++)
    count += fcntl(fd, F_GETFD) >= 0;
  lua_pushinteger(L, (lua_Integer)count);
  return 1;
}

static const luaL_Reg functions[] = {
    {"blocks", torture_blocks},
    {"descriptors", torture_descriptors},
    {"fresh", torture_fresh},
    {"run", torture_run},
    {NULL, NULL},
};

/* Runs the script of the first argument; the others are its own. */
static int run_script(lua_State *L)
{
  char **argv = lua_touserdata(L, 1);
  int i, count = 0;
  luaL_openlibs(L);
  loader_open(L);
  luaL_newlib(L, functions);
  lua_setglobal(L, "torture");
  if (luaL_loadfile(L, argv[1]) != 0)
    return lua_error(L);
  for (i = 2; argv[i] != NULL; i++, count++)
    lua_pushstring(L, argv[i]);
  lua_call(L, count, 0);
  return 0;
}

int main(int argc, char **argv)
{
  long bytes = 0;
  lua_State *L = argc > 1 ? compat_newstate(allocate, &bytes) : NULL;
  int status;
  if (L == NULL) {
    fprintf(stderr, "usage: %s SCRIPT [ARGUMENT...]\n", argv[0]);
    return 2;
  }
  lua_pushcfunction(L, run_script);
  lua_pushlightuserdata(L, argv);
  status = lua_pcall(L, 1, 0, 0);
  if (status != 0)
    fprintf(stderr, "torture: %s\n", lua_tostring(L, -1));
  lua_close(L);
  if (blocks != 0)
    fprintf(stderr, "torture: %ld blocks are left\n", blocks);
  return status != 0 || blocks != 0;
}
