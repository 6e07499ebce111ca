/* run.h - runs C functions in the Lua state, protected */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_RUN_H
#define RACKSPACE_RUN_H

#include "lua/compat.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* Calls `work` in the Lua state, with `data` as a light userdata, and leaves
   the stack as it was. Returns 0, or -1 with the fault set. The run can be
   interrupted; the limits of instructions and time do not hold for it. */
int run_protected(rackspace *rs, lua_CFunction work, void *data);

/* The same, under the limits of instructions and time. */
int run_bounded(rackspace *rs, lua_CFunction work, void *data);

#pragma GCC visibility pop

#endif
