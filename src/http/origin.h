/* origin.h - remembers the origin that a client's requests go to */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_ORIGIN_H
#define RACKSPACE_ORIGIN_H

#pragma GCC visibility push(hidden)

/* What url_fault checks stands before a URL's path, so further requests to the
   same origin need no second check. All fields zero: no origin yet. */
typedef struct origin {
  char *text;      /* scheme, host and port of the last URL that passed, as it
                      was written; set by origin_check */
  int is_loopback; /* whether its host is this machine */
} origin;

/* Returns why a request must not be sent to the URL, or NULL when it may be;
 *is_loopback then tells whether its host is this machine. */
const char *origin_check(origin *last, const char *url, int *is_loopback);

void origin_free(origin *last);

#pragma GCC visibility pop

#endif
