/* url.c - encodes, splits and compares URLs */
/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <string.h>

#include "fuzz.h"

#define ORIGIN "https://api.example.com/"

static int is_fault(const char *url)
{
  return url_fault(url) != NULL;
}

/* ---- encoding ------------------------------------------------------------ */

static void expect_encoded(const buffer *b)
{
  size_t i;
  for (i = 0; i < b->length; i++)
    fuzz_expect(b->bytes[i] > 0x20 && b->bytes[i] < 0x7f &&
                    strchr("/?#&=+:@\\\"<>", b->bytes[i]) == NULL,
                "an encoded string has no delimiter");
}

static void run_coding(const char *text, size_t length)
{
  buffer coded, plain;
  buffer_init(&coded, length * 3);
  buffer_init(&plain, length);
  fuzz_expect(url_encode(&coded, text, length) == BUFFER_OK,
              "a byte is encoded in three bytes at most");
  expect_encoded(&coded);
  fuzz_expect(url_decode(&plain, coded.bytes, coded.length) == BUFFER_OK &&
                  plain.length == length &&
                  (length == 0 || memcmp(plain.bytes, text, length) == 0),
              "decoding reverses encoding");
  buffer_free(&plain);
  buffer_free(&coded);
}

/* An encoded segment must not change the URL's origin, path or query. */
static void run_segment(const char *text, size_t length)
{
  buffer url;
  url_parts parts;
  if (url_segment_fault(text, length) != NULL)
    return;
  buffer_init(&url, URL_LIMIT);
  if (buffer_add_text(&url, ORIGIN) == BUFFER_OK &&
      url_encode(&url, text, length) == BUFFER_OK &&
      buffer_add_text(&url, "/end?query") == BUFFER_OK) {
    fuzz_expect(url_split(url.bytes, &parts) == URL_OK, "it is a URL");
    fuzz_expect(url_same_origin(url.bytes, ORIGIN), "it stays at its origin");
    fuzz_expect(strncmp(url.bytes + strlen(ORIGIN) - 1, parts.path,
                        strlen(parts.path)) == 0 &&
                    strcmp(parts.path + strlen(parts.path) - 4, "/end") == 0 &&
                    strcmp(parts.query, "query") == 0,
                "the path and the query are the parts of the URL");
    url_parts_free(&parts);
  }
  buffer_free(&url);
}

/* ---- parsing ------------------------------------------------------------- */

static void run_query(const char *text, size_t length)
{
  size_t query_length, value_length;
  const char *query = url_query_of(text, length, &query_length), *value;
  if (query == NULL)
    return;
  fuzz_expect(query > text && query + query_length <= text + length,
              "a query is inside its URL");
  value = url_parameter(query, query_length, "a", &value_length);
  if (value != NULL)
    fuzz_expect(value >= query + 2 && value[-1] == '=' &&
                    value + value_length <= query + query_length &&
                    memchr(value, '&', value_length) == NULL,
                "a value is inside its query");
}

static void run_template(const char *text)
{
  const char *at = text, *end = text + strlen(text), *name = text;
  size_t length;
  while (name != NULL) {
    const char *stop = url_next_variable(at, &name, &length);
    fuzz_expect(stop >= at && stop <= end, "a literal is inside the template");
    if (name == NULL)
      break;
    fuzz_expect(name == stop + 1 && name[length] == '}', "a name is in braces");
    at = name + length + 1;
  }
}

static void expect_allowed(const char *url)
{
  url_parts parts;
  fuzz_expect(url_split(url, &parts) == URL_OK, "it can be split");
  fuzz_expect(!parts.has_user, "it has no credentials");
  fuzz_expect(parts.host[0] != '\0', "it has a host");
  fuzz_expect(parts.port >= 0 && parts.port <= 65535, "its port is valid");
  fuzz_expect(
      strcmp(parts.scheme, "https") == 0 ||
          (strcmp(parts.scheme, "http") == 0 && url_is_loopback(parts.host)),
      "plain http stays on this machine");
  fuzz_expect(url_same_origin(url, url), "it has its own origin");
  url_parts_free(&parts);
}

/* The part before the path decides for all paths: a client checks the first URL
   of an origin, and later ones only by their prefix. */
static void run_prefix(const char *url, const char *other)
{
  size_t length = url_origin_length(url);
  buffer second;
  if (length == 0)
    return;
  buffer_init(&second, URL_LIMIT * 2);
  if (buffer_add(&second, url, length + 1) == BUFFER_OK &&
      buffer_add_text(&second, other) == BUFFER_OK) {
    url_parts parts;
    if (url_split(second.bytes, &parts) == URL_OK) {
      url_parts_free(&parts);
      fuzz_expect(!is_fault(second.bytes), "its origin is allowed");
      fuzz_expect(url_same_origin(url, second.bytes), "the origin is the same");
    }
  }
  buffer_free(&second);
}

static void run_urls(const char *url, const char *other)
{
  fuzz_expect(url_same_origin(url, other) == url_same_origin(other, url),
              "comparing origins is symmetric");
  if (is_fault(url))
    return;
  expect_allowed(url);
  run_prefix(url, other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  char *text = malloc(size + 1), *second;
  fuzz_expect(text != NULL, "there is memory");
  if (size > 0)
    memcpy(text, data, size);
  text[size] = '\0';
  run_coding(text, size);
  run_segment(text, size);
  run_query(text, size);
  second = strchr(text, '\n');
  if (second != NULL)
    *second = '\0';
  run_template(text);
  run_urls(text, second != NULL ? second + 1 : "");
  free(text);
  return 0;
}
