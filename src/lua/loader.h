/* loader.h - puts the library where a Lua state's require finds it */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LOADER_H
#define RACKSPACE_LOADER_H

#pragma GCC visibility push(hidden)

struct lua_State;

/* Fills package.preload. May raise when there is no memory. */
void loader_open(struct lua_State *L);

#pragma GCC visibility pop

#endif
