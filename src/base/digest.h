/* digest.h - SHA-256 and HMAC-SHA256 */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_DIGEST_H
#define RACKSPACE_DIGEST_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

enum { DIGEST_HEX = 64 };

/* Writes the SHA-256 of bytes in lower-case hexadecimal digits. Returns 0, or
   -1 when libcrypto fails. */
int digest_sha256(const void *bytes, size_t length, char hex[DIGEST_HEX + 1]);

/* The same of an HMAC-SHA256. A key longer than INT_MAX is refused. */
int digest_hmac(const void *key, size_t key_length, const void *bytes,
                size_t length, char hex[DIGEST_HEX + 1]);

#pragma GCC visibility pop

#endif
