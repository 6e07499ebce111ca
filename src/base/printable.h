/* printable.h - texts of others, made safe to print */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_PRINTABLE_H
#define RACKSPACE_PRINTABLE_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

typedef enum printable_style {
  PRINTABLE_LINE,  /* escapes of Lua: "\n", "\226\128\174" */
  PRINTABLE_LINES, /* the same, but tabs and ends of lines stay */
  PRINTABLE_JSON,  /* escapes of JSON: "\u202e"; for a text that is JSON */
  PRINTABLE_MARKS  /* one U+FFFD for what is not printable, however long */
} printable_style;

/* Appends a text in which every code point that is printable stays, and every
   other is written as an escape: control characters, what is invisible or
   turns the direction of the text around it, and bytes that are not UTF-8. In
   JSON such a byte becomes U+FFFD.

   A joiner, a variation selector and a combining mark stay where a script or
   an emoji needs them: in a family or a heart, behind a virama, between Arabic
   letters, behind a Chinese character; up to MOST_MARKS in a row.

   Returns a status of buffer_add, and adds the number of bytes that are not
   UTF-8 to `invalid`. A printable text stays as it is, so that it does no harm
   to apply this twice. */
int printable_add(buffer *out, const char *text, size_t length,
                  printable_style style, size_t *invalid);

/* Returns the length of the beginning that is printable ASCII. */
size_t printable_ascii(const char *text, size_t length);

/* The most bytes that a text of so many becomes; SIZE_MAX / 2 at most. */
size_t printable_limit(size_t length);

#pragma GCC visibility pop

#endif
