/* loader.h - makes the library's modules known to a Lua state's require */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LOADER_H
#define RACKSPACE_LOADER_H

#pragma GCC visibility push(hidden)

struct lua_State;

/* Fills package.preload. May raise when there is no memory. */
void loader_open(struct lua_State *L);

#pragma GCC visibility pop

#endif
