/* lcjson.h - opens lua-cjson in a state that carries its own modules */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LCJSON_H
#define RACKSPACE_LCJSON_H

#include "lua/compat.h"

/* The openers of the modules cjson and cjson.safe. lcjson.c has them where
   lua-cjson is linked, lcjson_module.c where it is a module on disk; the build
   takes the one that fits. */
int lcjson_open(lua_State *L);
int lcjson_open_safe(lua_State *L);

#endif
