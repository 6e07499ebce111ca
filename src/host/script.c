/* script.c - runs scripts, confined or not */
/* SPDX-License-Identifier: MIT */
#include "host/script.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "host/bounds.h"
#include "host/embed.h"
#include "host/host.h"
#include "host/run.h"
#include "lua/lbuffer.h"

enum {
  SCRIPT_LIMIT = 1 << 26, /* bytes of a confined script's file */
  PIECE = 4096,           /* bytes that are compiled between two checks */
  COMPILE_BYTE = 4        /* instructions that compiling a byte is worth */
};

/* One of path and text is NULL. */
typedef struct script {
  const char *path, *text;
  int is_confined;
} script;

static int add_traceback(lua_State *L)
{
  if (lua_type(L, 1) == LUA_TSTRING)
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
  return 1;
}

static void check(lua_State *L, int status)
{
  if (status != 0)
    lua_error(L);
}

/* What is left of a text. */
typedef struct rest {
  const char *bytes;
  size_t size;
} rest;

/* A lua_Reader that counts the work of compiling what it hands out. */
static const char *read_piece(lua_State *L, void *data, size_t *size)
{
  rest *r = data;
  const char *piece = r->bytes;
  *size = r->size < PIECE ? r->size : PIECE;
  bounds_slow_work(L, (double)*size * COMPILE_BYTE);
  r->bytes += *size;
  r->size -= *size;
  return *size > 0 ? piece : NULL;
}

/* Pushes the function, or a message. Bytecode is refused: it can crash the
   interpreter. */
static int compile(lua_State *L, const char *bytes, size_t size,
                   const char *chunk)
{
  rest r = {bytes, size};
  if (size > 0 && bytes[0] == LUA_SIGNATURE[0]) {
    lua_pushliteral(L, "bytecode is not run here");
    return -1;
  }
  return compat_load(L, read_piece, &r, chunk);
}

int script_load(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  const char *chunk = luaL_checkstring(L, 2);
  luaL_checktype(L, 3, LUA_TTABLE);
  if (compile(L, text, size, chunk) != 0) {
    bounds_work(L, 0);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  lua_pushvalue(L, 3);
  compat_setglobals(L);
  return 1;
}

/* A confined script has globals of its own. */
static void load_confined(lua_State *L, const char *bytes, size_t size,
                          const char *chunk)
{
  check(L, compile(L, bytes, size, chunk));
  embed_push_globals(L);
  compat_setglobals(L);
}

static void read_file(lua_State *L, buffer *b, const char *path)
{
  char bytes[4096];
  size_t count;
  int status, failed;
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    luaL_error(L, "cannot open %s: %s", path, strerror(errno));
    return;
  }
  do {
    count = fread(bytes, 1, sizeof bytes, file);
    status = buffer_add(b, bytes, count);
  } while (status == BUFFER_OK && count == sizeof bytes);
  failed = ferror(file);
  fclose(file);
  if (status == BUFFER_FULL)
    luaL_error(L, "%s is longer than %d bytes", path, SCRIPT_LIMIT);
  if (status != BUFFER_OK)
    luaL_error(L, "not enough memory");
  if (failed)
    luaL_error(L, "cannot read %s", path);
}

/* Skips the byte order mark and a first line that begins with #. The newline
   stays, so that the line numbers of errors are right. */
static const char *skip_preamble(const char *text)
{
  if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  if (*text == '#')
    while (*text != '\0' && *text != '\n')
      text++;
  return text;
}

static void load_file(lua_State *L, const char *path)
{
  buffer *b = lbuffer_new(L, SCRIPT_LIMIT);
  const char *text, *end;
  read_file(L, b, path);
  text = skip_preamble(b->bytes != NULL ? b->bytes : "");
  end = b->bytes != NULL ? b->bytes + b->length : text;
  lua_pushfstring(L, "@%s", path);
  load_confined(L, text, (size_t)(end - text), lua_tostring(L, -1));
}

static void load(lua_State *L, const script *s)
{
  if (s->path != NULL && s->is_confined)
    load_file(L, s->path);
  else if (s->path != NULL)
    check(L, luaL_loadfile(L, s->path));
  else if (s->is_confined)
    load_confined(L, s->text, strlen(s->text), "=string");
  else
    check(L, luaL_loadbuffer(L, s->text, strlen(s->text), "=string"));
}

static int run_work(lua_State *L)
{
  const script *s = lua_touserdata(L, 1);
  int status;
  lua_pushcfunction(L, add_traceback);
  load(L, s);
  status = lua_pcall(L, 0, 0, 2);
  if (status != 0 && s->is_confined && lua_type(L, -1) == LUA_TTABLE)
    embed_call(L, "error_of", 1, 1);
  check(L, status);
  return 0;
}

static int run(rackspace *rs, script s, const char *missing)
{
  if (host_enter(rs, missing) != 0)
    return -1;
  s.is_confined = rs->is_confined;
  return host_leave(rs, run_bounded(rs, run_work, &s));
}

int rackspace_run_string(rackspace *rs, const char *text)
{
  script s = {NULL, text, 0};
  return run(rs, s, text == NULL ? "script" : NULL);
}

int rackspace_run_file(rackspace *rs, const char *path)
{
  script s = {path, NULL, 0};
  return run(rs, s, path == NULL ? "path" : NULL);
}
