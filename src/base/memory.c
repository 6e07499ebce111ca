/* memory.c - memory from a host's allocator, or from malloc */
/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>

void *memory_get(const memory *m, size_t size)
{
  return m->allocate != NULL ? m->allocate(m->user, NULL, 0, size)
                             : malloc(size);
}

void memory_give(const memory *m, void *pointer, size_t size)
{
  if (m->allocate == NULL)
    free(pointer);
  else if (pointer != NULL)
    m->allocate(m->user, pointer, size, 0);
}
