/* columns_units.c - units of columns.c */
/* SPDX-License-Identifier: MIT */
#include "base/columns.h"

#include <stdint.h>

#include "unit.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"
#define FLAG_FR "\U0001F1EB\U0001F1F7"
#define FLAG_DE "\U0001F1E9\U0001F1EA"
#define FLAG_ENGLAND \
  "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
#define HEART "\u2764\uFE0F"

typedef struct sample {
  const char *text;
  size_t columns;
} sample;

static void assert_columns(const sample *samples, size_t count)
{
  size_t i;
  for (i = 0; i < count; i++) {
    size_t columns, length = strlen(samples[i].text);
    assert_int_equal(columns_fit(samples[i].text, length, SIZE_MAX, &columns),
                     length);
    if (columns != samples[i].columns)
      fail_msg("\"%s\" takes %zu columns, not %zu", samples[i].text,
               samples[i].columns, columns);
  }
}

static void counts_letters(void **state)
{
  static const sample samples[] = {
      {"", 0},       {"plain", 5},
      {"Zażółć", 6}, {"e\u0301", 1},
      {"Nguyễn", 6}, {"東京 Logistics", 14},
      {"한국어", 6}, {"ｆｕｌｌ", 8},
      {"किन्डल", 4},  {"नमस्ते", 4},
      {"กำ", 2},     {"ที่", 1},
      {"עִבְרִית", 5},  {"\u1112\u1161\u11ab", 2},
      {"a€b—", 4},   {"o\u0308\u0323\u0302", 1},
  };
  (void)state;
  assert_columns(samples, COUNT(samples));
}

static void counts_pictures(void **state)
{
  static const sample samples[] = {
      {"😀", 2},
      {"⌚", 2},
      {"🫠", 2},
      {FAMILY, 2},
      {FLAG_FR, 2},
      {FLAG_FR FLAG_DE, 4},
      {FLAG_ENGLAND, 2},
      {"\U0001F44D\U0001F3FD", 2},
      {"\u2764", 1},
      {HEART, 2},
      {"1\uFE0F\u20E3", 2},
      {"a\uFE0F", 1},
      {"\U0001F1EB", 1},
      {FAMILY FAMILY, 4},
      {HEART "\u200D\U0001F525", 2},
  };
  (void)state;
  assert_columns(samples, COUNT(samples));
}

static void counts_what_joins_nothing(void **state)
{
  static const sample samples[] = {
      {"\u200B", 0},           {"\uFEFF", 0},       {"\r\n", 2},
      {"a\tb\x7f", 4},         {"\xc2\x85", 1},     {"\xff", 1},
      {"\xe0\x82\x9b", 3},     {"\xc3", 1},         {"a\xc3z", 3},
      {"\xf4\x90\x80\x80", 4}, {"\xed\xa0\x80", 3}, {"e\xcc", 2},
      {"東\xcc\x81", 2},
  };
  size_t columns;
  (void)state;
  assert_columns(samples, COUNT(samples));
  assert_int_equal(columns_fit(LITERAL("a\0b"), SIZE_MAX, &columns), 3);
  assert_int_equal(columns, 3);
}

/* Asserts which beginning of a text fits into so many columns. */
static void assert_fit(const char *text, size_t most, const char *beginning,
                       size_t columns)
{
  size_t taken, bytes = columns_fit(text, strlen(text), most, &taken);
  assert_int_equal(bytes, strlen(beginning));
  assert_memory_equal(text, beginning, bytes);
  assert_int_equal(taken, columns);
}

static void cuts_between_characters(void **state)
{
  (void)state;
  assert_fit("plain", 3, "pla", 3);
  assert_fit("plain", 0, "", 0);
  assert_fit("東京", 3, "東", 2);
  assert_fit("e\u0301e\u0301", 1, "e\u0301", 1);
  assert_fit(FAMILY "x", 2, FAMILY, 2);
  assert_fit("x" FAMILY, 2, "x", 1);
  assert_fit(FLAG_FR FLAG_DE, 3, FLAG_FR, 2);
  assert_fit("किनल", 2, "किन", 2);
  assert_fit("x" HEART, 2, "x", 1);
  assert_fit("\xe6\x9d", 1, "\xe6", 1);
}

static void assert_cut(const char *text, size_t most, const char *beginning)
{
  assert_int_equal(columns_cut(text, strlen(text), most), strlen(beginning));
}

static void cuts_to_bytes_between_characters(void **state)
{
  (void)state;
  assert_cut("plain", 9, "plain");
  assert_cut("plain", 5, "plain");
  assert_cut("plain", 3, "pla");
  assert_cut("plain", 0, "");
  assert_cut("x東京", 6, "x東");
  assert_cut("e\u0301e\u0301", 5, "e\u0301");
  assert_cut("x" FAMILY "y", 24, "x");
  assert_cut(FLAG_FR FLAG_DE, 12, FLAG_FR);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(counts_letters),
      cmocka_unit_test(counts_pictures),
      cmocka_unit_test(counts_what_joins_nothing),
      cmocka_unit_test(cuts_between_characters),
      cmocka_unit_test(cuts_to_bytes_between_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
