/* printable_units.c - units of printable.c */
/* SPDX-License-Identifier: MIT */
#include "base/printable.h"

#include <stdio.h>

#include "unit.h"

#define FAMILY "\U0001F468\u200D\U0001F469\U0001F3FD\u200D\U0001F467"
#define HEART "\u2764\uFE0F\u200D\U0001F525"
#define ACUTE_TENS \
  "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"

static void assert_made(const char *text, size_t length, printable_style style,
                        const char *expected, size_t wrong)
{
  size_t invalid = 0;
  buffer out;
  buffer_init(&out, printable_limit(length));
  assert_int_equal(printable_add(&out, text, length, style, &invalid),
                   BUFFER_OK);
  assert_string_equal(out.length > 0 ? out.bytes : "", expected);
  assert_int_equal(invalid, wrong);
  buffer_free(&out);
}

static void assert_line(const char *text, const char *expected)
{
  assert_made(text, strlen(text), PRINTABLE_LINE, expected, 0);
}

static void leaves_texts_whole(void **state)
{
  static const char *const texts[] = {
      "",
      "plain ~",
      "Zażółć",
      "e\u0301",
      "Nguyễn",
      "東京",
      "한국어",
      "किन्डल",
      "العربية",
      "עִבְרִית",
      "กำ",
      "€ — …",
      "\u00A0\u3000",
      FAMILY,
      HEART,
      "1\uFE0F\u20E3",
      "\u2708\uFE0E",
      "\U0001F1EB\U0001F1F7",
      "\u0645\u06CC\u200C\u062E\u0648", /* Persian, between letters */
      "\u0915\u094D\u200D\u0937",
      "\u0995\u09CD\u200C\u0995",
      "\u845B\U000E0100\u57CE",
      "\u0661\u0600",
      "a" ACUTE_TENS,
      "\U0001FAE8",
      "\uE0B0"};
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(texts); i++)
    assert_line(texts[i], texts[i]);
}

static void escapes_control_characters(void **state)
{
  (void)state;
  assert_line("a\x1b[2J\x07z", "a\\27[2J\\7z");
  assert_line("\n\r\t\b\x7f", "\\n\\r\\t\\8\\127");
  assert_line("\x1b"
              "7",
              "\\0277");
  assert_line("\xc2\x9b"
              "31m",
              "\\194\\15531m");
  assert_made(LITERAL("\0a\0001"), PRINTABLE_LINE, "\\0a\\0001", 0);
}

static void escapes_what_is_not_seen(void **state)
{
  static const char *const codes[] = {
      "\u00AD",     "\u034F",     "\u061C",     "\u115F",     "\u180E",
      "\u200B",     "\u200C",     "\u200D",     "\u200E",     "\u200F",
      "\u2028",     "\u2029",     "\u202A",     "\u202E",     "\u2060",
      "\u2065",     "\u2066",     "\u2069",     "\u206F",     "\u3164",
      "\uFE00",     "\uFE0F",     "\uFEFF",     "\uFFA0",     "\uFFF0",
      "\uFFF9",     "\uFFFE",     "\U0001D173", "\U000E0001", "\U000E0041",
      "\U000E007F", "\U000E0100", "\U000E0FFF", "\U0010FFFF"};
  char text[16];
  size_t i, invalid = 0;
  (void)state;
  for (i = 0; i < COUNT(codes); i++) {
    buffer out;
    snprintf(text, sizeof text, "a%sb", codes[i]);
    buffer_init(&out, 64);
    printable_add(&out, text, strlen(text), PRINTABLE_LINE, &invalid);
    if (strstr(out.bytes, codes[i]) != NULL)
      fail_msg("sample %zu is left", i);
    buffer_free(&out);
  }
  assert_int_equal(invalid, 0);
}

static void leaves_no_joiner_without_need(void **state)
{
  (void)state;
  assert_line("\U0001F468\u200D", "\U0001F468\\226\\128\\141");
  assert_line("\U0001F468\u200D\u200D\U0001F469",
              "\U0001F468\\226\\128\\141\\226\\128\\141\U0001F469");
  assert_line("\u0645\u200Ca", "\u0645\\226\\128\\140a");
  assert_line("\u2764\uFE0F\uFE0F", "\u2764\uFE0F\\239\\184\\143");
  assert_line("e" ACUTE_TENS ACUTE_TENS ACUTE_TENS "\u0301",
              "e" ACUTE_TENS ACUTE_TENS ACUTE_TENS "\\204\\129");
}

static void escapes_what_is_not_utf8(void **state)
{
  (void)state;
  assert_made(LITERAL("\x9b"
                      "31m\xff"),
              PRINTABLE_LINE, "\\15531m\\255", 2);
  assert_made(LITERAL("\xed\xa0\x80"), PRINTABLE_LINE, "\\237\\160\\128", 3);
  assert_made(LITERAL("\xc0\x9b"), PRINTABLE_LINE, "\\192\\155", 2);
  assert_made(LITERAL("\xc3"), PRINTABLE_LINE, "\\195", 1);
  assert_made(LITERAL("\xe2\x80"), PRINTABLE_LINE, "\\226\\128", 2);
}

static void leaves_lines(void **state)
{
  (void)state;
  assert_made(LITERAL("a\r\n\tb\rc\n"), PRINTABLE_LINES, "a\r\n\tb\\rc\n", 0);
  assert_made(LITERAL("a\x1b\x0b"), PRINTABLE_LINES, "a\\27\\11", 0);
}

static void escapes_for_json(void **state)
{
  (void)state;
  assert_made(LITERAL("\"\u202e\""), PRINTABLE_JSON, "\"\\u202e\"", 0);
  assert_made(LITERAL("\U000E0041\xc2\x85"), PRINTABLE_JSON,
              "\\udb40\\udc41\\u0085", 0);
  assert_made(LITERAL("a\xffz\xe2\x80"), PRINTABLE_JSON,
              "a\\ufffdz\\ufffd\\ufffd", 3);
}

static void measures_plain_ascii(void **state)
{
  (void)state;
  assert_int_equal(printable_ascii(LITERAL("")), 0);
  assert_int_equal(printable_ascii(LITERAL("a ~")), 3);
  assert_int_equal(printable_ascii(LITERAL("ab\x7f"
                                           "c")),
                   2);
  assert_int_equal(printable_ascii(LITERAL("é")), 0);
}

static void puts_marks(void **state)
{
  (void)state;
  assert_made(LITERAL("a\x1b\x1b[m\xff\xfe\u202e"), PRINTABLE_MARKS,
              "a\uFFFD[m\uFFFD", 2);
}

static void says_that_the_limit_is_reached(void **state)
{
  size_t invalid = 0;
  buffer out;
  (void)state;
  buffer_init(&out, 3);
  assert_int_equal(
      printable_add(&out, LITERAL("ab\n"), PRINTABLE_LINE, &invalid),
      BUFFER_FULL);
  assert_string_equal(out.bytes, "ab");
  buffer_free(&out);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(leaves_texts_whole),
      cmocka_unit_test(escapes_control_characters),
      cmocka_unit_test(escapes_what_is_not_seen),
      cmocka_unit_test(leaves_no_joiner_without_need),
      cmocka_unit_test(escapes_what_is_not_utf8),
      cmocka_unit_test(leaves_lines),
      cmocka_unit_test(escapes_for_json),
      cmocka_unit_test(measures_plain_ascii),
      cmocka_unit_test(puts_marks),
      cmocka_unit_test(says_that_the_limit_is_reached),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
