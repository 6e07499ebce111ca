/* lresponse.c - a transfer's response as a Lua table */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/ascii.h"
#include "base/head.h"
#include "lua/lcore.h"
#include "lua/lresponse.h"

#define RESPONSE_CLASS "rackspace.response"

/* Few callers read the headers, so their tables are built from the head when
   they are first read. */

static void push_lower(lua_State *L, const char *text, size_t length)
{
  luaL_Buffer b;
  size_t i;
  luaL_buffinit(L, &b);
  for (i = 0; i < length; i++)
    luaL_addchar(&b, ascii_lower(text[i]));
  luaL_pushresult(&b);
}

/* While a head is read the stack has the table of headers, that of repeated
   ones, and the name of the last header; `name` is the index of the name. */

/* Pushes the field `name` of a table. */
static void get(lua_State *L, int table, int name)
{
  lua_pushvalue(L, name);
  lua_rawget(L, table);
}

/* Pops a value, and sets the field `name` of a table to it. */
static void set(lua_State *L, int table, int name)
{
  lua_pushvalue(L, name);
  lua_insert(L, -2);
  lua_rawset(L, table);
}

/* Appends to the string at the stack's top. */
static void append(lua_State *L, const char *separator, const head_line *line)
{
  lua_pushstring(L, separator);
  lua_pushlstring(L, line->value, line->value_length);
  lua_concat(L, 3);
}

/* Adds a value to the list of a repeated header; the header's value so far is
   at the stack's top. */
static void add_repeated(lua_State *L, int name, const head_line *line)
{
  int first = lua_gettop(L), repeated = name - 1;
  get(L, repeated, name);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, first);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, -1);
    set(L, repeated, name);
  }
  lua_pushlstring(L, line->value, line->value_length);
  lua_rawseti(L, -2, (int)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
}

static void add_header(lua_State *L, int name, const head_line *line)
{
  int headers = name - 2;
  get(L, headers, name);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushlstring(L, line->value, line->value_length);
  } else {
    add_repeated(L, name, line);
    append(L, ", ", line);
  }
  set(L, headers, name);
}

/* Appends a folded line to the header before it. */
static void continue_header(lua_State *L, int name, const head_line *line)
{
  int headers = name - 2, repeated = name - 1, count;
  get(L, headers, name);
  append(L, " ", line);
  set(L, headers, name);
  get(L, repeated, name);
  if (!lua_isnil(L, -1)) {
    count = (int)lua_rawlen(L, -1);
    lua_rawgeti(L, -1, count);
    append(L, " ", line);
    lua_rawseti(L, -2, count);
  }
  lua_pop(L, 1);
}

/* Pushes two tables: the headers by their names in lower case, with the values
   of a repeated one joined by commas, as RFC 9110 allows; and the lists of
   values of the repeated ones. */
static void push_headers(lua_State *L, const char *head, size_t length)
{
  const char *end = head + length;
  head_line line;
  int name;
  lua_createtable(L, 0, 12);
  lua_newtable(L);
  lua_pushnil(L);
  name = lua_gettop(L);
  while (head_next(&head, end, &line)) {
    if (line.name != NULL) {
      push_lower(L, line.name, line.name_length);
      lua_replace(L, name);
      add_header(L, name, &line);
    } else if (!lua_isnil(L, name)) {
      continue_header(L, name, &line);
    }
  }
  lua_pop(L, 1);
}

/* headers(head) -> the headers { name = value } of a response's head, and the
   repeated ones { name = { value, ... } } */
int lresponse_headers(lua_State *L)
{
  size_t length;
  const char *head = luaL_checklstring(L, 1, &length);
  push_headers(L, head, length);
  return 2;
}

/* response.headers and response.repeated, the first time */
static int response_index(lua_State *L)
{
  const char *name = lua_tostring(L, 2), *head;
  size_t length;
  if (name == NULL ||
      (strcmp(name, "headers") != 0 && strcmp(name, "repeated") != 0))
    return 0;
  lua_pushliteral(L, "head");
  lua_rawget(L, 1);
  head = lua_tolstring(L, -1, &length);
  if (head == NULL)
    return 0;
  push_headers(L, head, length);
  lua_pushliteral(L, "repeated");
  lua_insert(L, -2);
  lua_rawset(L, 1);
  lua_pushliteral(L, "headers");
  lua_insert(L, -2);
  lua_rawset(L, 1);
  lua_settop(L, 2);
  lua_rawget(L, 1);
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
