/* header_units.c - units of header.c */
/* SPDX-License-Identifier: MIT */
#include "base/header.h"

#include "unit.h"

static void refuses_what_is_no_header(void **state)
{
  static const char *const names[] = {"",    "a b", "a:",  "a\r\n", "\xc3\xa9",
                                      "a(b", "a\"", "{a}", "a/b",   "a=b"};
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(names); i++)
    assert_non_null(header_fault(names[i], strlen(names[i]), LITERAL("x")));
  assert_non_null(header_fault(LITERAL("a\0b"), LITERAL("x")));
  assert_non_null(header_fault(LITERAL("a"), LITERAL("x\ry")));
  assert_non_null(header_fault(LITERAL("a"), LITERAL("x\n")));
  assert_non_null(header_fault(LITERAL("a"), LITERAL("\0x")));
  assert_null(header_fault(LITERAL("X-A.b_c~1!"), LITERAL("")));
  assert_null(header_fault(LITERAL("a"), LITERAL(" \t\xff\x01")));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refuses_what_is_no_header),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
