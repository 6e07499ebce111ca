/* lcursor.c - page cursors for Lua */
/* SPDX-License-Identifier: MIT */
#include "base/cursor.h"
#include "lua/lbuffer.h"
#include "lua/lclass.h"
#include "lua/lcore.h"

#define CURSOR_CLASS "rackspace.cursor"

static int cursor_gc(lua_State *L)
{
  cursor_free(luaL_checkudata(L, 1, CURSOR_CLASS));
  return 0;
}

static cursor *check_cursor(lua_State *L)
{
  return luaL_checkudata(L, 1, CURSOR_CLASS);
}

/* Pushes true when there is a next page, false when there is none; nil and a
   message when it must not be requested, and whether it was read before. */
static int push_status(lua_State *L, cursor_status status)
{
  const char *message = NULL;
  switch (status) {
  case CURSOR_MORE:
  case CURSOR_END:
    lua_pushboolean(L, status == CURSOR_MORE);
    return 1;
  case CURSOR_LOOP:
    message = "the next page is one that was read before";
    break;
  case CURSOR_TOO_LONG:
    message = "the next page's query passes the bound of 65536 bytes";
    break;
  case CURSOR_NO_MEMORY:
    return luaL_error(L, "not enough memory");
  }
  lua_pushnil(L);
  lua_pushstring(L, message);
  lua_pushboolean(L, status == CURSOR_LOOP);
  return 3;
}

/* cursor(query) -> a cursor at that page */
static int cursor_make(lua_State *L)
{
  size_t length;
  const char *query = luaL_optlstring(L, 1, "", &length);
  cursor *c = lua_newuserdata(L, sizeof *c);
  buffer_init(&c->query, 0);
  luaL_setmetatable(L, CURSOR_CLASS);
  switch (cursor_start(c, query, length)) {
  case CURSOR_MORE:
    return 1;
  case CURSOR_NO_MEMORY:
    return luaL_error(L, "not enough memory");
  default:
    return luaL_error(L, "the query passes the bound of 65536 bytes");
  }
}

/* cursor:query() -> the query of its page */
static int cursor_query(lua_State *L)
{
  const cursor *c = check_cursor(L);
  return lbuffer_push(L, &c->query, BUFFER_OK);
}

/* cursor:follow_link(href or nil) */
static int cursor_link(lua_State *L)
{
  size_t length = 0;
  const char *href = luaL_optlstring(L, 2, NULL, &length);
  return push_status(L, cursor_follow_link(check_cursor(L), href, length));
}

/* cursor:follow_marker(parameter, marker or nil) */
static int cursor_marker(lua_State *L)
{
  const char *parameter = luaL_checkstring(L, 2);
  size_t length = 0;
  const char *marker = luaL_optlstring(L, 3, NULL, &length);
  cursor *c = check_cursor(L);
  return push_status(L, cursor_follow_marker(c, parameter, marker, length));
}

/* cursor:follow_offset(parameter, items, total or nil) */
static int cursor_offset(lua_State *L)
{
  const char *parameter = luaL_checkstring(L, 2);
  double items = luaL_checknumber(L, 3);
  double total = luaL_optnumber(L, 4, -1);
  cursor *c = check_cursor(L);
  return push_status(L, cursor_follow_offset(c, parameter, items, total));
}

static int cursor_tostring(lua_State *L)
{
  lua_pushfstring(L, "cursor: %p", lua_touserdata(L, 1));
  return 1;
}

static const luaL_Reg metamethods[] = {
    {"__gc", cursor_gc},
    {"__tostring", cursor_tostring},
    {NULL, NULL},
};

static const luaL_Reg methods[] = {
    {"follow_link", cursor_link},
    {"follow_marker", cursor_marker},
    {"follow_offset", cursor_offset},
    {"query", cursor_query},
    {NULL, NULL},
};

void lcursor_push(lua_State *L)
{
  lclass_make(L, CURSOR_CLASS, metamethods, methods);
  lua_pushcfunction(L, cursor_make);
}
