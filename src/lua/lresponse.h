/* lresponse.h - a transfer's response as a Lua table */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LRESPONSE_H
#define RACKSPACE_LRESPONSE_H

#include "http/transfer.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Makes the class of responses. */
void lresponse_open(lua_State *L);

/* Pushes the response of a finished transfer; or nil, a message, the kind of
   fault, and whether any of the request was sent. Returns how many values. */
int lresponse_push(lua_State *L, const http_transfer *http);

#pragma GCC visibility pop

#endif
