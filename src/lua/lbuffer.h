/* lbuffer.h - buffers that the garbage collector frees */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LBUFFER_H
#define RACKSPACE_LBUFFER_H

#include "base/buffer.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Makes the class of buffers. */
void lbuffer_open(lua_State *L);

/* Pushes a userdata with an empty buffer: an error cannot leak it. */
buffer *lbuffer_new(lua_State *L, size_t limit);

/* Pushes the buffer's bytes as a string and returns 1; raises an error when
   the status is not BUFFER_OK. */
int lbuffer_push(lua_State *L, const buffer *b, int status);

/* The allocator of the state. */
memory lbuffer_memory(lua_State *L);

#pragma GCC visibility pop

#endif
