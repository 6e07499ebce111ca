/* input.h - waits for standard input and for sockets together */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_INPUT_H
#define RACKSPACE_INPUT_H

#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* host.wait(descriptors, seconds) -> descriptor, events; or nothing when the
   time is over. The descriptors are { [descriptor] = "r", "w" or "rw" }, as
   those of a loop; without seconds it waits until one is ready. Standard input
   is among them when it is named, and is told of first. */
int input_wait(lua_State *L);

/* host.read() -> the bytes that standard input has, or waits for; nil at its
   end; or nil and a message */
int input_read(lua_State *L);

#pragma GCC visibility pop
#endif
