/* lclient.c - HTTP clients and transfers for Lua */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "base/libcurl.h"
#include "http/http.h"
#include "lua/lbudget.h"
#include "lua/lbuffer.h"
#include "lua/lclass.h"
#include "lua/lcore.h"
#include "lua/lpollset.h"
#include "lua/lrequest.h"
#include "lua/lresponse.h"

#define CLIENT_CLASS "rackspace.client"
#define TRANSFER_CLASS "rackspace.transfer"

typedef struct client {
  http_client *http; /* NULL once it is closed */
} client;

typedef struct transfer {
  http_transfer *http; /* NULL once its response was taken */
  http_facts facts;    /* set when it is taken */
} transfer;

/* A client's user value is a table that maps the addresses of its transfers in
   flight to their userdata. It has the client itself at index 1, and its
   pollset at 2. Its transfers share the table, so they keep the client alive.
 */

static client *check_client(lua_State *L)
{
  client *c = luaL_checkudata(L, 1, CLIENT_CLASS);
  if (c->http == NULL)
    luaL_error(L, "client is closed");
  return c;
}

/* A client of this process. */
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

/* ---- clients ----------------------------------------------------------- */

/* Gives a client the allocator and the budget of the state, and a pollset or
   NULL. Returns 0, or -1 with errno set. */
static int set_host(lua_State *L, http_client *http, pollset *set)
{
  const budget *b = lbudget_get(L);
  http_use_memory(http, lbuffer_memory(L));
  if (b != NULL)
    http_watch(http, budget_fd(b));
  return set != NULL ? http_use_pollset(http, set) : 0;
}

static int push_no_client(lua_State *L, int error)
{
  const char *reason = libcurl_start();
  if (error == ENOMEM)
    return luaL_error(L, "not enough memory");
  if (reason == NULL)
    reason = error != 0 ? strerror(error) : "libcurl made no handle";
  lua_pushnil(L);
  lua_pushfstring(L, "no HTTP client could be made: %s", reason);
  return 2;
}

/* Pushes a closed client, which keeps what is at index 1. */
static client *push_client(lua_State *L)
{
  client *c = lua_newuserdata(L, sizeof *c);
  c->http = NULL;
  luaL_setmetatable(L, CLIENT_CLASS);
  lua_newtable(L);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, 1);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, 2);
  lua_setuservalue(L, -2);
  return c;
}

/* client(pollset or nil) -> client, or nil and a message */
static int client_make(lua_State *L)
{
  pollset *set = lpollset_opt(L, 1);
  client *c;
  lua_settop(L, 1);
  c = push_client(L);
  errno = 0;
  c->http = http_client_new();
  if (c->http == NULL)
    return push_no_client(L, errno);
  if (set_host(L, c->http, set) == 0)
    return 1;
  return push_no_client(L, errno);
}

/* Pushes a closed transfer of the client at index 1. */
static transfer *push_transfer(lua_State *L)
{
  transfer *t = lua_newuserdata(L, sizeof *t);
  memset(t, 0, sizeof *t);
  luaL_setmetatable(L, TRANSFER_CLASS);
  lua_getuservalue(L, 1);
  lua_setuservalue(L, -2);
  return t;
}

/* client:start(request, defaults) -> transfer */
static int client_start(lua_State *L)
{
  client *c = check_own_client(L);
  transfer *t;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 3);
  t = push_transfer(L);
  t->http = http_transfer_new(c->http);
  if (t->http == NULL)
    return luaL_error(L, "not enough memory");
  lrequest_read(L, 2, 3, t->http);
  lua_getuservalue(L, 1);
  lua_pushlightuserdata(L, t->http);
  lua_pushvalue(L, 4);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  http_start(t->http);
  return 1;
}

/* Pushes the list of the transfers that have finished. */
static int push_finished(lua_State *L, http_client *http)
{
  http_transfer *t;
  int count = 0;
  lua_createtable(L, 1, 0);
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

/* Runs http_wait or http_step within the bounds of the script that runs. TLS is
   no script's work. */
static void run_counted(lua_State *L, http_client *http, double seconds,
                        void (*run)(http_client *, double))
{
  budget *b = lbudget_get(L);
  double begun;
  if (b == NULL) {
    run(http, seconds);
    return;
  }
  begun = budget_clock(b);
  lbudget_charge(L, 0);
  run(http, budget_wait(b, seconds));
  budget_exempt(b, budget_clock(b) - begun);
  lbudget_charge(L, 0);
}

/* client:poll(seconds) -> list of the transfers that finished */
static int client_poll(lua_State *L)
{
  client *c = check_own_client(L);
  run_counted(L, c->http, luaL_optnumber(L, 2, 0), http_wait);
  return push_finished(L, c->http);
}

/* client:step(seconds) -> list of the transfers that finished. It does not
   wait, and stops soon after `seconds` where more is ready. */
static int client_step(lua_State *L)
{
  client *c = check_own_client(L);
  run_counted(L, c->http, luaL_optnumber(L, 2, 0), http_step);
  return push_finished(L, c->http);
}

/* client:timeout() -> the seconds until client:step() is due; nil: not before
   the pollset's descriptor can be read */
static int client_timeout(lua_State *L)
{
  double seconds = http_timeout(check_own_client(L)->http);
  if (seconds < 0)
    return 0;
  lua_pushnumber(L, (lua_Number)seconds);
  return 1;
}

/* client:wakeup() ends a poll in progress, or the next one */
static int client_wakeup(lua_State *L)
{
  http_wakeup(check_client(L)->http);
  return 0;
}

/* client:is_inherited() -> whether it was made before a fork() */
static int client_is_inherited(lua_State *L)
{
  lua_pushboolean(L, http_is_inherited(check_client(L)->http));
  return 1;
}

/* client:running() -> the number of transfers in flight */
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
  lua_pushlightuserdata(L, t->http);
  lua_pushnil(L);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

/* client:cancel(transfer), transfer:cancel() */
static int cancel(lua_State *L, int index)
{
  transfer *t = check_transfer(L, index);
  if (t->http != NULL) {
    http_cancel(t->http);
    forget_transfer(L, index, t);
  }
  return 0;
}

static int client_cancel(lua_State *L)
{
  luaL_checkudata(L, 1, CLIENT_CLASS);
  return cancel(L, 2);
}

static int transfer_cancel(lua_State *L)
{
  return cancel(L, 1);
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

/* transfer:facts() -> a table of its times and sizes so far */
static int transfer_facts(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  http_facts facts = t->facts;
  if (t->http != NULL)
    transfer_read_facts(t->http, &facts);
  lua_createtable(L, 0, 13);
  set_number(L, "seconds", facts.seconds);
  set_number(L, "lookup", facts.lookup);
  set_number(L, "connect", facts.connect);
  set_number(L, "tls", facts.tls);
  set_number(L, "first_byte", facts.first_byte);
  set_integer(L, "request_bytes", (lua_Integer)facts.request_bytes);
  set_integer(L, "uploaded", (lua_Integer)facts.uploaded);
  set_integer(L, "downloaded", (lua_Integer)facts.downloaded);
  if (facts.to_upload >= 0)
    set_integer(L, "to_upload", (lua_Integer)facts.to_upload);
  if (facts.expected >= 0)
    set_integer(L, "expected", (lua_Integer)facts.expected);
  set_integer(L, "http_version", facts.http_version);
  set_integer(L, "local_port", facts.local_port);
  lua_pushboolean(L, facts.reused);
  lua_setfield(L, -2, "reused");
  return 1;
}

/* transfer:response() -> { status =, headers =, repeated =, head =, body =,
   seconds = }; or nil, a message, the kind of fault, and whether any of the
   request was sent; or nothing while it is in flight. It can be taken once. */
static int transfer_response(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  int results;
  if (t->http == NULL)
    return luaL_error(L, "the response was taken already");
  if (!transfer_is_finished(t->http))
    return 0;
  results = lresponse_push(L, t->http);
  transfer_read_facts(t->http, &t->facts);
  forget_transfer(L, 1, t);
  http_transfer_free(t->http);
  t->http = NULL;
  return results;
}

static int transfer_gc(lua_State *L)
{
  transfer *t = check_transfer(L, 1);
  http_transfer_free(t->http);
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
    {"cancel", client_cancel},
    {"close", client_close},
    {"is_inherited", client_is_inherited},
    {"poll", client_poll},
    {"running", client_running},
    {"start", client_start},
    {"step", client_step},
    {"timeout", client_timeout},
    {"wakeup", client_wakeup},
    {NULL, NULL},
};

static const luaL_Reg transfer_metamethods[] = {
    {"__close", transfer_cancel},
    {"__gc", transfer_gc},
    {"__tostring", transfer_tostring},
    {NULL, NULL},
};

static const luaL_Reg transfer_methods[] = {
    {"cancel", transfer_cancel},
    {"facts", transfer_facts},
    {"response", transfer_response},
    {NULL, NULL},
};

void lclient_push(lua_State *L)
{
  lresponse_open(L);
  lclass_make(L, CLIENT_CLASS, client_metamethods, client_methods);
  lclass_make(L, TRANSFER_CLASS, transfer_metamethods, transfer_methods);
  lua_pushcfunction(L, client_make);
}
