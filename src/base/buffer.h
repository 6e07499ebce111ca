/* buffer.h - a byte buffer with a limit */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BUFFER_H
#define RACKSPACE_BUFFER_H

#include <stddef.h>

#include "base/memory.h"

#pragma GCC visibility push(hidden)

typedef struct buffer {
  char *bytes; /* followed by a NUL; NULL until the first bytes are added */
  size_t length;
  size_t room;   /* bytes allocated */
  size_t limit;  /* the most that `length` can be; set by buffer_init */
  memory memory; /* the allocator; may be set before bytes are added */
} buffer;

enum { BUFFER_OK, BUFFER_FULL, BUFFER_MEMORY };

/* Makes an empty buffer, which allocates nothing yet. The limit is at most
   SIZE_MAX / 2. */
void buffer_init(buffer *b, size_t limit);

/* Appends bytes. Returns BUFFER_OK; or BUFFER_FULL when they would exceed the
   limit, BUFFER_MEMORY when there is no memory, and the buffer is unchanged. */
int buffer_add(buffer *b, const void *bytes, size_t length);
int buffer_add_text(buffer *b, const char *text);

/* Appends texts; a NULL ends the list. */
int buffer_add_all(buffer *b, const char *const texts[]);

/* Wipes the bytes and frees them; the buffer is empty then. */
void buffer_free(buffer *b);

#pragma GCC visibility pop

#endif
