/* bounds.h - limits of memory, instructions and time for scripts */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BOUNDS_H
#define RACKSPACE_BOUNDS_H

#include "lua/compat.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* The allocator of the Lua state, whose user value is the rackspace. */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size);

/* The rackspace that a Lua state belongs to. */
rackspace *bounds_host(lua_State *L);

/* Applies the limits of rs->options to the state, which is open. */
void bounds_set(rackspace *rs);

/* charge(): the cost of making a coroutine, as a function of Lua. */
int bounds_charge(lua_State *L);

#pragma GCC visibility pop

#endif
