/* lsecret.h - values that Lua can pass on but not print by accident */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LSECRET_H
#define RACKSPACE_LSECRET_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* The bytes of a string or of a secret; NULL for any other value. */
const char *lsecret_bytes(lua_State *L, int index, size_t *length);

#pragma GCC visibility pop

#endif
