/* output.h - what confined scripts print */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_OUTPUT_H
#define RACKSPACE_OUTPUT_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* write(text), as a function of Lua: writes to the standard output. A pipe that
   nobody reads ends with the run's limits, and by an interrupt. */
int output_write(lua_State *L);

#pragma GCC visibility pop

#endif
