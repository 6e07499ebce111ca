/* lline.c - the module rackspace.line: lines from a terminal */
/* SPDX-License-Identifier: MIT */
#include "program/lline.h"

#include <unistd.h>

#include "lua/ltext.h"
#include "program/line.h"

#define LINE_CLASS "rackspace.line"

/* In the order of line_event. */
static const char *const event_names[] = {"line", "end", "interrupt",
                                          "complete", "hint"};

enum { HIDDEN_LIMIT = 4096 };

typedef struct handle {
  line *line; /* NULL: closed */
} handle;

static handle *check_handle(lua_State *L)
{
  return luaL_checkudata(L, 1, LINE_CLASS);
}

static line *check_line(lua_State *L)
{
  const handle *h = check_handle(L);
  luaL_argcheck(L, h->line != NULL, 1, "the line is closed");
  return h->line;
}

/* open() -> a line object, which reads one line after the other */
static int line_open(lua_State *L)
{
  handle *h = lua_newuserdata(L, sizeof *h);
  h->line = NULL;
  luaL_setmetatable(L, LINE_CLASS);
  h->line = line_new();
  if (h->line == NULL)
    return luaL_error(L, "there is no terminal to read from, or no memory");
  return 1;
}

/* line:read(prompt) -> event, text, number of bytes before the cursor. The
   event is "line", "end" or "interrupt"; or, with the line still open,
   "complete" or "hint". */
static int line_read_event(lua_State *L)
{
  line *l = check_line(L);
  const char *text;
  size_t length, cursor;
  line_event event = line_read(l, ltext_check(L, 2));
  text = line_text(l, &length, &cursor);
  lua_pushstring(L, event_names[event]);
  lua_pushlstring(L, text, length);
  lua_pushinteger(L, (lua_Integer)cursor);
  return 3;
}

/* line:edit(erased, text) */
static int line_edit_open(lua_State *L)
{
  line *l = check_line(L);
  line_edit(l, (int)luaL_checkinteger(L, 2), ltext_check(L, 3));
  return 0;
}

/* line:show(text) */
static int line_show_below(lua_State *L)
{
  line_show(check_line(L), ltext_check(L, 2));
  return 0;
}

/* line:remember(entry) */
static int line_remember_entry(lua_State *L)
{
  line_remember(check_line(L), ltext_check(L, 2));
  return 0;
}

/* line:is_edited() -> boolean */
static int line_can_edit(lua_State *L)
{
  lua_pushboolean(L, line_is_edited(check_line(L)));
  return 1;
}

static int line_close(lua_State *L)
{
  handle *h = check_handle(L);
  line_free(h->line);
  h->line = NULL;
  return 0;
}

static int line_tostring(lua_State *L)
{
  lua_pushstring(L, check_handle(L)->line != NULL ? "line" : "line (closed)");
  return 1;
}

/* size() -> the terminal's columns and rows, or nothing without a terminal */
static int size_of_terminal(lua_State *L)
{
  int columns, rows;
  if (line_size(&columns, &rows) != 0)
    return 0;
  lua_pushinteger(L, columns);
  lua_pushinteger(L, rows);
  return 2;
}

/* is_terminal(descriptor) -> boolean */
static int is_terminal(lua_State *L)
{
  lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
  return 1;
}

/* read_hidden(prompt) -> a line that is read without echo, or nil at the end of
   the input and after an interrupt */
static int read_hidden(lua_State *L)
{
  char text[HIDDEN_LIMIT];
  if (line_read_hidden(ltext_check(L, 1), text, sizeof text) != LINE_WHOLE)
    return 0;
  lua_pushstring(L, text);
  return 1;
}

static const luaL_Reg methods[] = {
    {"close", line_close},
    {"edit", line_edit_open},
    {"is_edited", line_can_edit},
    {"read", line_read_event},
    {"remember", line_remember_entry},
    {"show", line_show_below},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__gc", line_close},
    {"__tostring", line_tostring},
    {NULL, NULL},
};

static const luaL_Reg module[] = {
    {"is_terminal", is_terminal},
    {"open", line_open},
    {"read_hidden", read_hidden},
    {"size", size_of_terminal},
    {NULL, NULL},
};

int luaopen_rackspace_line(lua_State *L)
{
  luaL_newmetatable(L, LINE_CLASS);
  luaL_setfuncs(L, metamethods, 0);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  luaL_newlib(L, module);
  return 1;
}
