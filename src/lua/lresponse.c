/* lresponse.c - a transfer's response as a Lua table */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/ascii.h"
#include "base/head.h"
#include "lua/lcore.h"
#include "lua/lresponse.h"

#define RESPONSE_CLASS "rackspace.response"

/* Few responses are asked for their headers: the table of them is made when
   it is, from the head's text. */

static void push_lower(lua_State *L, const char *text, size_t length)
{
  luaL_Buffer b;
  size_t i;
  luaL_buffinit(L, &b);
  for (i = 0; i < length; i++)
    luaL_addchar(&b, ascii_lower(text[i]));
  luaL_pushresult(&b);
}

/* Sets the header whose name is at the stack's top, and leaves the name. What
   is there already comes first. */
static void set_header(lua_State *L, int headers, const head_line *line)
{
  lua_pushvalue(L, -1);
  lua_pushvalue(L, -1);
  lua_rawget(L, headers);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushlstring(L, line->value, line->value_length);
  } else {
    lua_pushstring(L, line->name != NULL ? ", " : " ");
    lua_pushlstring(L, line->value, line->value_length);
    lua_concat(L, 3);
  }
  lua_rawset(L, headers);
}

/* Names in lower case; what is repeated is joined, as RFC 9110 says. */
static void push_headers(lua_State *L, const char *head, size_t length)
{
  const char *end = head + length;
  int headers;
  head_line line;
  lua_createtable(L, 0, 12);
  headers = lua_gettop(L);
  while (head_next(&head, end, &line)) {
    if (line.name != NULL) {
      lua_settop(L, headers);
      push_lower(L, line.name, line.name_length);
    }
    if (lua_gettop(L) > headers)
      set_header(L, headers, &line);
  }
  lua_settop(L, headers);
}

/* headers(head) -> the headers that stand in a response's head */
int lresponse_headers(lua_State *L)
{
  size_t length;
  const char *head = luaL_checklstring(L, 1, &length);
  lua_settop(L, 1);
  push_headers(L, head, length);
  return 1;
}

/* response.headers, the first time */
static int response_index(lua_State *L)
{
  const char *name = lua_tostring(L, 2), *head;
  size_t length;
  if (name == NULL || strcmp(name, "headers") != 0)
    return 0;
  lua_pushliteral(L, "head");
  lua_rawget(L, 1);
  head = lua_tolstring(L, -1, &length);
  if (head == NULL)
    return 0;
  push_headers(L, head, length);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, -2);
  lua_rawset(L, 1);
  return 1;
}

static int push_response(lua_State *L, const http_transfer *http)
{
  size_t length;
  const char *bytes;
  lua_createtable(L, 0, 4);
  lua_pushinteger(L, (lua_Integer)transfer_status(http));
  lua_setfield(L, -2, "status");
  lua_pushnumber(L, (lua_Number)transfer_seconds(http));
  lua_setfield(L, -2, "seconds");
  bytes = transfer_body(http, &length);
  lua_pushlstring(L, bytes, length);
  lua_setfield(L, -2, "body");
  bytes = transfer_head(http, &length);
  lua_pushlstring(L, bytes, length);
  lua_setfield(L, -2, "head");
  luaL_setmetatable(L, RESPONSE_CLASS);
  return 1;
}

static const char *kind_of(http_fault fault)
{
  static const char *const kinds[] = {"",       "network",  "timeout",
                                      "tls",    "protocol", "cancelled",
                                      "config", "file",     "memory"};
  return kinds[fault];
}

static int push_failure(lua_State *L, const http_transfer *http)
{
  http_facts facts;
  transfer_read_facts(http, &facts);
  lua_pushnil(L);
  lua_pushstring(L, transfer_message(http));
  lua_pushstring(L, kind_of(transfer_fault_of(http)));
  lua_pushboolean(L, facts.request_bytes > 0);
  return 4;
}

int lresponse_push(lua_State *L, const http_transfer *http)
{
  return transfer_fault_of(http) == HTTP_NONE ? push_response(L, http)
                                              : push_failure(L, http);
}

void lresponse_open(lua_State *L)
{
  luaL_newmetatable(L, RESPONSE_CLASS);
  lua_pushcfunction(L, response_index);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
