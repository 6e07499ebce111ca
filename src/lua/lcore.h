/* lcore.h - the parts of rackspace.core, each in the file of its prefix */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LCORE_H
#define RACKSPACE_LCORE_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Each pushes a field of the module: a function or a table of functions. */
void lclient_push(lua_State *L);
void lcursor_push(lua_State *L);
void lfile_push(lua_State *L);
void ljson_push(lua_State *L);
void lnumber_push(lua_State *L);
void lpollset_push(lua_State *L);
void lrequest_push_defaults(lua_State *L);
void lsecret_push(lua_State *L);
void lurl_push(lua_State *L);

/* Makes the class of journals, which journal() gives. */
void ljournal_class(lua_State *L);

/* Each is a function of the module. */
int lchallenge_read(lua_State *L);
int lcolumns_cut(lua_State *L);
int lcolumns_measure(lua_State *L);
int ldate_date(lua_State *L);
int ldate_monotonic(lua_State *L);
int ldate_now(lua_State *L);
int ldate_retry_after(lua_State *L);
int ldate_sleep(lua_State *L);
int ldate_time(lua_State *L);
int ldigest_make(lua_State *L);
int ljournal_open(lua_State *L);
int lprintable_make(lua_State *L);
int lresponse_headers(lua_State *L);
int lsecret_signature(lua_State *L);
int lsecret_timestamp(lua_State *L);

#pragma GCC visibility pop

#endif
