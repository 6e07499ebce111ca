/* lcore.c - rackspace.core: HTTP, URLs, secrets, dates, files and JSON */
/* SPDX-License-Identifier: MIT */
#include "lua/lcore.h"

#include "http/http.h"

#define BUFFER_CLASS "rackspace.buffer"

const luaL_Reg lcore_no_methods[] = {{NULL, NULL}};

void lcore_class(lua_State *L, const char *name, const luaL_Reg *metamethods,
                 const luaL_Reg *methods)
{
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, metamethods, 0);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

budget *lcore_budget(lua_State *L)
{
  budget *b;
  lua_getfield(L, LUA_REGISTRYINDEX, LCORE_BUDGET);
  b = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return b;
}

void lcore_charge(lua_State *L, double instructions)
{
  budget *b = lcore_budget(L);
  budget_end end = b != NULL ? budget_charge(b, instructions) : BUDGET_OPEN;
  if (end != BUDGET_OPEN)
    luaL_error(L, "%s", budget_text(end));
}

memory lcore_memory(lua_State *L)
{
  memory m;
  m.allocate = lua_getallocf(L, &m.user);
  return m;
}

static int buffer_gc(lua_State *L)
{
  buffer_free(luaL_checkudata(L, 1, BUFFER_CLASS));
  return 0;
}

buffer *lcore_buffer(lua_State *L, size_t limit)
{
  buffer *b = lua_newuserdata(L, sizeof *b);
  buffer_init(b, limit);
  b->memory = lcore_memory(L);
  luaL_setmetatable(L, BUFFER_CLASS);
  return b;
}

int lcore_push_buffer(lua_State *L, const buffer *b, int status)
{
  if (status == BUFFER_FULL)
    return luaL_error(L, "longer than %d bytes", (int)b->limit);
  if (status != BUFFER_OK)
    return luaL_error(L, "not enough memory");
  lua_pushlstring(L, b->bytes != NULL ? b->bytes : "", b->length);
  return 1;
}

static const luaL_Reg buffer_metamethods[] = {
    {"__gc", buffer_gc},
    {NULL, NULL},
};

static const luaL_Reg module[] = {
    {"challenge", lchallenge_read},
    {"columns", lcolumns_measure},
    {"digest", ldigest_make},
    {"headers", lresponse_headers},
    {"monotonic", ldate_monotonic},
    {"now", ldate_now},
    {"retry_after", ldate_retry_after},
    {"signature", lsecret_signature},
    {"sleep", ldate_sleep},
    {"time", ldate_time},
    {"timestamp", lsecret_timestamp},
    {NULL, NULL},
};

static void add(lua_State *L, const char *name, void (*push)(lua_State *))
{
  push(L);
  lua_setfield(L, -2, name);
}

RS_EXPORT int luaopen_rackspace_core(lua_State *L);

RS_EXPORT int luaopen_rackspace_core(lua_State *L)
{
  lcore_class(L, BUFFER_CLASS, buffer_metamethods, lcore_no_methods);
  luaL_newlib(L, module);
  add(L, "client", lclient_push);
  add(L, "cursor", lcursor_push);
  add(L, "defaults", lrequest_push_defaults);
  add(L, "file", lfile_push);
  add(L, "json", ljson_push);
  add(L, "secret", lsecret_push);
  add(L, "url", lurl_push);
  lua_pushliteral(L, RACKSPACE_VERSION);
  lua_setfield(L, -2, "_VERSION");
  lua_pushstring(L, http_library());
  lua_setfield(L, -2, "library");
  return 1;
}
