/* bounds.h - limits of memory, instructions and time for scripts */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BOUNDS_H
#define RACKSPACE_BOUNDS_H

#include "lua/compat.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* The most bytes of a text that scripts have made or read by one call. */
enum { BOUNDS_BYTES = 1 << 28 };

/* The allocator of the Lua state, whose user value is the rackspace. */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size);

/* The rackspace that a Lua state belongs to. */
rackspace *bounds_host(lua_State *L);

/* Applies the limits of rs->options to the state, which is open. */
void bounds_set(rackspace *rs);

/* Finds out how many keys a table may have. */
void bounds_open(lua_State *L);

/* charge(instructions, ok), as a function of Lua: counts work, and raises an
   error when the run has to end. Without a number it is the cost of making a
   coroutine: that has a hook counter of its own, and what it runs after the
   last full step is never charged. When ok is false, the work of catching an
   error is added, for which Lua walks through all calls in progress. */
int bounds_charge(lua_State *L);

/* Counts work done in C as instructions; raises an error when the run has to
   end. */
void bounds_work(lua_State *L, double instructions);

/* The same, and counts the time since the last check where it is more. */
void bounds_slow_work(lua_State *L, double instructions);

/* The same without an error: returns whether the run has to end. */
int bounds_is_over(rackspace *rs, double instructions);

/* bounds_work for a number of bytes that are read or written. */
void bounds_work_bytes(lua_State *L, double bytes);

/* Raises an error when C functions that call Lua are nested too deep. */
void bounds_check_stack(lua_State *L);

#pragma GCC visibility pop

#endif
