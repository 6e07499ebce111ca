/* call.h - operations that the host calls */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CALL_H
#define RACKSPACE_CALL_H

#include "lua/compat.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* Pushes two values: the operation's name, and its arguments or nil. */
void call_push(lua_State *L, const char *operation, const char *arguments);

/* Keeps the string at an index as the host's result; nil is "null". Raises
   when there is no memory. */
void call_keep_result(lua_State *L, rackspace *rs, int index);

#pragma GCC visibility pop

#endif
