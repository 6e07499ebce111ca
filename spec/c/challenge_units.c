/* challenge_units.c - units of challenge.c */
/* SPDX-License-Identifier: MIT */
#include "base/challenge.h"

#include <stdio.h>

#include "unit.h"

typedef struct pair {
  const char *name, *value;
} pair;

static void assert_text(challenge_text text, const char *expected)
{
  assert_int_equal(text.length, strlen(expected));
  assert_memory_equal(text.bytes, expected, text.length);
}

/* Reads a header whose bytes are followed by something else: what is not
   part of it must not be read. */
static void assert_reads(const char *header, const char *scheme,
                         const pair *pairs)
{
  challenge_text name, value;
  char copy[256];
  size_t length = strlen(header);
  const char *at, *end = copy + length;
  memset(copy, '\'', sizeof copy);
  snprintf(copy, sizeof copy, "%s", header);
  copy[length] = '\'';
  at = challenge_scheme(copy, end, &name);
  assert_non_null(at);
  assert_text(name, scheme);
  for (; pairs->name != NULL; pairs++) {
    at = challenge_next(at, end, &name, &value);
    assert_non_null(at);
    assert_text(name, pairs->name);
    assert_text(value, pairs->value);
  }
  assert_null(challenge_next(at, end, &name, &value));
}

static void reads_single_quotes(void **state)
{
  const pair pairs[] = {
      {"sessionId", "eyJ-_=="}, {"factor", "PASSCODE"}, {NULL, NULL}};
  (void)state;
  assert_reads("OS-MF sessionId='eyJ-_==', factor='PASSCODE'", "OS-MF", pairs);
}

static void reads_bare_values(void **state)
{
  const pair pairs[] = {
      {"uri", "https://identity.example.com/v2.0"}, {"a", "b=c"}, {NULL, NULL}};
  (void)state;
  assert_reads("Keystone uri=https://identity.example.com/v2.0,a=b=c",
               "Keystone", pairs);
}

static void reads_double_quotes(void **state)
{
  const pair pairs[] = {
      {"realm", "a, b = 'c'"}, {"charset", "UTF-8"}, {"x", ""}, {NULL, NULL}};
  (void)state;
  assert_reads("Basic realm=\"a, b = 'c'\" ,\tcharset=UTF-8, x=\"\"", "Basic",
               pairs);
}

/* RFC 9110, 5.6.4: a quote behind a backslash does not end the value. */
static void reads_past_an_escaped_quote(void **state)
{
  const pair pairs[] = {
      {"realm", "a \\\"b\\\" c\\\\"}, {"y", "1"}, {NULL, NULL}};
  (void)state;
  assert_reads("Basic realm=\"a \\\"b\\\" c\\\\\", y=1", "Basic", pairs);
}

static void reads_a_scheme_alone(void **state)
{
  const pair none[] = {{NULL, NULL}};
  (void)state;
  assert_reads("Negotiate", "Negotiate", none);
  assert_reads("  Negotiate  ", "Negotiate", none);
  assert_reads("Negotiate,", "Negotiate", none);
}

static void stops_at_a_second_challenge(void **state)
{
  const pair pairs[] = {{"realm", "x"}, {NULL, NULL}};
  (void)state;
  assert_reads("Basic realm=\"x\", Bearer scope=\"y\"", "Basic", pairs);
}

static void stops_at_what_it_cannot_read(void **state)
{
  static const char *const headers[] = {
      "X a='b", "X a=\"b'", "X a=\"b\\\"", "X a", "X ='b'", "X 'a'='b'",
  };
  challenge_text name, value;
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(headers); i++) {
    const char *end = headers[i] + strlen(headers[i]);
    const char *at = challenge_scheme(headers[i], end, &name);
    assert_non_null(at);
    assert_null(challenge_next(at, end, &name, &value));
  }
}

static void knows_no_scheme(void **state)
{
  static const char *const headers[] = {
      "", " ", ",", "='x'", "'x'", "a='b'", "\"x\" y",
  };
  static const char nul[] = "\0x";
  challenge_text scheme;
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(headers); i++)
    assert_null(
        challenge_scheme(headers[i], headers[i] + strlen(headers[i]), &scheme));
  assert_null(challenge_scheme(nul, nul + 2, &scheme));
}

static void ends_at_a_nul(void **state)
{
  static const char header[] = "X a=b\0c, d\0=e";
  const char *end = header + sizeof header - 1;
  challenge_text name, value;
  const char *at = challenge_scheme(header, end, &name);
  (void)state;
  at = challenge_next(at, end, &name, &value);
  assert_non_null(at);
  assert_int_equal(value.length, 3);
  assert_memory_equal(value.bytes, "b\0c", 3);
  assert_null(challenge_next(at, end, &name, &value));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_single_quotes),
      cmocka_unit_test(reads_bare_values),
      cmocka_unit_test(reads_double_quotes),
      cmocka_unit_test(reads_past_an_escaped_quote),
      cmocka_unit_test(reads_a_scheme_alone),
      cmocka_unit_test(stops_at_a_second_challenge),
      cmocka_unit_test(stops_at_what_it_cannot_read),
      cmocka_unit_test(knows_no_scheme),
      cmocka_unit_test(ends_at_a_nul),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
