/* lcore.h - what the bindings of rackspace.core share */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LCORE_H
#define RACKSPACE_LCORE_H

#include "base/budget.h"
#include "base/buffer.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Where the registry has the budget, as a light userdata. */
#define LCORE_BUDGET "rackspace.budget"

/* Each pushes its part of the module: a function or a table of them. */
void lclient_push(lua_State *L);
void lcursor_push(lua_State *L);
void lfile_push(lua_State *L);
void ljson_push(lua_State *L);
void lrequest_push_defaults(lua_State *L);
void lsecret_push(lua_State *L);
void lurl_push(lua_State *L);

int lcolumns_measure(lua_State *L);
int ldate_time(lua_State *L);
int ldate_retry_after(lua_State *L);
int ldate_now(lua_State *L);
int ldate_monotonic(lua_State *L);
int ldate_sleep(lua_State *L);
int ldigest_make(lua_State *L);
int lchallenge_read(lua_State *L);
int lresponse_headers(lua_State *L);
int lsecret_signature(lua_State *L);
int lsecret_timestamp(lua_State *L);

/* The bytes of a string or of a secret; NULL for any other value. */
const char *lsecret_bytes(lua_State *L, int index, size_t *length);

/* What bounds the script that runs: NULL outside of librackspace. */
budget *lcore_budget(lua_State *L);

/* Counts work done in C as so many instructions; raises when the script has
   to end. */
void lcore_charge(lua_State *L, double instructions);

/* The allocator of the state. */
memory lcore_memory(lua_State *L);

/* Makes a class: the metatable `name` with its metamethods, and `methods` in
   a separate table behind __index. */
void lcore_class(lua_State *L, const char *name, const luaL_Reg *metamethods,
                 const luaL_Reg *methods);

/* For a class whose values Lua code never holds. */
extern const luaL_Reg lcore_no_methods[];

/* A buffer that an error in between can't leak: a userdata, left on the
   stack. */
buffer *lcore_buffer(lua_State *L, size_t limit);

/* Replaces nothing: pushes what the buffer holds, or raises by its status. */
int lcore_push_buffer(lua_State *L, const buffer *b, int status);

#pragma GCC visibility pop

#endif
