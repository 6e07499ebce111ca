/* columns.c - how many columns of a terminal a text takes */
/* SPDX-License-Identifier: MIT */
#include "base/columns.h"

#include <utf8proc.h>

enum { WIDEST = 2, EMOJI_STYLE = 0xFE0F, NOT_UTF8 = -1 };

typedef utf8proc_int32_t code_point;

/* Reads the code point at the start of a text; returns its bytes. */
static size_t read_code(const char *text, size_t length, code_point *code)
{
  utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                           (utf8proc_ssize_t)length, code);
  if (used > 0)
    return (size_t)used;
  *code = NOT_UTF8;
  return 1;
}

/* Control characters and bytes that are not UTF-8 join no others. */
static int is_alone(code_point code)
{
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Whether U+FE0F after this code point asks for a picture. */
static int is_emoji_base(code_point code)
{
  return (code >= '0' && code <= '9') || code == '#' || code == '*' ||
         utf8proc_get_property(code)->boundclass ==
             UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* The columns that a code point adds to its grapheme. */
static size_t code_columns(code_point before, code_point code)
{
  if (is_alone(code) || (code == EMOJI_STYLE && is_emoji_base(before)))
    return 1;
  return (size_t)utf8proc_charwidth(code);
}

static int is_break(code_point before, code_point code, utf8proc_int32_t *state)
{
  return is_alone(before) || is_alone(code) ||
         utf8proc_grapheme_break_stateful(before, code, state);
}

static int is_ascii(char byte)
{
  return (unsigned char)byte < 0x80;
}

/* Reads the grapheme at the start of a text; returns its bytes. A grapheme of
   several code points, such as a flag or a family, is drawn in two columns. */
static size_t read_grapheme(const char *text, size_t length, size_t *columns)
{
  utf8proc_int32_t state = 0;
  code_point code, next;
  size_t used, step;
  if (is_ascii(text[0]) && (length == 1 || is_ascii(text[1]))) {
    *columns = 1;
    return 1;
  }
  used = read_code(text, length, &code);
  *columns = code_columns(NOT_UTF8, code);
  for (; used < length; used += step, code = next) {
    step = read_code(text + used, length - used, &next);
    if (is_break(code, next, &state))
      break;
    *columns += code_columns(code, next);
  }
  if (*columns > WIDEST)
    *columns = WIDEST;
  return used;
}

size_t columns_fit(const char *text, size_t length, size_t most,
                   size_t *columns)
{
  size_t fits = 0, taken = 0;
  while (fits < length) {
    size_t wide, step = read_grapheme(text + fits, length - fits, &wide);
    if (wide > most - taken)
      break;
    taken += wide;
    fits += step;
  }
  *columns = taken;
  return fits;
}

size_t columns_cut(const char *text, size_t length, size_t most)
{
  size_t taken = 0, step = 0, wide;
  if (length <= most)
    return length;
  while (taken + step <= most) {
    taken += step;
    step = read_grapheme(text + taken, length - taken, &wide);
  }
  return taken;
}
