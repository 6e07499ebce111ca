/* lrequest.h - reads a request from a Lua table */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LREQUEST_H
#define RACKSPACE_LREQUEST_H

#include "http/transfer.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* Sets a transfer up by the table at an index and by the defaults at another,
   which may be nil. Raises an error for a field that is wrong. */
void lrequest_read(lua_State *L, int index, int defaults, http_transfer *http);

#pragma GCC visibility pop

#endif
