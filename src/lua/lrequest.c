/* lrequest.c - reads a request from a Lua table */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "base/header.h"
#include "lua/lclass.h"
#include "lua/lcore.h"
#include "lua/lrequest.h"
#include "lua/lsecret.h"

#define DEFAULTS_CLASS "rackspace.defaults"

/* The fields that are kept until all are read; also the userdata of
   defaults. */
typedef struct request {
  http_transfer *http; /* what the other fields are set on; NULL in defaults */
  double connect_timeout; /* seconds; 0: none */
  double stall_timeout;
  double timeout;
  double max_body; /* bytes */
  double max_head;
  int bodies;        /* how many of 'body', 'file' and 'form' were given */
  int has_multipart; /* 'form' was */
} request;

/* The bounds of a request that sets none. */
static const request BOUNDS = {NULL, 10, 60, 300, 64 * 1048576, 262144, 0, 0};

/* The functions below read the value at the stack's top and raise an error when
   it is wrong. */
static const char *text_value(lua_State *L, const char *name)
{
  size_t length;
  const char *text;
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "'%s' must be a string, not a %s", name,
               luaL_typename(L, -1));
  text = lua_tolstring(L, -1, &length);
  if (strlen(text) != length)
    luaL_error(L, "'%s' holds a NUL byte", name);
  return text;
}

/* The bytes of a string or of a secret. */
static const char *bytes_value(lua_State *L, const char *name, size_t *length)
{
  const char *bytes = lsecret_bytes(L, -1, length);
  if (bytes == NULL)
    luaL_error(L, "'%s' must be a string or a secret, not a %s", name,
               luaL_typename(L, -1));
  return bytes;
}

static double number_value(lua_State *L, const char *name)
{
  if (lua_type(L, -1) != LUA_TNUMBER || !(lua_tonumber(L, -1) >= 0))
    luaL_error(L, "'%s' must be a number that is not negative", name);
  return lua_tonumber(L, -1);
}

static void check_memory(lua_State *L, int status)
{
  if (status != 0)
    luaL_error(L, "not enough memory");
}

static void set_url(lua_State *L, request *r)
{
  check_memory(L, transfer_set_url(r->http, text_value(L, "url")));
}

static void set_method(lua_State *L, request *r)
{
  const char *method = text_value(L, "method"), *at;
  for (at = method; *at >= 'A' && *at <= 'Z'; at++)
    continue;
  if (*at != '\0' || at == method)
    luaL_error(L, "'method' must be upper-case letters");
  check_memory(L, transfer_set_method(r->http, method));
}

static void set_body(lua_State *L, request *r)
{
  size_t length;
  const char *bytes = bytes_value(L, "body", &length);
  check_memory(L, transfer_set_body(r->http, bytes, length));
  r->bodies++;
}

static void set_file(lua_State *L, request *r)
{
  const char *path = text_value(L, "file");
  if (transfer_set_body_file(r->http, path) != 0)
    luaL_error(L, "cannot open %s: %s", path, strerror(errno));
  r->bodies++;
}

/* Pushes part[name], a text or nil. */
static const char *part_text(lua_State *L, int part, const char *name)
{
  const char *text;
  lua_pushstring(L, name);
  lua_rawget(L, part);
  if (lua_isnil(L, -1))
    return NULL;
  text = text_value(L, name);
  if (strpbrk(text, "\r\n") != NULL)
    luaL_error(L, "'%s' of a part holds a line break", name);
  return text;
}

static int is_part_field(const char *name)
{
  static const char *const known[] = {"name", "value", "file", "filename",
                                      NULL};
  const char *const *at = known;
  while (*at != NULL && strcmp(*at, name) != 0)
    at++;
  return *at != NULL;
}

static void check_part_fields(lua_State *L, int part)
{
  lua_pushnil(L);
  while (lua_next(L, part)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING || !is_part_field(lua_tostring(L, -1)))
      luaL_error(L, "a part has 'name', 'value' or 'file', and 'filename'");
  }
}

/* The part is at the stack's top. */
static void add_part(lua_State *L, request *r)
{
  int part = lua_gettop(L);
  const char *name, *filename, *path, *bytes;
  size_t length = 0;
  if (!lua_istable(L, part))
    luaL_error(L, "'form' must be a list of parts");
  check_part_fields(L, part);
  name = part_text(L, part, "name");
  filename = part_text(L, part, "filename");
  path = part_text(L, part, "file");
  lua_pushliteral(L, "value");
  lua_rawget(L, part);
  bytes = lsecret_bytes(L, -1, &length);
  if (name == NULL || (path == NULL) == (bytes == NULL))
    luaL_error(L, "a part needs a 'name', and a 'value' or a 'file'");
  if (path == NULL)
    check_memory(L, transfer_add_part(r->http, name, filename, bytes, length));
  else if (transfer_add_file_part(r->http, name, filename, path) != 0)
    luaL_error(L, "cannot open %s: %s", path, strerror(errno));
  lua_settop(L, part);
}

static void set_multipart(lua_State *L, request *r)
{
  int parts = lua_gettop(L), i, count;
  if (!lua_istable(L, parts) || lua_rawlen(L, parts) == 0)
    luaL_error(L, "'form' must be a list of parts");
  count = (int)lua_rawlen(L, parts);
  for (i = 1; i <= count; i++) {
    lua_rawgeti(L, parts, i);
    add_part(L, r);
    lua_pop(L, 1);
  }
  r->bodies++;
  r->has_multipart = 1;
}

static void set_sink(lua_State *L, request *r)
{
  check_memory(L, transfer_set_sink(r->http, text_value(L, "sink")));
}

/* The name is below the value. A message shows a name that was checked, and
   never the value. */
static void add_header(lua_State *L, request *r)
{
  size_t name_length, length;
  const char *name, *value, *fault;
  if (lua_type(L, -2) != LUA_TSTRING)
    luaL_error(L, "a header's name must be a string");
  name = lua_tolstring(L, -2, &name_length);
  value = lsecret_bytes(L, -1, &length);
  if (value == NULL)
    luaL_error(L, "header '%s' must be a string or a secret, not a %s", name,
               luaL_typename(L, -1));
  fault = header_fault(name, name_length, value, length);
  if (fault != NULL)
    luaL_error(L, "a header's %s ('%s')", fault, name);
  check_memory(L, transfer_add_header(r->http, name, value, length));
}

static void set_headers(lua_State *L, request *r)
{
  if (lua_type(L, -1) != LUA_TTABLE)
    luaL_error(L, "'headers' must be a table of name and value");
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    add_header(L, r);
    lua_pop(L, 1);
  }
}

static void set_ca_file(lua_State *L, request *r)
{
  const char *path = text_value(L, "ca_file");
  if (r->http != NULL)
    check_memory(L, transfer_set_ca_file(r->http, path));
}

/* A string or a secret: a proxy's URL may hold a password. */
static void set_proxy(lua_State *L, request *r)
{
  size_t length;
  const char *url = bytes_value(L, "proxy", &length);
  if (strlen(url) != length)
    luaL_error(L, "'proxy' holds a NUL byte");
  if (r->http != NULL)
    check_memory(L, transfer_set_proxy(r->http, url));
}

static void set_connect_timeout(lua_State *L, request *r)
{
  r->connect_timeout = number_value(L, "connect_timeout");
}

static void set_stall_timeout(lua_State *L, request *r)
{
  r->stall_timeout = number_value(L, "stall_timeout");
}

static void set_timeout(lua_State *L, request *r)
{
  r->timeout = number_value(L, "timeout");
}

static void set_max_body(lua_State *L, request *r)
{
  r->max_body = number_value(L, "max_body");
}

static void set_max_head(lua_State *L, request *r)
{
  r->max_head = number_value(L, "max_head");
}

static void set_service(lua_State *L, request *r)
{
  check_memory(L, transfer_set_service(r->http, text_value(L, "service")));
}

static void set_new(lua_State *L, request *r)
{
  transfer_set_new(r->http, lua_toboolean(L, -1));
}

static void set_fresh(lua_State *L, request *r)
{
  transfer_set_fresh(r->http, lua_toboolean(L, -1));
}

typedef struct field {
  const char *name;
  void (*set)(lua_State *L, request *r);
} field;

/* Fields of requests only, the most frequent ones first. */
static const field request_fields[] = {
    {"url", set_url},
    {"headers", set_headers},
    {"method", set_method},
    {"fresh", set_fresh},
    {"body", set_body},
    {"file", set_file},
    {"form", set_multipart},
    {"sink", set_sink},
    {"is_new", set_new},
    {"service", set_service},
    {NULL, NULL},
};

/* Fields of requests and of defaults. */
static const field default_fields[] = {
    {"timeout", set_timeout},
    {"connect_timeout", set_connect_timeout},
    {"stall_timeout", set_stall_timeout},
    {"max_body", set_max_body},
    {"max_head", set_max_head},
    {"ca_file", set_ca_file},
    {"proxy", set_proxy},
    {NULL, NULL},
};

static const field *find_field(const field *fields, const char *name)
{
  while (fields->name != NULL && strcmp(fields->name, name) != 0)
    fields++;
  return fields->name != NULL ? fields : NULL;
}

/* The name is below the value at the stack's top. */
static void read_field(lua_State *L, request *r)
{
  const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
  const field *found =
      r->http != NULL ? find_field(request_fields, name) : NULL;
  if (found == NULL)
    found = find_field(default_fields, name);
  if (found == NULL)
    luaL_error(L, "%s no field '%s'",
               r->http != NULL ? "a request has" : "defaults have", name);
  else
    found->set(L, r);
}

static void read_fields(lua_State *L, int index, request *r)
{
  lua_pushnil(L);
  while (lua_next(L, index)) {
    read_field(L, r);
    lua_pop(L, 1);
  }
}

/* ---- defaults ----------------------------------------------------------- */

/* defaults{ timeout =, ca_file = ... } -> the values for fields that a request
   leaves out, for client:start. The texts are kept in the user value. */
static int defaults_make(lua_State *L)
{
  request *r;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  r = lua_newuserdata(L, sizeof *r);
  *r = BOUNDS;
  luaL_setmetatable(L, DEFAULTS_CLASS);
  read_fields(L, 1, r);
  lua_createtable(L, 0, 2);
  lua_getfield(L, 1, "ca_file");
  lua_setfield(L, 3, "ca_file");
  lua_getfield(L, 1, "proxy");
  lua_setfield(L, 3, "proxy");
  lua_setuservalue(L, 2);
  return 1;
}

/* A request that starts with the defaults at an index, which may be nil. */
static request read_defaults(lua_State *L, int index, http_transfer *http)
{
  request r = BOUNDS;
  if (!lua_isnoneornil(L, index)) {
    r = *(request *)luaL_checkudata(L, index, DEFAULTS_CLASS);
    r.http = http;
    lua_getuservalue(L, index);
    read_fields(L, lua_gettop(L), &r);
    lua_pop(L, 1);
  }
  r.http = http;
  return r;
}

void lrequest_push_defaults(lua_State *L)
{
  lclass_make(L, DEFAULTS_CLASS, lclass_no_methods, lclass_no_methods);
  lua_pushcfunction(L, defaults_make);
}

/* ---- requests ----------------------------------------------------------- */

static size_t bound(double bytes)
{
  return bytes < 1e15 ? (size_t)bytes : (size_t)1e15;
}

void lrequest_read(lua_State *L, int index, int defaults, http_transfer *http)
{
  request r = read_defaults(L, defaults, http);
  read_fields(L, index, &r);
  if (r.bodies > 1 && r.has_multipart)
    luaL_error(L, "a request has one of 'body', 'file' and 'form'");
  if (r.bodies > 1)
    luaL_error(L, "a request has either 'body' or 'file', not both");
  transfer_set_timeouts(http, r.connect_timeout, r.stall_timeout, r.timeout);
  transfer_set_bounds(http, bound(r.max_body), bound(r.max_head));
}
