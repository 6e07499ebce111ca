/* printable.c - texts of others, made safe to print */
/* SPDX-License-Identifier: MIT */
#include "base/printable.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

enum {
  NOT_UTF8 = -1,
  MOST_MARKS = 30,     /* on one letter, as in Unicode's stream-safe texts */
  LONGEST_ESCAPE = 16, /* of one code point, with its NUL */
  GROWTH = 6,          /* bytes of output for one of input */
  NON_JOINER = 0x200C,
  JOINER = 0x200D,
  VIRAMA = 9 /* a combining class */
};

static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

typedef utf8proc_int32_t code_point;

typedef struct reader {
  const char *at, *end;
  printable_style style;
  code_point before; /* the last one, NOT_UTF8 at the start */
  code_point base;   /* the last one that is no mark or selector */
  int marks;         /* since `base` */
  int is_hidden;     /* the last one was not printable */
} reader;

typedef struct range {
  code_point first, last;
} range;

static int is_within(code_point code, const range *ranges, size_t count)
{
  size_t i;
  for (i = 0; i < count; i++)
    if (code >= ranges[i].first && code <= ranges[i].last)
      return 1;
  return 0;
}

/* ---- what is printable --------------------------------------------------- */

/* Of those without a meaning, the ones that Unicode says to draw as nothing,
   and the ones that are no characters. New characters are printable. */
static int is_unassigned(code_point code)
{
  static const range ranges[] = {
      {0x2065, 0x2065}, {0xFDD0, 0xFDEF}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE0FFF}};
  return is_within(code, ranges, sizeof ranges / sizeof *ranges) ||
         (code & 0xFFFE) == 0xFFFE;
}

/* A sign of the category Cf that is drawn, as of an Arabic number, stands
   before what it belongs to. */
static int is_plain(code_point code)
{
  const utf8proc_property_t *property = utf8proc_get_property(code);
  switch (property->category) {
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return 0;
  case UTF8PROC_CATEGORY_CF:
    return property->boundclass == UTF8PROC_BOUNDCLASS_PREPEND;
  case UTF8PROC_CATEGORY_CN:
    return !is_unassigned(code);
  default:
    return !property->ignorable;
  }
}

static int is_picture(code_point code)
{
  return code >= 0 && utf8proc_get_property(code)->boundclass ==
                          UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static int is_arabic(code_point code)
{
  return code >= 0 &&
         utf8proc_get_property(code)->bidi_class == UTF8PROC_BIDI_CLASS_AL;
}

static int is_virama(code_point code)
{
  return code >= 0 && utf8proc_get_property(code)->combining_class == VIRAMA;
}

static int is_ideograph(code_point code)
{
  static const range ranges[] = {
      {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFD}};
  return is_within(code, ranges, sizeof ranges / sizeof *ranges);
}

static int is_selector(code_point code)
{
  return code == 0xFE0E || code == 0xFE0F;
}

static int is_ideographic_selector(code_point code)
{
  return code >= 0xE0100 && code <= 0xE01EF;
}

static int is_keycap(code_point code)
{
  return (code >= '0' && code <= '9') || code == '#' || code == '*';
}

static int is_mark(code_point code)
{
  utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
         category == UTF8PROC_CATEGORY_MC || code == JOINER ||
         code == NON_JOINER;
}

/* Colours of skin, which stand between a person and a joiner. */
static int is_modifier(code_point code)
{
  return code >= 0x1F3FB && code <= 0x1F3FF;
}

/* ---- what is printable for what is around it ----------------------------- */

static size_t read_code(const char *at, const char *end, code_point *code)
{
  utf8proc_ssize_t used =
      at < end ? utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, code)
               : 0;
  if (used > 0)
    return (size_t)used;
  *code = NOT_UTF8;
  return 1;
}

static int is_joined(const reader *r, code_point code, code_point after)
{
  if (is_virama(r->before))
    return 1;
  if (code == NON_JOINER)
    return is_arabic(r->base) && is_arabic(after);
  return is_picture(r->base) && is_picture(after);
}

static int is_shown(const reader *r, code_point code, code_point after)
{
  if (code == NOT_UTF8 || (is_mark(code) && r->marks >= MOST_MARKS))
    return 0;
  if (code == JOINER || code == NON_JOINER)
    return is_joined(r, code, after);
  if (is_selector(code))
    return is_picture(r->before) || is_keycap(r->before);
  if (is_ideographic_selector(code))
    return is_ideograph(r->before);
  return is_plain(code);
}

/* What is behind a joiner goes on with the same picture. */
static void remember(reader *r, code_point code)
{
  if (code >= 0 && is_mark(code)) {
    r->marks++;
  } else if (code < 0 || !is_modifier(code)) {
    if (r->before != JOINER)
      r->marks = 0;
    r->base = code;
  }
  r->before = code;
}

/* ---- escapes ------------------------------------------------------------- */

static const char *escape_name(char byte)
{
  switch (byte) {
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  default:
    return NULL;
  }
}

/* A digit behind it must not be taken for a part of it. */
static int add_bytes(buffer *out, const reader *r, size_t length)
{
  char escape[LONGEST_ESCAPE];
  int status = BUFFER_OK;
  size_t i;
  for (i = 0; status == BUFFER_OK && i < length; i++) {
    const char *at = r->at + i, *name = escape_name(*at);
    int is_before_digit = at + 1 < r->end && at[1] >= '0' && at[1] <= '9';
    if (name == NULL)
      snprintf(escape, sizeof escape, is_before_digit ? "\\%03u" : "\\%u",
               (unsigned)(unsigned char)*at);
    status = buffer_add_text(out, name != NULL ? name : escape);
  }
  return status;
}

static int add_json(buffer *out, code_point code)
{
  char escape[LONGEST_ESCAPE];
  unsigned rest = (unsigned)code - 0x10000;
  if (code == NOT_UTF8)
    snprintf(escape, sizeof escape, "\\ufffd");
  else if (code < 0x10000)
    snprintf(escape, sizeof escape, "\\u%04x", (unsigned)code);
  else
    snprintf(escape, sizeof escape, "\\u%04x\\u%04x", 0xD800 + (rest >> 10),
             0xDC00 + (rest & 0x3FF));
  return buffer_add_text(out, escape);
}

static int add_escape(buffer *out, const reader *r, code_point code,
                      size_t length)
{
  if (r->style == PRINTABLE_JSON)
    return add_json(out, code);
  if (r->style == PRINTABLE_MARKS)
    return r->is_hidden ? BUFFER_OK : buffer_add_text(out, REPLACEMENT);
  return add_bytes(out, r, length);
}

/* Whether a control character is left in a text of lines. */
static int is_layout(const reader *r)
{
  if (r->style != PRINTABLE_LINES)
    return 0;
  return *r->at == '\n' || *r->at == '\t' ||
         (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n');
}

static int add_code(buffer *out, reader *r, size_t *invalid)
{
  code_point code, after;
  size_t used = read_code(r->at, r->end, &code);
  int status, is_kept;
  read_code(r->at + used, r->end, &after);
  *invalid += code == NOT_UTF8;
  is_kept = is_shown(r, code, after) || is_layout(r);
  if (is_kept)
    status = buffer_add(out, r->at, used);
  else
    status = add_escape(out, r, code, used);
  remember(r, is_kept ? code : NOT_UTF8);
  r->is_hidden = !is_kept;
  r->at += used;
  return status;
}

size_t printable_ascii(const char *text, size_t length)
{
  size_t plain = 0;
  while (plain < length && text[plain] >= ' ' && text[plain] <= '~')
    plain++;
  return plain;
}

int printable_add(buffer *out, const char *text, size_t length,
                  printable_style style, size_t *invalid)
{
  reader r = {text, NULL, style, NOT_UTF8, NOT_UTF8, 0, 0};
  int status = BUFFER_OK;
  if (length == 0)
    return status;
  r.end = text + length;
  while (status == BUFFER_OK && r.at < r.end) {
    size_t plain = printable_ascii(r.at, (size_t)(r.end - r.at));
    if (plain > 0) {
      status = buffer_add(out, r.at, plain);
      r.at += plain;
      r.before = r.base = (unsigned char)r.at[-1];
      r.marks = r.is_hidden = 0;
    } else {
      status = add_code(out, &r, invalid);
    }
  }
  return status;
}

size_t printable_limit(size_t length)
{
  return length < SIZE_MAX / 2 / GROWTH ? length * GROWTH : SIZE_MAX / 2;
}
