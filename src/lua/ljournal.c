/* ljournal.c - rackspace.core.journal: a file that grows by whole records */
/* SPDX-License-Identifier: MIT */
#include "base/journal.h"

#include "lua/lclass.h"
#include "lua/lcore.h"
#include "lua/ltext.h"

#define JOURNAL_CLASS "rackspace.journal"

typedef struct ljournal {
  journal *j; /* NULL after close */
} ljournal;

static int push_result(lua_State *L, const char *problem)
{
  if (problem == NULL) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushnil(L);
  lua_pushstring(L, problem);
  return 2;
}

/* journal(path) -> a journal, which nobody else can open before it is closed;
   or nil and the problem */
int ljournal_open(lua_State *L)
{
  const char *path = ltext_check(L, 1), *problem;
  ljournal *self = lua_newuserdata(L, sizeof *self);
  self->j = NULL;
  luaL_setmetatable(L, JOURNAL_CLASS);
  self->j = journal_open(path, &problem);
  return self->j != NULL ? 1 : push_result(L, problem);
}

static journal *check_journal(lua_State *L)
{
  ljournal *self = luaL_checkudata(L, 1, JOURNAL_CLASS);
  if (self->j == NULL)
    luaL_error(L, "the journal is closed");
  return self->j;
}

/* journal:append(bytes) -> true; or nil and the problem, and the file is as it
   was before */
static int ljournal_append(lua_State *L)
{
  journal *j = check_journal(L);
  size_t length;
  const char *bytes = luaL_checklstring(L, 2, &length);
  return push_result(L, journal_append(j, bytes, length));
}

/* journal:length() -> the bytes of the content */
static int ljournal_length(lua_State *L)
{
  journal *j = check_journal(L);
  compat_pushwhole(L, (double)journal_length(j));
  return 1;
}

/* journal:cut(length) -> true, or nil and the problem */
static int ljournal_cut(lua_State *L)
{
  journal *j = check_journal(L);
  lua_Number length = luaL_checknumber(L, 2);
  luaL_argcheck(L, length >= 0 && length <= 1 << 30, 2, "out of range");
  return push_result(L, journal_cut(j, (size_t)length));
}

/* journal:replace(bytes) -> true; or nil and the problem, and the file is as it
   was before */
static int ljournal_replace(lua_State *L)
{
  journal *j = check_journal(L);
  size_t length;
  const char *bytes = luaL_checklstring(L, 2, &length);
  return push_result(L, journal_replace(j, bytes, length));
}

/* journal:close(), which does nothing the second time */
static int ljournal_close(lua_State *L)
{
  ljournal *self = luaL_checkudata(L, 1, JOURNAL_CLASS);
  journal_close(self->j);
  self->j = NULL;
  return 0;
}

static int ljournal_tostring(lua_State *L)
{
  ljournal *self = luaL_checkudata(L, 1, JOURNAL_CLASS);
  lua_pushfstring(L, "%s: %s", JOURNAL_CLASS,
                  self->j != NULL ? "open" : "closed");
  return 1;
}

static const luaL_Reg metamethods[] = {
    {"__close", ljournal_close},
    {"__gc", ljournal_close},
    {"__tostring", ljournal_tostring},
    {NULL, NULL},
};

static const luaL_Reg methods[] = {
    {"append", ljournal_append},   {"close", ljournal_close},
    {"cut", ljournal_cut},         {"length", ljournal_length},
    {"replace", ljournal_replace}, {NULL, NULL},
};

void ljournal_class(lua_State *L)
{
  lclass_make(L, JOURNAL_CLASS, metamethods, methods);
}
