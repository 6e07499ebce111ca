/* guard.h - keeps a transfer from addresses that a service must not name */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_GUARD_H
#define RACKSPACE_GUARD_H

#include <curl/curl.h>

#pragma GCC visibility push(hidden)

/* All fields zero: every address is allowed. */
typedef struct guard {
  char *service;   /* the URL of the service that named the transfer's; NULL */
  int is_judging;  /* the addresses of connections are judged */
  int has_refused; /* an address was refused */
} guard;

/* Why a URL can't be used, or NULL. */
const char *guard_fault(const guard *g, const char *url);

/* Has the address judged that a name leads to, when the connection goes there
   and not to a proxy. `proxy` is as transfer_set_proxy has it. Returns whether
   it has set an option. */
int guard_set_options(guard *g, CURL *easy, const char *url, const char *proxy);

/* Whether the request may be sent to the address of its connection, which may
   have been opened by another transfer, and then was not judged. */
int guard_allows_peer(guard *g, const char *peer);

void guard_free(guard *g);

#pragma GCC visibility pop

#endif
