/* cursor.c - follows links and markers of pages from hostile services */
/* SPDX-License-Identifier: MIT */
#include "base/cursor.h"

#include <string.h>

#include "base/url.h"
#include "fuzz.h"

#define PAGE "https://api.example.com/v1/things?"

static void expect_plain(const char *bytes, size_t length)
{
  size_t i;
  for (i = 0; i < length; i++)
    fuzz_expect(bytes[i] > 0x20 && bytes[i] < 0x7f &&
                    strchr("\"<>", bytes[i]) == NULL,
                "a query has only characters that a URL allows");
}

/* The URL of the cursor's page must be valid and of the same origin. */
static void expect_own_origin(const cursor *c)
{
  static char url[sizeof PAGE + CURSOR_QUERY_LIMIT];
  size_t room = URL_LIMIT - strlen(PAGE);
  size_t length = c->query.length < room ? c->query.length : room;
  memcpy(url, PAGE, strlen(PAGE));
  if (length > 0)
    memcpy(url + strlen(PAGE), c->query.bytes, length);
  url[strlen(PAGE) + length] = '\0';
  fuzz_expect(url_fault(url) == NULL, "a page's URL is allowed");
  fuzz_expect(url_same_origin(url, PAGE), "a page stays at its origin");
}

static void expect_sound(const cursor *c)
{
  fuzz_expect(c->query.length <= CURSOR_QUERY_LIMIT, "a query is bounded");
  fuzz_expect(c->visited_count <= CURSOR_MEMORY_SIZE, "the memory is bounded");
  fuzz_expect(c->offset >= 0, "an offset is not negative");
  expect_plain(c->query.bytes, c->query.length);
  expect_own_origin(c);
}

/* Moves the cursor as the first byte of a line says. */
static cursor_status step(cursor *c, const char *line, size_t length)
{
  if (length == 0)
    return cursor_follow_link(c, NULL, 0);
  switch (*line) {
  case 'm':
    return cursor_follow_marker(c, "marker", line + 1, length - 1);
  case 'o':
    return cursor_follow_offset(c, "offset", (double)length - 1, -1);
  case 't':
    return cursor_follow_offset(c, "offset", 2, (double)length);
  default:
    return cursor_follow_link(c, line + 1, length - 1);
  }
}

static int is_same(const buffer *a, const buffer *b)
{
  return a->length == b->length &&
         (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

/* A step that fails must leave the cursor unchanged. After one that succeeds,
   the same link must count as a loop. */
static void check_step(cursor *c, const char *line, size_t length)
{
  buffer before;
  cursor_status status;
  buffer_init(&before, CURSOR_QUERY_LIMIT);
  if (c->query.length > 0)
    buffer_add(&before, c->query.bytes, c->query.length);
  status = step(c, line, length);
  if (status != CURSOR_MORE)
    fuzz_expect(is_same(&before, &c->query),
                "a step that fails changes nothing");
  else if (*line != 'o' && *line != 't')
    fuzz_expect(step(c, line, length) == CURSOR_LOOP,
                "no page is visited twice");
  buffer_free(&before);
  expect_sound(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static cursor c;
  const char *at = (const char *)data, *end = at + size;
  const char *stop = size > 0 ? memchr(at, '\n', size) : NULL;
  int steps = 0;
  stop = stop != NULL ? stop : end;
  if (cursor_start(&c, at, (size_t)(stop - at)) == CURSOR_MORE)
    expect_sound(&c);
  while (stop < end && steps++ < 32) {
    at = stop + 1;
    stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    stop = stop != NULL ? stop : end;
    check_step(&c, at, (size_t)(stop - at));
  }
  cursor_free(&c);
  return 0;
}
