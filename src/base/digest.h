/* digest.h - SHA-256, alone and keyed */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_DIGEST_H
#define RACKSPACE_DIGEST_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

enum { DIGEST_HEX = 64 };

/* The SHA-256 of bytes in lower-case hexadecimal digits; -1 when it could not
   be made. */
int digest_sha256(const void *bytes, size_t length, char hex[DIGEST_HEX + 1]);

/* The HMAC-SHA256 of bytes under a key, likewise. No key is longer than
   INT_MAX. */
int digest_hmac(const void *key, size_t key_length, const void *bytes,
                size_t length, char hex[DIGEST_HEX + 1]);

#pragma GCC visibility pop

#endif
