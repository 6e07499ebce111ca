/* lurl.c - URLs for Lua */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/number.h"
#include "base/reach.h"
#include "base/url.h"
#include "lua/lbuffer.h"
#include "lua/lclass.h"
#include "lua/lcore.h"

#define PARTS_CLASS "rackspace.url_parts"

/* The text of the string or number at the stack's top. A whole number is
   written without a point and without an exponent, on any Lua, and a fraction
   with a point in any locale. */
static const char *to_text(lua_State *L, const char *what, size_t *length)
{
  if (lua_type(L, -1) == LUA_TNUMBER) {
    char digits[NUMBER_SIZE];
    if (!compat_isinteger(L, -1)) {
      number_write_exact(lua_tonumber(L, -1), digits);
      lua_pushstring(L, digits);
      lua_replace(L, -2);
    }
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "'%s' is not a string or a number", what);
  return lua_tolstring(L, -1, length);
}

/* Pushes the value of a variable, as text. */
static void push_variable(lua_State *L, const char *name, size_t name_length)
{
  size_t length;
  const char *text, *fault;
  luaL_checkstack(L, 4, "too many variables");
  lua_pushlstring(L, name, name_length);
  name = lua_tostring(L, -1);
  lua_pushvalue(L, -1);
  lua_rawget(L, 2);
  text = to_text(L, name, &length);
  fault = url_segment_fault(text, length);
  if (fault != NULL)
    luaL_error(L, "'%s' %s", name, fault);
  lua_remove(L, -2);
}

static void push_variables(lua_State *L, const char *at)
{
  const char *name;
  size_t length;
  while (url_next_variable(at, &name, &length), name != NULL) {
    push_variable(L, name, length);
    at = name + length + 1;
  }
}

static void add_encoded(lua_State *L, luaL_Buffer *out, int index)
{
  size_t length, i;
  const char *text = lua_tolstring(L, index, &length);
  char escaped[3];
  for (i = 0; i < length; i++)
    luaL_addlstring(out, escaped, url_escape((unsigned char)text[i], escaped));
}

/* url.expand(template, variables) -> path, each {name} one encoded segment.
   All values are on the stack before the buffer, which may use its top. */
static int url_expand(lua_State *L)
{
  const char *at = luaL_checkstring(L, 1), *name, *stop;
  size_t length;
  luaL_Buffer out;
  int value = 3;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  push_variables(L, at);
  luaL_buffinit(L, &out);
  while (stop = url_next_variable(at, &name, &length), name != NULL) {
    luaL_addlstring(&out, at, (size_t)(stop - at));
    add_encoded(L, &out, value++);
    at = name + length + 1;
  }
  luaL_addstring(&out, at);
  luaL_pushresult(&out);
  if (lua_rawlen(L, -1) > URL_LIMIT)
    return luaL_error(L, "longer than %d bytes", URL_LIMIT);
  return 1;
}

static int add_pair(lua_State *L, buffer *out, int i)
{
  size_t length;
  const char *text;
  int status = i > 1 ? buffer_add_text(out, "&") : BUFFER_OK;
  lua_rawgeti(L, 1, i);
  text = to_text(L, "a name", &length);
  if (status == BUFFER_OK)
    status = url_encode(out, text, length);
  lua_rawgeti(L, 1, i + 1);
  text = to_text(L, "a value", &length);
  if (status == BUFFER_OK)
    status = buffer_add_text(out, "=");
  if (status == BUFFER_OK)
    status = url_encode(out, text, length);
  lua_pop(L, 2);
  return status;
}

/* url.query{ name, value, name, value ... } -> "name=value&name=value" */
static int url_query(lua_State *L)
{
  int i, count, status = BUFFER_OK;
  buffer *out;
  luaL_checktype(L, 1, LUA_TTABLE);
  count = (int)lua_rawlen(L, 1);
  luaL_argcheck(L, count % 2 == 0, 1, "a name without a value");
  out = lbuffer_new(L, URL_LIMIT);
  for (i = 1; status == BUFFER_OK && i < count; i += 2)
    status = add_pair(L, out, i);
  return lbuffer_push(L, out, status);
}

static int code(lua_State *L, int (*coder)(buffer *, const char *, size_t))
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  buffer *out = lbuffer_new(L, (size_t)1 << 30);
  return lbuffer_push(L, out, coder(out, text, length));
}

/* url.encode(text) -> percent-encoded */
static int url_encode_text(lua_State *L)
{
  return code(L, url_encode);
}

/* url.decode(text) -> percent-decoded */
static int url_decode_text(lua_State *L)
{
  return code(L, url_decode);
}

/* A URL argument; "", which is no URL, when it holds a NUL. */
static const char *check_url(lua_State *L, int index)
{
  size_t length;
  const char *url = luaL_checklstring(L, index, &length);
  return strlen(url) == length ? url : "";
}

static int parts_gc(lua_State *L)
{
  url_parts_free(luaL_checkudata(L, 1, PARTS_CLASS));
  return 0;
}

/* Pushes a userdata with parts: an error cannot leak them. */
static url_parts *push_parts(lua_State *L)
{
  url_parts *parts = lua_newuserdata(L, sizeof *parts);
  memset(parts, 0, sizeof *parts);
  luaL_setmetatable(L, PARTS_CLASS);
  return parts;
}

static void set_part(lua_State *L, const char *name, const char *value)
{
  lua_pushstring(L, value);
  lua_setfield(L, -2, name);
}

/* url.split(url) -> { scheme =, host =, port =, path =, query = } or nil */
static int url_split_text(lua_State *L)
{
  const char *url = check_url(L, 1);
  url_parts *parts = push_parts(L);
  int status = url_split(url, parts);
  if (status == URL_MEMORY)
    return luaL_error(L, "not enough memory");
  if (status != URL_OK)
    return 0;
  lua_createtable(L, 0, 5);
  set_part(L, "scheme", parts->scheme);
  set_part(L, "host", parts->host);
  set_part(L, "path", parts->path);
  set_part(L, "query", parts->query);
  lua_pushinteger(L, parts->port);
  lua_setfield(L, -2, "port");
  url_parts_free(parts);
  return 1;
}

/* url.same_origin(a, b) -> boolean */
static int url_same(lua_State *L)
{
  lua_pushboolean(L, url_same_origin(check_url(L, 1), check_url(L, 2)));
  return 1;
}

/* url.fault(url, service) -> why no request may be sent there, or nil. With the
   URL of a service, as to a URL that the service has named. */
static int url_fault_text(lua_State *L)
{
  size_t length;
  const char *url = luaL_checklstring(L, 1, &length);
  const char *service = luaL_optstring(L, 2, NULL), *fault;
  if (strlen(url) != length)
    fault = "a URL must not hold a NUL";
  else
    fault = url_fault(url);
  if (fault == NULL && service != NULL)
    fault = reach_fault(url, service);
  lua_pushstring(L, fault);
  return 1;
}

/* url.segment_fault(text) -> why it can't be one segment of a path, or nil */
static int url_segment_fault_text(lua_State *L)
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_pushstring(L, url_segment_fault(text, length));
  return 1;
}

static const luaL_Reg parts_metamethods[] = {
    {"__gc", parts_gc},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"decode", url_decode_text},
    {"encode", url_encode_text},
    {"expand", url_expand},
    {"fault", url_fault_text},
    {"query", url_query},
    {"same_origin", url_same},
    {"segment_fault", url_segment_fault_text},
    {"split", url_split_text},
    {NULL, NULL},
};

void lurl_push(lua_State *L)
{
  lclass_make(L, PARTS_CLASS, parts_metamethods, lclass_no_methods);
  luaL_newlib(L, functions);
}
