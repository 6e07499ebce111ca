/* ljq.h - the module rackspace.jq: filters of jq, by libjq */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LJQ_H
#define RACKSPACE_LJQ_H

#include <lua.h>

#pragma GCC visibility push(hidden)

/* Returns a table with compile(expression), which returns a filter, or nil and
   a message. filter:run(json) returns a list of the results, each as JSON; or
   nil and a message. `rounds` tells whether this libjq rounds whole numbers
   beyond 2^53. Raises a message when there is no libjq. */
int luaopen_rackspace_jq(lua_State *L);

#pragma GCC visibility pop

#endif
