/* ascii_units.c - units of ascii.c */
/* SPDX-License-Identifier: MIT */
#include "base/ascii.h"

#include <locale.h>

#include "unit.h"

static void lowers_nothing_but_letters(void **state)
{
  (void)state;
  assert_int_equal(ascii_lower('A'), 'a');
  assert_int_equal(ascii_lower('Z'), 'z');
  assert_int_equal(ascii_lower('@'), '@');
  assert_int_equal(ascii_lower('['), '[');
  assert_int_equal(ascii_lower('\xdd'), '\xdd');
}

static void compares_whole_texts(void **state)
{
  (void)state;
  assert_true(ascii_equal("Content-ID", "cONTENT-id"));
  assert_true(ascii_equal("", ""));
  assert_false(ascii_equal("a", "ab"));
  assert_false(ascii_equal("ab", "a"));
  assert_false(ascii_equal("\xe9", "\xc9"));
}

static void compares_beginnings(void **state)
{
  (void)state;
  assert_true(ascii_begins("HTTPS://x", "https:"));
  assert_true(ascii_begins("x", ""));
  assert_false(ascii_begins("http", "https:"));
  assert_false(ascii_begins("", "h"));
}

/* Where the locale is installed, tolower('I') is none of ASCII in it. */
static void ignores_the_locale(void **state)
{
  (void)state;
  setlocale(LC_ALL, "tr_TR.ISO-8859-9");
  assert_int_equal(ascii_lower('I'), 'i');
  assert_true(ascii_equal("LOCATION", "location"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lowers_nothing_but_letters),
      cmocka_unit_test(compares_whole_texts),
      cmocka_unit_test(compares_beginnings),
      cmocka_unit_test(ignores_the_locale),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
