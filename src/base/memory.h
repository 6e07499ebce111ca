/* memory.h - memory from a host's allocator, or from malloc */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_MEMORY_H
#define RACKSPACE_MEMORY_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* An allocator, such as that of a Lua state. */
typedef struct memory {
  void *(*allocate)(void *user, void *pointer, size_t old_size,
                    size_t size); /* as lua_Alloc; NULL: malloc and free */
  void *user;                     /* its first argument */
} memory;

/* Returns NULL when there is no memory, or when the allocator refuses. */
void *memory_get(const memory *m, size_t size);

/* Frees what memory_get returned for the same size. NULL is allowed. */
void memory_give(const memory *m, void *pointer, size_t size);

#pragma GCC visibility pop

#endif
