/* lclass.h - classes of userdata */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LCLASS_H
#define RACKSPACE_LCLASS_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Makes a class: the metatable `name` with its metamethods, and a separate
   table of methods as its __index. */
void lclass_make(lua_State *L, const char *name, const luaL_Reg *metamethods,
                 const luaL_Reg *methods);

/* For a class whose values Lua code never holds. */
extern const luaL_Reg lclass_no_methods[];

#pragma GCC visibility pop

#endif
