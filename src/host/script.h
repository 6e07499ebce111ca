/* script.h - runs scripts, confined or not */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_SCRIPT_H
#define RACKSPACE_SCRIPT_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* load(text, chunk, globals) -> a function, or nil and a message. Counts the
   work of compiling. */
int script_load(lua_State *L);

#pragma GCC visibility pop

#endif
