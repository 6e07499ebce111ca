/* embed.h - the Lua side of a rackspace: the module rackspace.embed */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_EMBED_H
#define RACKSPACE_EMBED_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* All of these may raise. */

/* Pushes the object that rackspace.embed's new makes. The first call makes it
   from the options; a rackspace without options may never need it. */
void embed_push(lua_State *L);

/* Pushes new globals for a confined script. */
void embed_push_globals(lua_State *L);

/* Calls a method of the object. Pops `count` arguments, pushes `results`
   values. */
void embed_call(lua_State *L, const char *method, int count, int results);

#pragma GCC visibility pop

#endif
