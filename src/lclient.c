/* lclient.c - HTTP clients and transfers for Lua */
/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "http.h"
#include "lcore.h"
#include "transfer.h"

#define CLIENT_CLASS "rackspace.client"
#define TRANSFER_CLASS "rackspace.transfer"

/* Bounds for a request that sets none. */
static const double CONNECT_TIMEOUT = 10, STALL_TIMEOUT = 60, TIMEOUT = 300;
static const double MAX_BODY = 64 * 1048576, MAX_HEAD = 262144;

typedef struct client {
  http_client *http; /* NULL once it is closed */
} client;

typedef struct transfer {
  http_transfer *http; /* NULL once its response was taken */
} transfer;

/* Each client has a table, its user value, that maps the address of a
   transfer in flight to its userdata; each transfer's holds its client. */

static client *check_client(lua_State *L)
{
  client *c = luaL_checkudata(L, 1, CLIENT_CLASS);
  if (c->http == NULL)
    luaL_error(L, "client is closed");
  return c;
}

/* A client that may be used here. */
static client *check_own_client(lua_State *L)
{
  client *c = check_client(L);
  if (http_is_inherited(c->http))
    luaL_error(L, "client belongs to the process that made it");
  return c;
}

static transfer *check_transfer(lua_State *L, int index)
{
  return luaL_checkudata(L, index, TRANSFER_CLASS);
}

/* ---- reading a request's table ----------------------------------------- */

typedef struct request {
  http_transfer *http;
  double connect_timeout, stall_timeout, timeout, max_body, max_head;
  int bodies, has_form;
} request;

/* Each reads the value at the stack's top. */
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
  const char *bytes = lsecret_bytes(L, -1, &length);
  if (bytes == NULL)
    luaL_error(L, "'body' must be a string or a secret, not a %s",
               luaL_typename(L, -1));
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
    check_memory(L, transfer_add_value(r->http, name, filename, bytes, length));
  else if (transfer_add_file(r->http, name, filename, path) != 0)
    luaL_error(L, "cannot open %s: %s", path, strerror(errno));
  lua_settop(L, part);
}

static void set_form(lua_State *L, request *r)
{
  int form = lua_gettop(L), i, count;
  if (!lua_istable(L, form) || lua_rawlen(L, form) == 0)
    luaL_error(L, "'form' must be a list of parts");
  count = (int)lua_rawlen(L, form);
  for (i = 1; i <= count; i++) {
    lua_rawgeti(L, form, i);
    add_part(L, r);
    lua_pop(L, 1);
  }
  r->bodies++;
  r->has_form = 1;
}

static void set_sink(lua_State *L, request *r)
{
  check_memory(L, transfer_set_sink(r->http, text_value(L, "sink")));
}

/* Names and values are checked before either is shown in a message: the value
   never is. */
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
  fault = transfer_header_fault(name, name_length, value, length);
  if (fault != NULL)
    luaL_error(L, "%s ('%s')", fault, name);
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
  check_memory(L, transfer_set_ca_file(r->http, text_value(L, "ca_file")));
}

/* A proxy's URL may hold a password. */
static void set_proxy(lua_State *L, request *r)
{
  size_t length;
  const char *url = lsecret_bytes(L, -1, &length);
  if (url == NULL)
    luaL_error(L, "'proxy' must be a string or a secret, not a %s",
               luaL_typename(L, -1));
  else if (strlen(url) != length)
    luaL_error(L, "'proxy' holds a NUL byte");
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

static void set_fresh(lua_State *L, request *r)
{
  transfer_set_fresh(r->http, lua_toboolean(L, -1));
}

static const struct field {
  const char *name;
  void (*set)(lua_State *L, request *r);
} fields[] = {
    {"method", set_method},
    {"url", set_url},
    {"headers", set_headers},
    {"body", set_body},
    {"file", set_file},
    {"form", set_form},
    {"sink", set_sink},
    {"connect_timeout", set_connect_timeout},
    {"stall_timeout", set_stall_timeout},
    {"timeout", set_timeout},
    {"max_body", set_max_body},
    {"max_head", set_max_head},
    {"ca_file", set_ca_file},
    {"proxy", set_proxy},
    {"fresh", set_fresh},
    {NULL, NULL},
};

static void read_field(lua_State *L, request *r)
{
  const struct field *field = fields;
  const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
  while (field->name != NULL && strcmp(field->name, name) != 0)
    field++;
  if (field->name == NULL)
    luaL_error(L, "a request has no field '%s'", name);
  field->set(L, r);
}

static size_t bound(double bytes)
{
  return bytes < 1e15 ? (size_t)bytes : (size_t)1e15;
}

static void read_request(lua_State *L, int index, http_transfer *http)
{
  request r = {
      NULL, CONNECT_TIMEOUT, STALL_TIMEOUT, TIMEOUT, MAX_BODY, MAX_HEAD, 0, 0};
  r.http = http;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    read_field(L, &r);
    lua_pop(L, 1);
  }
  if (r.bodies > 1 && r.has_form)
    luaL_error(L, "a request has one of 'body', 'file' and 'form'");
  if (r.bodies > 1)
    luaL_error(L, "a request has either 'body' or 'file', not both");
  transfer_set_timeouts(http, r.connect_timeout, r.stall_timeout, r.timeout);
  transfer_set_bounds(http, bound(r.max_body), bound(r.max_head));
}

/* ---- clients ----------------------------------------------------------- */

/* The allocator and the budget of the state. */
static void set_host(lua_State *L, http_client *http)
{
  const budget *b = lcore_budget(L);
  http_use_memory(http, lcore_memory(L));
  if (b != NULL)
    http_watch(http, budget_fd(b));
}

/* client() -> client */
static int client_make(lua_State *L)
{
  client *c = lua_newuserdata(L, sizeof *c);
  c->http = NULL;
  luaL_setmetatable(L, CLIENT_CLASS);
  lua_newtable(L);
  lua_setuservalue(L, -2);
  errno = 0;
  c->http = http_client_new();
  if (c->http == NULL) {
    lua_pushnil(L);
    lua_pushfstring(L, "no HTTP client could be made: %s",
                    errno != 0 ? strerror(errno) : "libcurl did not start");
    return 2;
  }
  set_host(L, c->http);
  return 1;
}

/* A closed transfer that keeps its client, pushed. */
static transfer *push_transfer(lua_State *L)
{
  transfer *t = lua_newuserdata(L, sizeof *t);
  t->http = NULL;
  luaL_setmetatable(L, TRANSFER_CLASS);
  lua_createtable(L, 1, 0);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, 1);
  lua_setuservalue(L, -2);
  return t;
}

/* client:start(request) -> transfer */
static int client_start(lua_State *L)
{
  client *c = check_own_client(L);
  transfer *t;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  t = push_transfer(L);
  t->http = transfer_new(c->http);
  if (t->http == NULL)
    return luaL_error(L, "not enough memory");
  read_request(L, 2, t->http);
  lua_getuservalue(L, 1);
  lua_pushlightuserdata(L, t->http);
  lua_pushvalue(L, 3);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  transfer_start(t->http);
  return 1;
}

/* Pushes the list of what has finished. */
static int push_finished(lua_State *L, http_client *http)
{
  http_transfer *t;
  int count = 0;
  lua_newtable(L);
  lua_getuservalue(L, 1);
  while ((t = http_finished(http)) != NULL) {
    lua_pushlightuserdata(L, t);
    lua_rawget(L, -2);
    lua_rawseti(L, -3, ++count);
    lua_pushlightuserdata(L, t);
    lua_pushnil(L);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
  return 1;
}

/* client:poll(seconds) -> list of the transfers that finished */
static int client_poll(lua_State *L)
{
  client *c = check_own_client(L);
  double seconds = luaL_optnumber(L, 2, 0);
  const budget *b = lcore_budget(L);
  lcore_charge(L, 0);
  http_wait(c->http, b != NULL ? budget_wait(b, seconds) : seconds);
  lcore_charge(L, 0);
  return push_finished(L, c->http);
}

static int events_of(lua_State *L, int index)
{
  const char *events = luaL_optstring(L, index, "");
  return (strchr(events, 'r') ? HTTP_READ : 0) |
         (strchr(events, 'w') ? HTTP_WRITE : 0);
}

/* client:step(descriptor, "r", "w" or "rw"), client:step() when the time of
   client:fds() is up -> list of the transfers that finished */
static int client_step(lua_State *L)
{
  client *c = check_own_client(L);
  http_step(c->http, (int)luaL_optinteger(L, 2, -1), events_of(L, 3));
  return push_finished(L, c->http);
}

/* client:fds() -> { [descriptor] = "r", "w" or "rw" }, seconds or nil */
static int client_fds(lua_State *L)
{
  static const char *const names[] = {"", "r", "w", "rw"};
  client *c = check_own_client(L);
  double seconds = http_timeout(c->http);
  int fd, events;
  size_t i;
  lua_newtable(L);
  for (i = 0; (fd = http_fd(c->http, i, &events)) >= 0; i++) {
    lua_pushstring(L, names[events]);
    lua_rawseti(L, -2, fd);
  }
  if (seconds < 0)
    return 1;
  lua_pushnumber(L, (lua_Number)seconds);
  return 2;
}

/* client:wakeup() ends a poll in progress, or the next one */
static int client_wakeup(lua_State *L)
{
  http_wakeup(check_client(L)->http);
  return 0;
}

/* client:is_inherited() -> whether this process got it by fork() */
static int client_is_inherited(lua_State *L)
{
  lua_pushboolean(L, http_is_inherited(check_client(L)->http));
  return 1;
}

/* client:running() -> how many transfers are in flight */
static int client_running(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)http_running(check_client(L)->http));
  return 1;
}

/* client:close() cancels what is in flight */
static int client_close(lua_State *L)
{
  client *c = luaL_checkudata(L, 1, CLIENT_CLASS);
  http_client *http = c->http;
  c->http = NULL;
  if (http == NULL)
    return 0;
  http_client_free(http);
  lua_newtable(L);
  lua_setuservalue(L, 1);
  return 0;
}

static int client_gc(lua_State *L)
{
  client *c = luaL_checkudata(L, 1, CLIENT_CLASS);
  http_client_free(c->http);
  c->http = NULL;
  return 0;
}

static int client_tostring(lua_State *L)
{
  client *c = luaL_checkudata(L, 1, CLIENT_CLASS);
  if (c->http == NULL)
    lua_pushliteral(L, "client (closed)");
  else
    lua_pushfstring(L, "client (%d in flight)", (int)http_running(c->http));
  return 1;
}

/* ---- transfers ---------------------------------------------------------- */

static void forget_transfer(lua_State *L, int index, const transfer *t)
{
  lua_getuservalue(L, index);
  lua_rawgeti(L, -1, 1);
  lua_getuservalue(L, -1);
  lua_pushlightuserdata(L, t->http);
  lua_pushnil(L);
  lua_rawset(L, -3);
  lua_pop(L, 3);
}

/* client:cancel(transfer), transfer:cancel() */
static int cancel(lua_State *L, int index)
{
  transfer *t = check_transfer(L, index);
  if (t->http != NULL) {
    transfer_cancel(t->http);
    forget_transfer(L, index, t);
  }
  return 0;
}

static int client_cancel(lua_State *L)
{
  luaL_checkudata(L, 1, CLIENT_CLASS);
  return cancel(L, 2);
}

static int transfer_cancel_this(lua_State *L)
{
  return cancel(L, 1);
}

static void push_lower(lua_State *L, const char *text)
{
  char lower[64];
  luaL_Buffer b;
  size_t i, length = strlen(text);
  if (length < sizeof lower) {
    for (i = 0; i < length; i++)
      lower[i] = (char)tolower((unsigned char)text[i]);
    lua_pushlstring(L, lower, length);
    return;
  }
  luaL_buffinit(L, &b);
  for (i = 0; i < length; i++)
    luaL_addchar(&b, (char)tolower((unsigned char)text[i]));
  luaL_pushresult(&b);
}

/* Names in lower case; what is repeated is joined, as RFC 9110 says. */
static void push_headers(lua_State *L, const http_transfer *http)
{
  struct curl_header *header = NULL;
  const char *name, *value;
  lua_createtable(L, 0, 12);
  while ((header = transfer_next_header(http, header, &name, &value))) {
    push_lower(L, name);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    if (lua_isnil(L, -1))
      lua_pushstring(L, value);
    else
      lua_pushfstring(L, "%s, %s", lua_tostring(L, -1), value);
    lua_remove(L, -2);
    lua_rawset(L, -3);
  }
}

static const char *kind_of(http_fault fault)
{
  static const char *const kinds[] = {"",       "network",  "timeout",
                                      "tls",    "protocol", "cancelled",
                                      "config", "file",     "memory"};
  return kinds[fault];
}

static void set_number(lua_State *L, const char *name, double number)
{
  lua_pushnumber(L, (lua_Number)number);
  lua_setfield(L, -2, name);
}

static void set_integer(lua_State *L, const char *name, lua_Integer number)
{
  lua_pushinteger(L, number);
  lua_setfield(L, -2, name);
}

/* transfer:facts() -> how it went, so far: a table */
static int transfer_facts_table(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  transfer_facts facts;
  if (t->http == NULL)
    return luaL_error(L, "the response was taken already");
  transfer_read_facts(t->http, &facts);
  lua_createtable(L, 0, 11);
  set_number(L, "seconds", facts.seconds);
  set_number(L, "connect", facts.connect);
  set_number(L, "tls", facts.tls);
  set_number(L, "first_byte", facts.first_byte);
  set_integer(L, "request_bytes", (lua_Integer)facts.request_bytes);
  set_integer(L, "uploaded", (lua_Integer)facts.uploaded);
  set_integer(L, "downloaded", (lua_Integer)facts.downloaded);
  if (facts.expected >= 0)
    set_integer(L, "expected", (lua_Integer)facts.expected);
  set_integer(L, "http_version", facts.http_version);
  set_integer(L, "local_port", facts.local_port);
  lua_pushboolean(L, facts.reused);
  lua_setfield(L, -2, "reused");
  return 1;
}

static void push_response(lua_State *L, const http_transfer *http)
{
  size_t length;
  const char *body = transfer_body(http, &length);
  transfer_facts facts;
  transfer_read_facts(http, &facts);
  lua_createtable(L, 0, 4);
  set_integer(L, "status", (lua_Integer)transfer_status(http));
  set_number(L, "seconds", facts.seconds);
  lua_pushlstring(L, body, length);
  lua_setfield(L, -2, "body");
  push_headers(L, http);
  lua_setfield(L, -2, "headers");
}

static int push_failure(lua_State *L, const http_transfer *http)
{
  transfer_facts facts;
  transfer_read_facts(http, &facts);
  lua_pushnil(L);
  lua_pushstring(L, transfer_message(http));
  lua_pushstring(L, kind_of(transfer_fault_of(http)));
  lua_pushboolean(L, facts.request_bytes > 0);
  return 4;
}

/* transfer:response() -> { status =, headers =, body =, seconds = }, or nil,
   message, kind, whether any of the request was sent. Nothing at all while it
   is in flight. It can be taken once. */
static int transfer_response(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  int results = 1;
  if (t->http == NULL)
    return luaL_error(L, "the response was taken already");
  if (!transfer_is_finished(t->http))
    return 0;
  if (transfer_fault_of(t->http) == HTTP_NONE)
    push_response(L, t->http);
  else
    results = push_failure(L, t->http);
  forget_transfer(L, 1, t);
  transfer_free(t->http);
  t->http = NULL;
  return results;
}

static int transfer_gc(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  transfer_free(t->http);
  t->http = NULL;
  return 0;
}

static int transfer_tostring(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  const char *state = "taken";
  if (t->http != NULL)
    state = transfer_is_finished(t->http) ? "finished" : "in flight";
  lua_pushfstring(L, "transfer (%s)", state);
  return 1;
}

static const luaL_Reg client_metamethods[] = {
    {"__close", client_close},
    {"__gc", client_gc},
    {"__tostring", client_tostring},
    {NULL, NULL},
};

static const luaL_Reg client_methods[] = {
    {"cancel", client_cancel}, {"close", client_close},
    {"fds", client_fds},       {"is_inherited", client_is_inherited},
    {"poll", client_poll},     {"running", client_running},
    {"start", client_start},   {"step", client_step},
    {"wakeup", client_wakeup}, {NULL, NULL},
};

static const luaL_Reg transfer_metamethods[] = {
    {"__close", transfer_cancel_this},
    {"__gc", transfer_gc},
    {"__tostring", transfer_tostring},
    {NULL, NULL},
};

static const luaL_Reg transfer_methods[] = {
    {"cancel", transfer_cancel_this},
    {"facts", transfer_facts_table},
    {"response", transfer_response},
    {NULL, NULL},
};

void lclient_push(lua_State *L)
{
  lcore_class(L, CLIENT_CLASS, client_metamethods, client_methods);
  lcore_class(L, TRANSFER_CLASS, transfer_metamethods, transfer_methods);
  lua_pushcfunction(L, client_make);
}
