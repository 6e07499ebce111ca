/* fault.h - the last error of a rackspace */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_FAULT_H
#define RACKSPACE_FAULT_H

#include "lua/compat.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

typedef struct fault {
  rackspace_fault shown; /* points to `kind`, and to `message` or a literal */
  char kind[24];
  char *message; /* malloc, or NULL */
} fault;

/* No error yet: all members are "" or 0. */
void fault_init(fault *f);
void fault_free(fault *f);

/* Replaces the error. `message` may be part of the present one. */
void fault_set(rackspace *rs, const char *kind, long status,
               const char *message);

/* Replaces the error by one that has no error value, from the status of a
   protected call. */
void fault_set_from_status(rackspace *rs, int status);

/* Replaces the error by what the error value on the top of the stack says.
   `status` is that of the protected call. May raise. */
void fault_set_from_value(lua_State *L, rackspace *rs, int status);

/* Whether the error is that memory ran out. */
int fault_is_memory(const fault *f);

#pragma GCC visibility pop

#endif
