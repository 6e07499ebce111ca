/* lclient.h - what lclient.c, lrequest.c and lresponse.c share */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LCLIENT_H
#define RACKSPACE_LCLIENT_H

#include "http/transfer.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Sets a transfer up by the request's table at an index, and by the defaults
   at another, nil when there are none. */
void lrequest_read(lua_State *L, int index, int defaults, http_transfer *http);

/* Makes the class of responses. */
void lresponse_open(lua_State *L);

/* Pushes what transfer:response() gives; returns how many values. */
int lresponse_push(lua_State *L, const http_transfer *http);

#pragma GCC visibility pop

#endif
