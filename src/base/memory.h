/* memory.h - memory of a host's own allocator, or of malloc */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_MEMORY_H
#define RACKSPACE_MEMORY_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* The allocator of a Lua state, which counts. NULL: malloc and free. */
typedef struct memory {
  void *(*allocate)(void *user, void *pointer, size_t old_size, size_t size);
  void *user;
} memory;

/* NULL when there is no memory, or when it would pass the allocator's
   ceiling. */
void *memory_get(const memory *m, size_t size);

/* Gives back what memory_get gave for the same size. NULL is allowed. */
void memory_give(const memory *m, void *pointer, size_t size);

#pragma GCC visibility pop

#endif
