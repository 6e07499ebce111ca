/* printable.c - makes strings safe to print */
/* SPDX-License-Identifier: MIT */
#include "base/printable.h"

#include <string.h>

#include "fuzz.h"

/* What a terminal may be given: nothing that it takes for a command, whether it
   reads UTF-8 or one byte at a time. */
static int is_harmless(const char *text, size_t length)
{
  size_t i;
  for (i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    unsigned char next = i + 1 < length ? (unsigned char)text[i + 1] : 0;
    if (byte < 0x20 || byte == 0x7F || (byte == 0xC2 && next < 0xA0))
      return 0;
  }
  return 1;
}

/* The bytes that a style makes of a text, which the caller frees. */
static size_t make(buffer *out, const char *text, size_t size,
                   printable_style style)
{
  size_t invalid = 0;
  buffer_init(out, printable_limit(size));
  fuzz_expect(printable_add(out, text, size, style, &invalid) == BUFFER_OK,
              "the text fits into the limit");
  return invalid;
}

static void check(const char *text, size_t size, printable_style style)
{
  buffer once, twice;
  size_t invalid = make(&once, text, size, style);
  fuzz_expect(invalid <= size, "no more bytes are wrong than there are");
  fuzz_expect(make(&twice, once.bytes, once.length, style) == 0,
              "the result is UTF-8");
  fuzz_expect(once.length == twice.length &&
                  (once.length == 0 ||
                   memcmp(once.bytes, twice.bytes, once.length) == 0),
              "what is printable stays as it is");
  fuzz_expect(style == PRINTABLE_LINES || is_harmless(once.bytes, once.length),
              "no command of a terminal is left");
  buffer_free(&once);
  buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  check((const char *)data, size, PRINTABLE_LINE);
  check((const char *)data, size, PRINTABLE_LINES);
  check((const char *)data, size, PRINTABLE_JSON);
  check((const char *)data, size, PRINTABLE_MARKS);
  return 0;
}
