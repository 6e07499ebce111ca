/* digest_units.c - units of digest.c */
/* SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <limits.h>

#include "unit.h"

/* FIPS 180-2, appendix B: "abc" and the two blocks; printf '' | sha256sum */
static void makes_the_published_digests(void **state)
{
  static const char *const vectors[][2] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  char hex[DIGEST_HEX + 1];
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(vectors); i++) {
    assert_int_equal(digest_sha256(vectors[i][0], strlen(vectors[i][0]), hex),
                     0);
    assert_string_equal(hex, vectors[i][1]);
  }
}

/* RFC 4231, test cases 1, 2 and 6 */
static void makes_the_published_keyed_digests(void **state)
{
  unsigned char key[131];
  char hex[DIGEST_HEX + 1];
  (void)state;
  memset(key, 0x0b, 20);
  assert_int_equal(digest_hmac(key, 20, LITERAL("Hi There"), hex), 0);
  assert_string_equal(
      hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  assert_int_equal(digest_hmac(LITERAL("Jefe"),
                               LITERAL("what do ya want for nothing?"), hex),
                   0);
  assert_string_equal(
      hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  memset(key, 0xaa, sizeof key);
  assert_int_equal(
      digest_hmac(key, sizeof key,
                  LITERAL("Test Using Larger Than Block-Size Key - "
                          "Hash Key First"),
                  hex),
      0);
  assert_string_equal(
      hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void refuses_a_key_that_is_too_long(void **state)
{
  char hex[DIGEST_HEX + 1];
  (void)state;
  assert_int_equal(digest_hmac("", (size_t)INT_MAX + 1, "", 0, hex), -1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(makes_the_published_digests),
      cmocka_unit_test(makes_the_published_keyed_digests),
      cmocka_unit_test(refuses_a_key_that_is_too_long),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
