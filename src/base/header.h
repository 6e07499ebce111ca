/* header.h - what a header that is sent may hold */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HEADER_H
#define RACKSPACE_HEADER_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Why a header must not be sent ("name is empty"), or NULL when it may be: a
   name is a token of RFC 9110, and a value has no CR, LF or NUL. */
const char *header_fault(const char *name, size_t name_length,
                         const char *value, size_t length);

#pragma GCC visibility pop

#endif
