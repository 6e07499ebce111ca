/* challenge.h - reads a WWW-Authenticate header */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CHALLENGE_H
#define RACKSPACE_CHALLENGE_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct challenge_text {
  const char *bytes; /* inside the header's value, not NUL-terminated */
  size_t length;
} challenge_text;

/* Reads the scheme that a header's value begins with. Returns where its
   parameters begin, or NULL when there is no scheme. */
const char *challenge_scheme(const char *value, const char *end,
                             challenge_text *scheme);

/* Reads one parameter, name=value, the value bare or in double or single
   quotes (Identity sends single ones). Escapes between double quotes stay as
   they are. Returns where the next one begins, or NULL when there is none. */
const char *challenge_next(const char *at, const char *end,
                           challenge_text *name, challenge_text *value);

#pragma GCC visibility pop

#endif
