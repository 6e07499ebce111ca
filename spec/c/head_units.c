/* head_units.c - units of head.c */
/* SPDX-License-Identifier: MIT */
#include "base/head.h"

#include "unit.h"

/* Reads the next line and compares it; NULL for no name. */
static void assert_line(const char **at, const char *end, const char *name,
                        const char *value)
{
  head_line line;
  assert_true(head_next(at, end, &line));
  if (name == NULL)
    assert_null(line.name);
  else
    assert_memory_equal(line.name, name, line.name_length);
  assert_int_equal(line.name_length, name != NULL ? strlen(name) : 0);
  assert_int_equal(line.value_length, strlen(value));
  assert_memory_equal(line.value, value, line.value_length);
}

static void assert_end(const char **at, const char *end)
{
  head_line line;
  assert_false(head_next(at, end, &line));
  assert_ptr_equal(*at, end);
}

static void reads_lines(void **state)
{
  static const char text[] = "One: 1\r\ntwo:\t a: b \r\nThree:\r\nFour: x";
  const char *at = text, *end = text + sizeof text - 1;
  (void)state;
  assert_line(&at, end, "One", "1");
  assert_line(&at, end, "two", "a: b");
  assert_line(&at, end, "Three", "");
  assert_line(&at, end, "Four", "x");
  assert_end(&at, end);
}

static void reads_lines_that_go_on(void **state)
{
  static const char text[] = "A: 1\r\n  2 \r\n\t3\r\nB: 4\n";
  const char *at = text, *end = text + sizeof text - 1;
  (void)state;
  assert_line(&at, end, "A", "1");
  assert_line(&at, end, NULL, "2");
  assert_line(&at, end, NULL, "3");
  assert_line(&at, end, "B", "4");
  assert_end(&at, end);
}

static void passes_over_what_is_no_header(void **state)
{
  static const char text[] = "HTTP/1.1 200 OK\r\n\r\nA: 1\r\nno colon\r\n";
  const char *at = text, *end = text + sizeof text - 1;
  (void)state;
  assert_line(&at, end, "A", "1");
  assert_end(&at, end);
  at = end;
  assert_end(&at, end);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_lines),
      cmocka_unit_test(reads_lines_that_go_on),
      cmocka_unit_test(passes_over_what_is_no_header),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
