/* lline.h - the module rackspace.line, which only the program has */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LLINE_H
#define RACKSPACE_LLINE_H

#include <lua.h>

#pragma GCC visibility push(hidden)

int luaopen_rackspace_line(lua_State *L);

#pragma GCC visibility pop

#endif
