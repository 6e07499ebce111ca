/* counted.h - functions of Lua that are called under the limits of scripts */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_COUNTED_H
#define RACKSPACE_COUNTED_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Replaces functions of string, table, utf8 and os, those of math, bit and
   bit32, tonumber, and the arithmetic of strings, in a state whose libraries
   are open: the new ones refuse what is too large, count the
   work, and then call Lua's own. */
void counted_open(lua_State *L);

#pragma GCC visibility pop

#endif
