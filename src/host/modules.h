/* modules.h - where the modules of a state come from */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_MODULES_H
#define RACKSPACE_MODULES_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Has luaL_openlibs ignore the environment, where Lua can do that. */
void modules_ignore_variables(lua_State *L);

/* Sets package.path and package.cpath of a state whose libraries are open. Both
   lack the entries of Lua's defaults that are relative to the working
   directory. A confined state gets the defaults, others what LUA_PATH and
   LUA_CPATH say. */
void modules_set_paths(lua_State *L, int is_confined);

/* From now on require finds only modules that have been loaded. */
void modules_close(lua_State *L);

#pragma GCC visibility pop

#endif
