/* strings.h - Lua's string functions, under the limits of scripts */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_STRINGS_H
#define RACKSPACE_STRINGS_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Replaces functions of the table string in a state whose libraries are open,
   by ones that count their work and end with the script's limits. */
void strings_open(lua_State *L);

#pragma GCC visibility pop

#endif
