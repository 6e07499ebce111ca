/* llate.h - modules that need a library which is loaded late */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LLATE_H
#define RACKSPACE_LLATE_H

#include <lua.h>

#pragma GCC visibility push(hidden)

/* luaopen_rackspace_httpd, which raises when there is no libmicrohttpd. */
int llate_open_httpd(lua_State *L);

#pragma GCC visibility pop

#endif
