/* secret.h - bytes that are wiped before their memory is given back */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_SECRET_H
#define RACKSPACE_SECRET_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Overwrites memory in a way that no compiler leaves out. */
void secret_wipe(void *bytes, size_t length);

/* Whether two byte strings are equal, in time that tells nothing of where
   they differ. */
int secret_equal(const void *a, size_t a_length, const void *b,
                 size_t b_length);

#pragma GCC visibility pop

#endif
