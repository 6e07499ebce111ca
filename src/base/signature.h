/* signature.h - the X-Api-Signature header of the Email & Apps API */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_SIGNATURE_H
#define RACKSPACE_SIGNATURE_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

/* Adds to `out` the header's value:
     user_key ":" timestamp ":" base64(sha1(user_key user_agent timestamp
     secret_key))
   The timestamp is yyyyMMddHHmmss in UTC. Returns a buffer's status. */
int signature_make(buffer *out, const char *user_key, const char *user_agent,
                   const char *timestamp, const char *secret_key);

/* Writes yyyyMMddHHmmss and a NUL for seconds since 1970. Returns 0, or -1
   for a time outside the years 1 to 9999. */
int signature_timestamp(double seconds, char text[15]);

#pragma GCC visibility pop

#endif
