/* lhttpd.c - the HTTP server on loopback for Lua */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/header.h"
#include "httpd/httpd.h"
#include "lua/lclass.h"

#define SERVER_CLASS "rackspace.httpd.server"

enum { MAX_BODY = 1 << 20, BODY_CEILING = 1 << 30 };

static const double MAX_FILE = 8.0 * 2147483648.0;
static const double FILE_CEILING = 9007199254740992.0; /* 2^53 */

typedef struct server {
  httpd_server *httpd; /* NULL when closed */
  char host[16];
} server;

int luaopen_rackspace_httpd(lua_State *L);

static server *check_server(lua_State *L)
{
  return luaL_checkudata(L, 1, SERVER_CLASS);
}

static int push_failure(lua_State *L, const char *message)
{
  lua_pushnil(L);
  lua_pushstring(L, message);
  return 2;
}

static int push_closed(lua_State *L)
{
  return push_failure(L, "server is closed");
}

/* ---- tables, read raw ---------------------------------------------------- */

/* Pushes table[name], of the wanted type or nil. */
static int get_field(lua_State *L, int table, const char *name, int type)
{
  lua_pushstring(L, name);
  lua_rawget(L, table);
  if (lua_isnil(L, -1))
    return 0;
  if (lua_type(L, -1) != type)
    luaL_error(L, "'%s' must be a %s, not a %s", name, lua_typename(L, type),
               luaL_typename(L, -1));
  return 1;
}

/* The text of a field, which is left on the stack, or the fallback. */
static const char *text_field(lua_State *L, int table, const char *name,
                              const char *fallback)
{
  size_t length;
  const char *text;
  if (!get_field(L, table, name, LUA_TSTRING))
    return fallback;
  text = lua_tolstring(L, -1, &length);
  if (length == 0 || strlen(text) != length)
    luaL_error(L, "'%s' is empty or holds a NUL", name);
  return text;
}

static int is_whole(double number, double least, double most)
{
  return number >= least && number <= most && number == (double)(int64_t)number;
}

static double whole_field(lua_State *L, int table, const char *name,
                          double fallback, double least, double most)
{
  double number = fallback;
  char bounds[64];
  if (get_field(L, table, name, LUA_TNUMBER)) {
    number = lua_tonumber(L, -1);
    snprintf(bounds, sizeof bounds, "from %.0f to %.0f", least, most);
    if (!is_whole(number, least, most))
      luaL_error(L, "'%s' must be a whole number %s", name, bounds);
  }
  lua_pop(L, 1);
  return number;
}

/* ---- listen -------------------------------------------------------------- */

/* Raises an error for an option that does not exist. */
static void check_names(lua_State *L, int table, const char *const names[])
{
  lua_pushnil(L);
  while (lua_next(L, table)) {
    const char *const *name = names;
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "an option's name must be a string");
    while (*name != NULL && strcmp(*name, lua_tostring(L, -1)) != 0)
      name++;
    if (*name == NULL)
      luaL_error(L, "unknown option '%s'", lua_tostring(L, -1));
  }
}

static void read_settings(lua_State *L, int table, httpd_settings *settings)
{
  static const char *const names[] = {
      "host", "max_body", "max_file", "max_open", "port", "spool", NULL};
  check_names(L, table, names);
  settings->port = (uint16_t)whole_field(L, table, "port", 0, 0, 65535);
  settings->max_body =
      (size_t)whole_field(L, table, "max_body", MAX_BODY, 0, BODY_CEILING);
  settings->max_file =
      (uint64_t)whole_field(L, table, "max_file", MAX_FILE, 0, FILE_CEILING);
  settings->max_open =
      (uint64_t)whole_field(L, table, "max_open", 0, 0, FILE_CEILING);
  settings->spool = text_field(L, table, "spool", NULL);
  settings->host = text_field(L, table, "host", "127.0.0.1");
  if (!httpd_is_loopback(settings->host))
    luaL_error(L, "'host' must be an IPv4 loopback address, not '%s'",
               settings->host);
}

/* listen{ host, port, max_body, spool, max_file, max_open } -> server */
static int server_listen(lua_State *L)
{
  httpd_settings settings;
  char message[HTTPD_MESSAGE];
  server *s;
  if (lua_isnoneornil(L, 1)) {
    lua_settop(L, 0);
    lua_newtable(L);
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  read_settings(L, 1, &settings);
  s = lua_newuserdata(L, sizeof *s);
  s->httpd = NULL;
  snprintf(s->host, sizeof s->host, "%s", settings.host);
  luaL_setmetatable(L, SERVER_CLASS);
  s->httpd = httpd_listen(&settings, message);
  return s->httpd == NULL ? push_failure(L, message) : 1;
}

/* ---- requests out -------------------------------------------------------- */

static void set_text(lua_State *L, const char *name, const char *text,
                     size_t length)
{
  lua_pushstring(L, name);
  lua_pushlstring(L, text, length);
  lua_rawset(L, -3);
}

/* Sets a header in the table on top; repeated ones are joined by commas. */
static void set_header(lua_State *L, const httpd_header *header)
{
  lua_pushlstring(L, header->name, header->name_length);
  lua_pushvalue(L, -1);
  lua_rawget(L, -3);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushlstring(L, header->value, header->value_length);
  } else {
    lua_pushliteral(L, ", ");
    lua_pushlstring(L, header->value, header->value_length);
    lua_concat(L, 3);
  }
  lua_rawset(L, -3);
}

static void push_request(lua_State *L, const httpd_request *request)
{
  size_t i;
  lua_createtable(L, 0, 7);
  lua_pushliteral(L, "is_partial");
  lua_pushboolean(L, request->is_partial);
  lua_rawset(L, -3);
  lua_pushliteral(L, "id");
  compat_pushwhole(L, request->id);
  lua_rawset(L, -3);
  set_text(L, "method", request->method, strlen(request->method));
  set_text(L, "target", request->target, strlen(request->target));
  set_text(L, "body", request->body != NULL ? request->body : "",
           request->length);
  if (request->file != NULL)
    set_text(L, "file", request->file, strlen(request->file));
  lua_pushliteral(L, "headers");
  lua_createtable(L, 0, (int)request->header_count);
  for (i = 0; i < request->header_count; i++)
    set_header(L, &request->headers[i]);
  lua_rawset(L, -3);
}

/* server:poll(seconds) -> list of requests. They are removed from the queue
   last, when no error can be raised any more, so that none is lost. */
static int server_poll(lua_State *L)
{
  server *s = check_server(L);
  double seconds = luaL_optnumber(L, 2, 0);
  const httpd_request *request = NULL;
  int failure, count = 0;
  if (s->httpd == NULL)
    return push_closed(L);
  failure = httpd_poll(s->httpd, seconds);
  if (failure != 0)
    return push_failure(L, strerror(failure));
  lua_newtable(L);
  while ((request = httpd_next(s->httpd, request)) != NULL) {
    push_request(L, request);
    lua_rawseti(L, -2, ++count);
  }
  httpd_take(s->httpd);
  return 1;
}

/* ---- answers in ---------------------------------------------------------- */

/* Adds a header to the table of lines: name, value, name, value ... The texts
   are converted in copies, so that the caller's table is not changed. */
static void add_line(lua_State *L, int lines, int name, int value, int *count)
{
  httpd_header header;
  const char *fault;
  if (!lua_isstring(L, value))
    luaL_error(L, "the header '%s' must be a string or a list of strings",
               lua_tostring(L, name));
  lua_pushvalue(L, name);
  lua_pushvalue(L, value);
  header.name = lua_tolstring(L, -2, &header.name_length);
  header.value = lua_tolstring(L, -1, &header.value_length);
  fault = header_fault(header.name, header.name_length, header.value,
                       header.value_length);
  if (fault != NULL)
    luaL_error(L, "the header '%s' cannot be sent: its %s", header.name, fault);
  lua_rawseti(L, lines, *count * 2 + 2);
  lua_rawseti(L, lines, *count * 2 + 1);
  ++*count;
}

/* Adds the header whose value is on top, and whose name is below it. */
static void add_lines(lua_State *L, int lines, int *count)
{
  int value = lua_gettop(L), i;
  if (lua_type(L, value - 1) != LUA_TSTRING)
    luaL_error(L, "a header's name must be a string");
  if (!lua_istable(L, value)) {
    add_line(L, lines, value - 1, value, count);
    return;
  }
  for (i = 1; i <= (int)lua_rawlen(L, value); i++) {
    lua_rawgeti(L, value, i);
    add_line(L, lines, value - 1, value + 1, count);
    lua_pop(L, 1);
  }
}

/* Pushes an array of the headers, which is valid as long as `lines`. */
static httpd_header *push_headers(lua_State *L, int lines, int count)
{
  httpd_header *headers =
      lua_newuserdata(L, (size_t)(count + 1) * sizeof *headers);
  size_t bytes = 0;
  int i;
  for (i = 0; i < count; i++) {
    httpd_header *header = &headers[i];
    lua_rawgeti(L, lines, i * 2 + 1);
    lua_rawgeti(L, lines, i * 2 + 2);
    header->name = lua_tolstring(L, -2, &header->name_length);
    header->value = lua_tolstring(L, -1, &header->value_length);
    bytes += header->name_length + header->value_length + 4;
    lua_pop(L, 2);
  }
  if (bytes > HTTPD_ANSWER_HEADERS)
    luaL_error(L, "the headers pass the bound of %d bytes",
               HTTPD_ANSWER_HEADERS);
  return headers;
}

static void read_headers(lua_State *L, int table, httpd_answer *answer)
{
  int count = 0, lines, headers;
  lua_newtable(L);
  lines = lua_gettop(L);
  if (get_field(L, table, "headers", LUA_TTABLE)) {
    headers = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, headers)) {
      add_lines(L, lines, &count);
      lua_pop(L, 1);
    }
  }
  answer->headers = push_headers(L, lines, count);
  answer->header_count = (size_t)count;
}

/* The texts of the answer stay on the stack. */
static void read_answer(lua_State *L, int table, httpd_answer *answer)
{
  memset(answer, 0, sizeof *answer);
  answer->status = (unsigned)whole_field(L, table, "status", 200, 200, 999);
  answer->keep =
      get_field(L, table, "keep", LUA_TBOOLEAN) && lua_toboolean(L, -1);
  answer->file = text_field(L, table, "file", NULL);
  if (get_field(L, table, "body", LUA_TSTRING))
    answer->body = lua_tolstring(L, -1, &answer->length);
  if (answer->body != NULL && answer->file != NULL)
    luaL_error(L, "'body' and 'file' exclude each other");
  read_headers(L, table, answer);
}

/* server:respond(id, { status, headers, body, file, keep }) -> true */
static int server_respond(lua_State *L)
{
  server *s = check_server(L);
  double id = luaL_checknumber(L, 2);
  char message[HTTPD_MESSAGE];
  httpd_answer answer;
  luaL_checktype(L, 3, LUA_TTABLE);
  read_answer(L, 3, &answer);
  if (s->httpd == NULL)
    return push_closed(L);
  if (httpd_respond(s->httpd, id, &answer, message) != 0)
    return push_failure(L, message);
  lua_pushboolean(L, 1);
  return 1;
}

static int decide(lua_State *L, int (*act)(httpd_server *, double, char *))
{
  server *s = check_server(L);
  double id = luaL_checknumber(L, 2);
  char message[HTTPD_MESSAGE];
  if (s->httpd == NULL)
    return push_closed(L);
  if (act(s->httpd, id, message) != 0)
    return push_failure(L, message);
  lua_pushboolean(L, 1);
  return 1;
}

/* server:admit(id) -> true: a partial request may send its whole body */
static int server_admit(lua_State *L)
{
  return decide(L, httpd_admit);
}

/* server:drop(id) -> true */
static int server_drop(lua_State *L)
{
  return decide(L, httpd_drop);
}

/* ---- a server's life ----------------------------------------------------- */

static int server_port(lua_State *L)
{
  const server *s = check_server(L);
  if (s->httpd == NULL)
    return push_closed(L);
  lua_pushinteger(L, httpd_port(s->httpd));
  return 1;
}

static int server_close(lua_State *L)
{
  server *s = check_server(L);
  if (s->httpd != NULL)
    httpd_close(s->httpd);
  s->httpd = NULL;
  return 0;
}

static int server_tostring(lua_State *L)
{
  const server *s = check_server(L);
  if (s->httpd == NULL)
    lua_pushliteral(L, "server (closed)");
  else
    lua_pushfstring(L, "server (%s:%d)", s->host, (int)httpd_port(s->httpd));
  return 1;
}

static const luaL_Reg methods[] = {
    {"admit", server_admit},
    {"close", server_close},
    {"drop", server_drop},
    {"poll", server_poll},
    {"port", server_port},
    {"respond", server_respond},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__close", server_close},
    {"__gc", server_close},
    {"__tostring", server_tostring},
    {NULL, NULL},
};

static const luaL_Reg module[] = {
    {"listen", server_listen},
    {NULL, NULL},
};

RS_EXPORT int luaopen_rackspace_httpd(lua_State *L)
{
  lclass_make(L, SERVER_CLASS, metamethods, methods);
  luaL_newlib(L, module);
  return 1;
}
