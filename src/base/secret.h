/* secret.h - wiping and comparing of secret bytes */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_SECRET_H
#define RACKSPACE_SECRET_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Overwrites memory; the compiler cannot optimise it away. */
void secret_wipe(void *bytes, size_t length);

/* Whether two byte strings are equal, compared in constant time. */
int secret_equal(const void *a, size_t a_length, const void *b,
                 size_t b_length);

#pragma GCC visibility pop

#endif
