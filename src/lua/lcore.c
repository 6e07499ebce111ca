/* lcore.c - rackspace.core: HTTP, URLs, secrets, dates, files, numbers, JSON */
/* SPDX-License-Identifier: MIT */
#include "lua/lcore.h"

#include "http/http.h"
#include "lua/lbuffer.h"

static const luaL_Reg module[] = {
    {"challenge", lchallenge_read},
    {"columns", lcolumns_measure},
    {"cut", lcolumns_cut},
    {"date", ldate_date},
    {"digest", ldigest_make},
    {"headers", lresponse_headers},
    {"journal", ljournal_open},
    {"monotonic", ldate_monotonic},
    {"now", ldate_now},
    {"printable", lprintable_make},
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
  lbuffer_open(L);
  ljournal_class(L);
  luaL_newlib(L, module);
  add(L, "client", lclient_push);
  add(L, "cursor", lcursor_push);
  add(L, "defaults", lrequest_push_defaults);
  add(L, "file", lfile_push);
  add(L, "json", ljson_push);
  add(L, "number", lnumber_push);
  add(L, "pollset", lpollset_push);
  add(L, "secret", lsecret_push);
  add(L, "url", lurl_push);
  lua_pushliteral(L, RACKSPACE_VERSION);
  lua_setfield(L, -2, "_VERSION");
  lua_pushstring(L, http_library());
  lua_setfield(L, -2, "library");
  return 1;
}
