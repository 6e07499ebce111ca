/* buffer.h - a byte buffer that is born with its limit */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BUFFER_H
#define RACKSPACE_BUFFER_H

#include <stddef.h>

#include "base/memory.h"

#pragma GCC visibility push(hidden)

typedef struct buffer {
  char *bytes; /* ends in a NUL that length does not count; NULL when empty */
  size_t length;
  size_t room;
  size_t limit;
  memory memory; /* where its bytes come from */
} buffer;

enum { BUFFER_OK, BUFFER_FULL, BUFFER_MEMORY };

/* Its bytes come from malloc, unless `memory` is set before there are any.
   Nothing is allocated before the first bytes are added. No limit passes
   SIZE_MAX / 2. */
void buffer_init(buffer *b, size_t limit);

/* Adds bytes. BUFFER_FULL when they would pass the limit, BUFFER_MEMORY when
   there is no memory; the buffer keeps what it had. */
int buffer_add(buffer *b, const void *bytes, size_t length);
int buffer_add_text(buffer *b, const char *text);

/* Adds texts one after another; a NULL ends the list. */
int buffer_add_all(buffer *b, const char *const texts[]);

/* Empties the buffer, wiping what it held, and gives its memory back. */
void buffer_free(buffer *b);

#pragma GCC visibility pop

#endif
