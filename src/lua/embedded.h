/* embedded.h - the Lua sources that librackspace carries */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_EMBEDDED_H
#define RACKSPACE_EMBEDDED_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct embedded_source {
  const char *module; /* "rackspace.accounts"; NULL ends the list */
  const char *chunk;  /* "@rackspace/accounts/init.lua" */
  const char *text;
  size_t size;
} embedded_source;

extern const embedded_source embedded_sources[];

#pragma GCC visibility pop

#endif
