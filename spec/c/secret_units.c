/* secret_units.c - units of secret.c */
/* SPDX-License-Identifier: MIT */
#include "base/secret.h"

#include "unit.h"

static void wipes_all_and_no_more(void **state)
{
  char bytes[] = "before-secret-after";
  (void)state;
  secret_wipe(bytes + 7, 6);
  assert_memory_equal(bytes, "before-\0\0\0\0\0\0-after", sizeof bytes);
}

static void wipes_nothing(void **state)
{
  char bytes[] = "abc";
  (void)state;
  secret_wipe(bytes, 0);
  secret_wipe(NULL, 0);
  secret_wipe(NULL, 5);
  assert_string_equal(bytes, "abc");
}

static void tells_equal_from_different(void **state)
{
  (void)state;
  assert_true(secret_equal(LITERAL("key"), LITERAL("key")));
  assert_true(secret_equal(LITERAL(""), LITERAL("")));
  assert_true(secret_equal(LITERAL("a\0b"), LITERAL("a\0b")));
  assert_false(secret_equal(LITERAL("a\0b"), LITERAL("a\0c")));
  assert_false(secret_equal(LITERAL("key"), LITERAL("kez")));
  assert_false(secret_equal(LITERAL("key"), LITERAL("Key")));
  assert_false(secret_equal(LITERAL("key"), LITERAL("ke")));
  assert_false(secret_equal(LITERAL(""), LITERAL("k")));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wipes_all_and_no_more),
      cmocka_unit_test(wipes_nothing),
      cmocka_unit_test(tells_equal_from_different),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
