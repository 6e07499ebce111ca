/* lpollset.h - pollsets for Lua */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LPOLLSET_H
#define RACKSPACE_LPOLLSET_H

#include "base/pollset.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Returns the pollset at an index, or NULL where there is nil; raises an error
   for anything else. */
pollset *lpollset_opt(lua_State *L, int index);

#pragma GCC visibility pop

#endif
