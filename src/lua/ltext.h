/* ltext.h - strings of Lua as texts of C */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LTEXT_H
#define RACKSPACE_LTEXT_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* The string argument at an index; raises an error unless it is a string, or
   when it holds a NUL byte, which would end it in C. */
const char *ltext_check(lua_State *L, int index);

/* Returns the bytes of an argument; raises an error when they hold a NUL. */
const char *ltext_check_bytes(lua_State *L, int index, const char *bytes,
                              size_t length);

#pragma GCC visibility pop

#endif
