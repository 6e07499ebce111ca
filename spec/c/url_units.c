/* url_units.c - units of url.c */
/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <stdlib.h>

#include "unit.h"

static buffer out;

static int begin(void **state)
{
  (void)state;
  buffer_init(&out, 1000);
  return 0;
}

static int end(void **state)
{
  (void)state;
  buffer_free(&out);
  return 0;
}

static void assert_out(const char *bytes, size_t length)
{
  assert_int_equal(out.length, length);
  assert_memory_equal(out.bytes, bytes, length);
}

/* ---- encoding -------------------------------------------------------------
 */

static void leaves_only_the_unreserved(void **state)
{
  static const char plain[] = "ABCXYZabcxyz0123456789-._~";
  (void)state;
  assert_int_equal(url_encode(&out, LITERAL(plain)), BUFFER_OK);
  assert_out(LITERAL(plain));
}

static void encodes_all_else(void **state)
{
  (void)state;
  assert_int_equal(
      url_encode(&out, LITERAL("\0\x01 \"%&+/:;=?@[]\x7f\x80\xff")), BUFFER_OK);
  assert_out(LITERAL("%00%01%20%22%25%26%2B%2F%3A%3B%3D%3F%40%5B%5D%7F%80%FF"));
}

static void encodes_utf8_byte_by_byte(void **state)
{
  (void)state;
  assert_int_equal(url_encode(&out, LITERAL("\xc3\xa9\xe2\x82\xac")),
                   BUFFER_OK);
  assert_out(LITERAL("%C3%A9%E2%82%AC"));
}

static void encodes_within_the_bound(void **state)
{
  buffer small;
  (void)state;
  buffer_init(&small, 5);
  assert_int_equal(url_encode(&small, LITERAL("a b")), BUFFER_OK);
  assert_string_equal(small.bytes, "a%20b");
  buffer_free(&small);
  assert_int_equal(url_encode(&small, LITERAL("  ")), BUFFER_FULL);
  buffer_free(&small);
}

static void decodes(void **state)
{
  (void)state;
  assert_int_equal(url_decode(&out, LITERAL("a%20b%2fc%C3%a9%00+%2B")),
                   BUFFER_OK);
  assert_out(LITERAL("a b/c\xc3\xa9\0++"));
}

static void leaves_broken_escapes(void **state)
{
  (void)state;
  assert_int_equal(url_decode(&out, LITERAL("%%41%4%zz%4g%G4%-1%%%2")),
                   BUFFER_OK);
  assert_out(LITERAL("%A%4%zz%4g%G4%-1%%%2"));
}

/* What follows the length must not be read into an escape. */
static void decodes_to_the_length(void **state)
{
  (void)state;
  assert_int_equal(url_decode(&out, "ab%41", 3), BUFFER_OK);
  assert_int_equal(url_decode(&out, "cd%41", 4), BUFFER_OK);
  assert_out(LITERAL("ab%cd%4"));
}

/* ---- building -------------------------------------------------------------
 */

static void finds_faults_of_segments(void **state)
{
  (void)state;
  assert_string_equal(url_segment_fault("", 0), "is empty");
  assert_string_equal(url_segment_fault(LITERAL(".")), "is a dot segment");
  assert_string_equal(url_segment_fault(LITERAL("..")), "is a dot segment");
  assert_string_equal(url_segment_fault(LITERAL("a/b")), "contains a slash");
  assert_string_equal(url_segment_fault(LITERAL("/")), "contains a slash");
  assert_string_equal(url_segment_fault(LITERAL("a\\b")), "contains a slash");
  assert_string_equal(url_segment_fault(LITERAL("a\0b")),
                      "contains a control character");
  assert_string_equal(url_segment_fault(LITERAL("a\r")),
                      "contains a control character");
  assert_string_equal(url_segment_fault(LITERAL("\x7f")),
                      "contains a control character");
}

static void allows_other_segments(void **state)
{
  static const char *const segments[] = {
      "a", "...", ".a", "..a", "a.", "RPN-1:2", "%2e%2e", "\xc3\xa9", " ", "?",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(segments); i++)
    assert_null(url_segment_fault(segments[i], strlen(segments[i])));
}

static void finds_the_variables_of_a_template(void **state)
{
  const char *at = "/a/{one}/{two}b", *name;
  size_t length;
  (void)state;
  at = url_next_variable(at, &name, &length);
  assert_string_equal(at, "{one}/{two}b");
  assert_int_equal(length, 3);
  assert_memory_equal(name, "one", 3);
  at = url_next_variable(name + length + 1, &name, &length);
  assert_string_equal(at, "{two}b");
  at = url_next_variable(name + length + 1, &name, &length);
  assert_string_equal(at, "");
  assert_null(name);
}

static void finds_no_variable(void **state)
{
  static const char *const templates[] = {"", "/a", "/a}", "/a{b", "}{"};
  const char *name;
  size_t i, length;
  (void)state;
  for (i = 0; i < COUNT(templates); i++) {
    assert_string_equal(url_next_variable(templates[i], &name, &length), "");
    assert_null(name);
  }
}

/* ---- queries --------------------------------------------------------------
 */

static void assert_query(const char *url, const char *expected)
{
  size_t length;
  const char *query = url_query_of(url, strlen(url), &length);
  if (expected == NULL) {
    assert_null(query);
    return;
  }
  assert_non_null(query);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(query, expected, length);
}

static void finds_queries(void **state)
{
  (void)state;
  assert_query("https://example.com/a?b=c", "b=c");
  assert_query("?b", "b");
  assert_query("/a?", "");
  assert_query("/a?b?c=d", "b?c=d");
  assert_query("/a?b#c?d", "b");
  assert_query("/a#b?c", NULL);
  assert_query("/a", NULL);
  assert_query("", NULL);
}

static void assert_parameter(const char *query, const char *expected)
{
  size_t length;
  const char *value = url_parameter(query, strlen(query), "marker", &length);
  if (expected == NULL) {
    assert_null(value);
    return;
  }
  assert_non_null(value);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(value, expected, length);
}

static void finds_parameters(void **state)
{
  (void)state;
  assert_parameter("marker=a", "a");
  assert_parameter("limit=2&marker=a%20b&x=y", "a%20b");
  assert_parameter("marker=", "");
  assert_parameter("a&marker=b=c", "b=c");
  assert_parameter("marker=a&marker=b", "a");
  assert_parameter("", NULL);
  assert_parameter("marker", NULL);
  assert_parameter("markers=a", NULL);
  assert_parameter("xmarker=a", NULL);
  assert_parameter("Marker=a", NULL);
  assert_parameter("&&=marker=", NULL);
}

/* ---- splitting ------------------------------------------------------------
 */

typedef struct split {
  const char *url, *scheme, *host, *path, *query;
  int port, has_user;
} split;

static void assert_splits(const split *expected)
{
  url_parts parts;
  assert_int_equal(url_split(expected->url, &parts), URL_OK);
  assert_string_equal(parts.scheme, expected->scheme);
  assert_string_equal(parts.host, expected->host);
  assert_string_equal(parts.path, expected->path);
  assert_string_equal(parts.query, expected->query);
  assert_int_equal(parts.port, expected->port);
  assert_int_equal(parts.has_user, expected->has_user);
  url_parts_free(&parts);
  assert_null(parts.host);
}

static void splits_urls(void **state)
{
  static const split splits[] = {
      {"https://example.com", "https", "example.com", "/", "", 443, 0},
      {"HTTP://localhost:8080/a/b?c=d&e", "http", "localhost", "/a/b", "c=d&e",
       8080, 0},
      {"https://[::1]:1/x?", "https", "[::1]", "/x", "", 1, 0},
      {"http://127.0.0.1/%2e%2e/a%2Fb#f", "http", "127.0.0.1", "/%2e%2e/a%2Fb",
       "", 80, 0},
      {"https://u:p@example.com/", "https", "example.com", "/", "", 443, 1},
      {"https://u@example.com/", "https", "example.com", "/", "", 443, 1},
      {"https://:p@example.com/", "https", "example.com", "/", "", 443, 1},
      {"https://example.com/\xc3\xa9", "https", "example.com", "/\xc3\xa9", "",
       443, 0},
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(splits); i++)
    assert_splits(&splits[i]);
}

static const char *const bad_urls[] = {
    "",
    " ",
    "/a/b",
    "example.com",
    "example.com/a",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "gopher://example.com/",
    "mailto:somebody@example.com",
    "https://",
    "https://exa mple.com/",
    "https://example.com:99999/",
    "https://example.com:x/",
    "https://example.com/a b",
    "https://example.com/\r\nHost: evil",
    "https://example.com/\x01",
    "http://[::1/",
};

static void splits_nothing_else(void **state)
{
  url_parts parts;
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(bad_urls); i++) {
    if (url_split(bad_urls[i], &parts) != URL_BAD)
      fail_msg("'%s' is taken for a URL", bad_urls[i]);
    assert_null(parts.scheme);
  }
}

static void splits_up_to_the_bound(void **state)
{
  char *url = malloc(URL_LIMIT + 2);
  url_parts parts;
  (void)state;
  assert_non_null(url);
  memset(url, 'a', URL_LIMIT + 1);
  url[URL_LIMIT + 1] = '\0';
  memcpy(url, "https://example.com/", 20);
  assert_int_equal(url_split(url, &parts), URL_BAD);
  url[URL_LIMIT] = '\0';
  assert_int_equal(url_split(url, &parts), URL_OK);
  assert_int_equal(strlen(parts.path), URL_LIMIT - 19);
  url_parts_free(&parts);
  free(url);
}

static void compares_origins(void **state)
{
  (void)state;
  assert_true(url_same_origin("https://a.example/x", "https://a.example/y?z"));
  assert_true(url_same_origin("https://a.example", "HTTPS://A.Example:443/"));
  assert_true(url_same_origin("http://[::1]:80/", "http://[::1]/"));
  assert_true(url_same_origin("https://u@a.example", "https://a.example"));
  assert_false(url_same_origin("https://a.example", "http://a.example"));
  assert_false(url_same_origin("https://a.example", "https://b.example"));
  assert_false(url_same_origin("https://a.example", "https://a.example:444"));
  assert_false(
      url_same_origin("https://a.example", "https://a.example.evil.example"));
  assert_false(
      url_same_origin("https://a.example", "https://a.example@evil.example/"));
  assert_false(url_same_origin("http://a.example:443", "https://a.example"));
  assert_false(url_same_origin("/x", "/x"));
  assert_false(url_same_origin("https://a.example", "/x"));
  assert_false(url_same_origin("", ""));
}

/* ---- what may be asked -----------------------------------------------------
 */

static void knows_where_a_path_begins(void **state)
{
  (void)state;
  assert_int_equal(url_origin_length("https://a.example/b"), 17);
  assert_int_equal(url_origin_length("http://[::1]:80/?a=/"), 15);
  assert_int_equal(url_origin_length("https://a.example"), 0);
  assert_int_equal(url_origin_length("https:///a.example/b"), 0);
  assert_int_equal(url_origin_length("/a/b"), 0);
  assert_int_equal(url_origin_length(""), 0);
}

static void knows_this_machine(void **state)
{
  static const char *const loopback[] = {
      "localhost",       "LocalHost", "127.0.0.1",
      "127.255.255.254", "127.1.2.3", "[::1]",
  };
  static const char *const other[] = {
      "",
      "example.com",
      "localhost.example.com",
      "xlocalhost",
      "127.0.0.1.example.com",
      "127.0.0.256",
      "127.1.2.999",
      "127...",
      "127.0.0.",
      "127.0.1",
      "128.0.0.1",
      "1.127.0.0",
      "0127.0.0.1",
      "0.0.0.0",
      "[::2]",
      "[::]",
      "::1",
      "[::ffff:127.0.0.1]",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(loopback); i++)
    if (!url_is_loopback(loopback[i]))
      fail_msg("%s is this machine", loopback[i]);
  for (i = 0; i < COUNT(other); i++)
    if (url_is_loopback(other[i]))
      fail_msg("%s is not this machine", other[i]);
}

static void allows_https_and_http_at_home(void **state)
{
  static const char *const urls[] = {
      "https://example.com/", "https://127.0.0.1:8443/a?b",
      "http://localhost/",    "http://127.0.0.1:8080/a",
      "http://[::1]:1/",      "HTTP://LOCALHOST/",
      "http://127.1/", /* libcurl writes it out */
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(urls); i++)
    if (url_fault(urls[i]) != NULL)
      fail_msg("%s: %s", urls[i], url_fault(urls[i]));
}

static void refuses_plain_http_elsewhere(void **state)
{
  static const char *const urls[] = {
      "http://example.com/",
      "HTTP://example.com",
      "http://127.0.0.1.example.com/",
      "http://localhost.example.com/",
      "http://127.1.2.999/",
      "http://192.168.0.1/",
      "http://0.0.0.0/",
      "http://[::2]/",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(urls); i++)
    assert_string_equal(
        url_fault(urls[i]),
        "plain http is only allowed to this machine itself; use https");
}

static void refuses_credentials(void **state)
{
  static const char *const urls[] = {
      "https://user@example.com/",      "https://user:password@example.com/",
      "https://:password@example.com/", "http://localhost@example.com/",
      "http://user@127.0.0.1/",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(urls); i++)
    assert_string_equal(url_fault(urls[i]),
                        "a URL must not carry a user name or a password");
}

static void refuses_other_urls(void **state)
{
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(bad_urls); i++)
    assert_string_equal(url_fault(bad_urls[i]),
                        "not an absolute http or https URL");
}

#define UNIT(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
  const struct CMUnitTest tests[] = {
      UNIT(leaves_only_the_unreserved),
      UNIT(encodes_all_else),
      UNIT(encodes_utf8_byte_by_byte),
      UNIT(encodes_within_the_bound),
      UNIT(decodes),
      UNIT(leaves_broken_escapes),
      UNIT(decodes_to_the_length),
      UNIT(finds_faults_of_segments),
      UNIT(allows_other_segments),
      UNIT(finds_the_variables_of_a_template),
      UNIT(finds_no_variable),
      UNIT(finds_queries),
      UNIT(finds_parameters),
      UNIT(splits_urls),
      UNIT(splits_nothing_else),
      UNIT(splits_up_to_the_bound),
      UNIT(compares_origins),
      UNIT(knows_where_a_path_begins),
      UNIT(knows_this_machine),
      UNIT(allows_https_and_http_at_home),
      UNIT(refuses_plain_http_elsewhere),
      UNIT(refuses_credentials),
      UNIT(refuses_other_urls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
