/* signature_units.c - units of signature.c */
/* SPDX-License-Identifier: MIT */
#include "base/signature.h"

#include <math.h>
#include <stdio.h>

#include "unit.h"

#define USER_KEY "eGbq9/2hcZsRlr1JV1Pi"
#define SECRET_KEY "QHOvchm/40czXhJ1OxfxK7jDHr3t"

typedef struct vector {
  const char *user_agent, *timestamp, *hash;
} vector;

/* The published examples of the header. */
static const vector vectors[] = {
    {"Rackspace Management Interface", "20010308143725",
     "46VIwd66mOFGG8IkbgnLlXnfnkU="},
    {"Rackspace Management Interface", "20010317143725",
     "HKUn0aajpSDx7qqGK3vqzn3FglI="},
    {"Rackspace Apps Bindings/1.x "
     "(+https://github.com/pradodigital/php-rackspace-apps-bindings)",
     "20010308143725", "yeLBFcUOdMgh9vVb499AeygEads="},
};

static void makes_the_published_signatures(void **state)
{
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(vectors); i++) {
    const vector *v = &vectors[i];
    char expected[100];
    buffer out;
    buffer_init(&out, 4096);
    snprintf(expected, sizeof expected, "%s:%s:%s", USER_KEY, v->timestamp,
             v->hash);
    assert_int_equal(
        signature_make(&out, USER_KEY, v->user_agent, v->timestamp, SECRET_KEY),
        BUFFER_OK);
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
  }
}

/* printf '' | openssl dgst -sha1 -binary | openssl base64 */
static void signs_empty_texts(void **state)
{
  buffer out;
  (void)state;
  buffer_init(&out, 100);
  assert_int_equal(signature_make(&out, "", "", "", ""), BUFFER_OK);
  assert_string_equal(out.bytes, "::2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
  buffer_free(&out);
}

static void is_refused_where_it_does_not_fit(void **state)
{
  buffer out;
  (void)state;
  buffer_init(&out, 63); /* the value has 20 + 1 + 14 + 1 + 28 bytes */
  assert_int_equal(
      signature_make(&out, USER_KEY, "agent", "20010308143725", SECRET_KEY),
      BUFFER_FULL);
  buffer_free(&out);
  buffer_init(&out, 64);
  assert_int_equal(
      signature_make(&out, USER_KEY, "agent", "20010308143725", SECRET_KEY),
      BUFFER_OK);
  assert_int_equal(out.length, 64);
  buffer_free(&out);
}

/* By `date -u -d @seconds +%Y%m%d%H%M%S`. */
static void writes_timestamps(void **state)
{
  static const struct {
    double seconds;
    const char *text;
  } moments[] = {
      {0, "19700101000000"},
      {-1, "19691231235959"},
      {-0.5, "19691231235959"},
      {951782400, "20000229000000"},
      {983975845, "20010307143725"},
      {1234567890, "20090213233130"},
      {1234567890.999, "20090213233130"},
      {253402300799.0, "99991231235959"},
      {-30628709877.0, "09990601010203"},
      {-62135596800.0, "00010101000000"},
  };
  char text[15];
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(moments); i++) {
    assert_int_equal(signature_timestamp(moments[i].seconds, text), 0);
    assert_string_equal(text, moments[i].text);
  }
}

static void refuses_times_of_other_years(void **state)
{
  static const double times[] = {253402300800.0, -62135596800.5, -62135596801.0,
                                 1e300, -1e300};
  char text[15];
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(times); i++)
    assert_int_equal(signature_timestamp(times[i], text), -1);
  assert_int_equal(signature_timestamp((double)NAN, text), -1);
  assert_int_equal(signature_timestamp((double)INFINITY, text), -1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(makes_the_published_signatures),
      cmocka_unit_test(signs_empty_texts),
      cmocka_unit_test(is_refused_where_it_does_not_fit),
      cmocka_unit_test(writes_timestamps),
      cmocka_unit_test(refuses_times_of_other_years),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
