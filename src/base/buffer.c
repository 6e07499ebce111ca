/* buffer.c - a byte buffer with a limit */
/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdint.h>
#include <string.h>

#include "base/secret.h"

enum { SMALLEST = 256 };

void buffer_init(buffer *b, size_t limit)
{
  memset(b, 0, sizeof *b);
  b->limit = limit < SIZE_MAX / 2 ? limit : SIZE_MAX / 2;
}

static size_t room_for(const buffer *b, size_t length)
{
  size_t room = b->room > 0 ? b->room : SMALLEST;
  while (room <= length)
    room = room > b->limit / 2 ? b->limit + 1 : room * 2;
  return room;
}

/* Not by realloc, which would not wipe the old bytes. */
static int grow(buffer *b, size_t length)
{
  size_t room = room_for(b, length);
  char *bytes = memory_get(&b->memory, room);
  if (bytes == NULL)
    return BUFFER_MEMORY;
  if (b->length > 0)
    memcpy(bytes, b->bytes, b->length);
  secret_wipe(b->bytes, b->length);
  memory_give(&b->memory, b->bytes, b->room);
  b->bytes = bytes;
  b->room = room;
  return BUFFER_OK;
}

int buffer_add(buffer *b, const void *bytes, size_t length)
{
  if (length > b->limit - b->length)
    return BUFFER_FULL;
  if (b->length + length >= b->room && grow(b, b->length + length) != 0)
    return BUFFER_MEMORY;
  if (length > 0)
    memcpy(b->bytes + b->length, bytes, length);
  b->length += length;
  b->bytes[b->length] = '\0';
  return BUFFER_OK;
}

int buffer_add_text(buffer *b, const char *text)
{
  return buffer_add(b, text, strlen(text));
}

int buffer_add_all(buffer *b, const char *const texts[])
{
  int status = BUFFER_OK;
  for (; status == BUFFER_OK && *texts != NULL; texts++)
    status = buffer_add_text(b, *texts);
  return status;
}

void buffer_free(buffer *b)
{
  memory from = b->memory;
  secret_wipe(b->bytes, b->length);
  memory_give(&from, b->bytes, b->room);
  buffer_init(b, b->limit);
  b->memory = from;
}
