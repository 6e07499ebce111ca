/* cursor_units.c - units of cursor.c */
/* SPDX-License-Identifier: MIT */
#include "base/cursor.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

/* One is too large for the stack of a small thread; all units share it. */
static cursor walk;

static int end_walk(void **state)
{
  (void)state;
  cursor_free(&walk);
  return 0;
}

static void start(const char *query)
{
  assert_int_equal(cursor_start(&walk, query, strlen(query)), CURSOR_MORE);
}

static void assert_query(const char *expected)
{
  assert_string_equal(walk.query.bytes != NULL ? walk.query.bytes : "",
                      expected);
}

static cursor_status link_to(const char *href)
{
  return cursor_follow_link(&walk, href, strlen(href));
}

static cursor_status marker(const char *value)
{
  return cursor_follow_marker(&walk, "marker", value, strlen(value));
}

/* ---- where a walk begins ------------------------------------------------ */

static void stands_at_its_first_page(void **state)
{
  (void)state;
  start("limit=50&marker=abc");
  assert_query("limit=50&marker=abc");
}

static void begins_without_a_query(void **state)
{
  (void)state;
  start("");
  assert_query("");
}

static void encodes_what_a_query_must_not_hold(void **state)
{
  (void)state;
  assert_int_equal(cursor_start(&walk, LITERAL("a=\0 \"<>\r\n\x7f\xc3\xa9#")),
                   CURSOR_MORE);
  assert_query("a=%00%20%22%3C%3E%0D%0A%7F%C3%A9#");
}

static void refuses_a_query_over_the_bound(void **state)
{
  static char query[CURSOR_QUERY_LIMIT + 1];
  (void)state;
  memset(query, 'q', sizeof query);
  assert_int_equal(cursor_start(&walk, query, sizeof query), CURSOR_TOO_LONG);
  cursor_free(&walk);
  assert_int_equal(cursor_start(&walk, query, sizeof query - 1), CURSOR_MORE);
  assert_int_equal(walk.query.length, CURSOR_QUERY_LIMIT);
}

/* ---- links ----------------------------------------------------------------
 */

static void takes_only_the_query_of_a_link(void **state)
{
  (void)state;
  start("limit=2");
  assert_int_equal(
      link_to("https://evil.example/steal?marker=b&limit=2#top?marker=c"),
      CURSOR_MORE);
  assert_query("marker=b&limit=2");
  assert_int_equal(link_to("//evil.example:8080/?marker=c"), CURSOR_MORE);
  assert_query("marker=c");
}

static void follows_relative_links(void **state)
{
  (void)state;
  start("limit=2");
  assert_int_equal(link_to("/v1/customers?marker=b"), CURSOR_MORE);
  assert_query("marker=b");
  assert_int_equal(link_to("?marker=c"), CURSOR_MORE);
  assert_query("marker=c");
  assert_int_equal(link_to("customers?marker=d?e"), CURSOR_MORE);
  assert_query("marker=d?e");
}

static void ends_without_a_link(void **state)
{
  (void)state;
  start("limit=2");
  assert_int_equal(cursor_follow_link(&walk, NULL, 0), CURSOR_END);
  assert_query("limit=2");
}

/* A link without a query is a page too: the one without a query. */
static void goes_to_the_page_without_a_query_once(void **state)
{
  (void)state;
  start("limit=2");
  assert_int_equal(link_to("https://example.com/v1/customers"), CURSOR_MORE);
  assert_query("");
  assert_int_equal(link_to("https://example.com/v1/others"), CURSOR_LOOP);
}

static void sees_a_link_to_its_own_page(void **state)
{
  (void)state;
  start("limit=2&marker=a");
  assert_int_equal(link_to("/v1?limit=2&marker=a"), CURSOR_LOOP);
}

/* The marker tells a page, whatever else stands in the query. */
static void sees_a_marker_again(void **state)
{
  (void)state;
  start("limit=2");
  assert_int_equal(link_to("?marker=a&limit=2"), CURSOR_MORE);
  assert_int_equal(link_to("?marker=b&limit=2"), CURSOR_MORE);
  assert_int_equal(link_to("?limit=3&marker=a&x=y"), CURSOR_LOOP);
  assert_query("marker=b&limit=2");
}

static void sees_a_cycle_of_three(void **state)
{
  (void)state;
  start("page=1");
  assert_int_equal(link_to("?page=2"), CURSOR_MORE);
  assert_int_equal(link_to("?page=3"), CURSOR_MORE);
  assert_int_equal(link_to("?page=1"), CURSOR_LOOP);
}

static void tells_an_empty_marker_from_none(void **state)
{
  (void)state;
  start("marker=&limit=1");
  assert_int_equal(link_to("?limit=1"), CURSOR_MORE);
  assert_int_equal(link_to("?limit=2&marker="), CURSOR_LOOP);
}

static void keeps_its_page_when_a_link_is_too_long(void **state)
{
  static char href[CURSOR_QUERY_LIMIT + 2];
  (void)state;
  memset(href, 'q', sizeof href);
  href[0] = '?';
  start("limit=2");
  assert_int_equal(cursor_follow_link(&walk, href, sizeof href),
                   CURSOR_TOO_LONG);
  assert_query("limit=2");
  assert_int_equal(cursor_follow_link(&walk, href, sizeof href),
                   CURSOR_TOO_LONG);
}

/* Each byte of it is sent as three. */
static void counts_the_query_as_it_is_sent(void **state)
{
  static char href[30001];
  (void)state;
  memset(href, ' ', sizeof href);
  href[0] = '?';
  start("limit=2");
  assert_int_equal(cursor_follow_link(&walk, href, sizeof href),
                   CURSOR_TOO_LONG);
  assert_int_equal(cursor_follow_link(&walk, href, 21846), CURSOR_MORE);
  assert_int_equal(walk.query.length, 65535);
}

/* ---- markers --------------------------------------------------------------
 */

static void sets_the_marker(void **state)
{
  (void)state;
  start("limit=50");
  assert_int_equal(marker("RCN-1 2/3:\xc3\xa9"), CURSOR_MORE);
  assert_query("limit=50&marker=RCN-1%202%2F3%3A%C3%A9");
  assert_int_equal(marker("b"), CURSOR_MORE);
  assert_query("limit=50&marker=b");
}

static void replaces_the_marker_where_it_stands(void **state)
{
  (void)state;
  start("marker=a&limit=50&markers=x&xmarker=y&marker=z&flag&=");
  assert_int_equal(marker("b"), CURSOR_MORE);
  assert_query("limit=50&markers=x&xmarker=y&flag&=&marker=b");
}

static void begins_a_query_with_its_marker(void **state)
{
  (void)state;
  start("");
  assert_int_equal(marker("b"), CURSOR_MORE);
  assert_query("marker=b");
}

static void names_the_parameter_as_told(void **state)
{
  (void)state;
  start("n=1&startAfter=a");
  assert_int_equal(cursor_follow_marker(&walk, "startAfter", LITERAL("b")),
                   CURSOR_MORE);
  assert_query("n=1&startAfter=b");
  assert_int_equal(cursor_follow_marker(&walk, "startAfter", LITERAL("a")),
                   CURSOR_LOOP);
}

static void ends_without_a_marker(void **state)
{
  (void)state;
  start("limit=50");
  assert_int_equal(cursor_follow_marker(&walk, "marker", NULL, 0), CURSOR_END);
}

static void sees_the_same_marker_at_once(void **state)
{
  (void)state;
  start("limit=50&marker=a");
  assert_int_equal(marker("a"), CURSOR_LOOP);
  assert_query("limit=50&marker=a");
}

static cursor_status numbered_marker(int number)
{
  char text[16];
  snprintf(text, sizeof text, "m%d", number);
  return marker(text);
}

/* The page where the walk begins is the first that is remembered. */
static void remembers_4096_pages(void **state)
{
  int i;
  (void)state;
  start("marker=m0");
  for (i = 1; i < CURSOR_MEMORY_SIZE; i++)
    assert_int_equal(numbered_marker(i), CURSOR_MORE);
  assert_int_equal(numbered_marker(0), CURSOR_LOOP);
  assert_int_equal(numbered_marker(CURSOR_MEMORY_SIZE - 1), CURSOR_LOOP);
}

static void forgets_the_first_for_the_4097th(void **state)
{
  int i;
  (void)state;
  start("marker=m0");
  for (i = 1; i <= CURSOR_MEMORY_SIZE; i++)
    assert_int_equal(numbered_marker(i), CURSOR_MORE);
  assert_int_equal(numbered_marker(1), CURSOR_LOOP);
  assert_int_equal(numbered_marker(0), CURSOR_MORE);
  assert_int_equal(numbered_marker(1), CURSOR_MORE);
  assert_int_equal(numbered_marker(3), CURSOR_LOOP);
}

static void refuses_a_marker_of_a_megabyte(void **state)
{
  enum { MEGABYTE = 1048576 };
  char *bytes = malloc(MEGABYTE);
  (void)state;
  assert_non_null(bytes);
  memset(bytes, 'm', MEGABYTE);
  start("limit=50");
  assert_int_equal(cursor_follow_marker(&walk, "marker", bytes, MEGABYTE),
                   CURSOR_TOO_LONG);
  assert_query("limit=50");
  assert_int_equal(marker("b"), CURSOR_MORE);
  free(bytes);
}

/* ---- offsets --------------------------------------------------------------
 */

static cursor_status offset(double items, double total)
{
  return cursor_follow_offset(&walk, "offset", items, total);
}

static void stops_where_the_total_is_reached(void **state)
{
  (void)state;
  start("size=50");
  assert_int_equal(offset(50, 100), CURSOR_MORE);
  assert_query("size=50&offset=50");
  assert_int_equal(offset(50, 100), CURSOR_END);
}

static void asks_for_the_last_item(void **state)
{
  (void)state;
  start("size=50");
  assert_int_equal(offset(50, 101), CURSOR_MORE);
  assert_int_equal(offset(50, 101), CURSOR_MORE);
  assert_query("size=50&offset=100");
  assert_int_equal(offset(1, 101), CURSOR_END);
}

/* A short page may be one that the server cut. */
static void goes_on_after_a_short_page_without_a_total(void **state)
{
  (void)state;
  start("size=50");
  assert_int_equal(offset(50, -1), CURSOR_MORE);
  assert_int_equal(offset(49, -1), CURSOR_MORE);
  assert_query("size=50&offset=99");
  assert_int_equal(offset(0, -1), CURSOR_END);
}

static void stops_at_an_empty_page(void **state)
{
  (void)state;
  start("size=50");
  assert_int_equal(offset(0, 1000), CURSOR_END);
  assert_int_equal(offset(-5, 1000), CURSOR_END);
  assert_int_equal(offset(0, -1), CURSOR_END);
}

/* A server that sends fewer than asked for, but says there are more. */
static void goes_on_by_what_came(void **state)
{
  (void)state;
  start("size=50&offset=100");
  assert_int_equal(offset(30, 1000), CURSOR_MORE);
  assert_query("size=50&offset=130");
}

static void begins_where_the_query_says(void **state)
{
  (void)state;
  start("offset=950&size=50");
  assert_int_equal(offset(50, 1000), CURSOR_END);
}

static void writes_large_offsets_as_whole_numbers(void **state)
{
  (void)state;
  start("offset=123456789012345&size=50");
  assert_int_equal(offset(50, -1), CURSOR_MORE);
  assert_query("size=50&offset=123456789012395");
}

/* What is no whole number counts as none: the walk begins at the start. */
static void reads_only_digits_as_an_offset(void **state)
{
  static const char *const values[] = {
      "",    "inf", "nan",  "1e9", "0x10",
      "-50", "5.5", " 100", "12a", "1234567890123456",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(values); i++) {
    char query[64];
    snprintf(query, sizeof query, "offset=%s", values[i]);
    start(query);
    assert_int_equal(offset(50, -1), CURSOR_MORE);
    assert_query("offset=50");
    cursor_free(&walk);
  }
}

static void reads_an_offset_to_the_query_s_end(void **state)
{
  (void)state;
  assert_int_equal(cursor_start(&walk, "offset=1099", strlen("offset=10")),
                   CURSOR_MORE);
  assert_int_equal(offset(50, -1), CURSOR_MORE);
  assert_query("offset=60");
}

static void counts_no_impossible_items(void **state)
{
  (void)state;
  start("size=50");
  assert_int_equal(offset((double)NAN, -1), CURSOR_END);
  assert_int_equal(offset((double)INFINITY, -1), CURSOR_END);
  assert_int_equal(offset(1e300, -1), CURSOR_END);
}

static void is_free_of_its_page_when_freed(void **state)
{
  (void)state;
  start("limit=2");
  cursor_free(&walk);
  assert_null(walk.query.bytes);
}

#define UNIT(function) cmocka_unit_test_teardown(function, end_walk)

int main(void)
{
  const struct CMUnitTest tests[] = {
      UNIT(stands_at_its_first_page),
      UNIT(begins_without_a_query),
      UNIT(encodes_what_a_query_must_not_hold),
      UNIT(refuses_a_query_over_the_bound),
      UNIT(takes_only_the_query_of_a_link),
      UNIT(follows_relative_links),
      UNIT(ends_without_a_link),
      UNIT(goes_to_the_page_without_a_query_once),
      UNIT(sees_a_link_to_its_own_page),
      UNIT(sees_a_marker_again),
      UNIT(sees_a_cycle_of_three),
      UNIT(tells_an_empty_marker_from_none),
      UNIT(keeps_its_page_when_a_link_is_too_long),
      UNIT(counts_the_query_as_it_is_sent),
      UNIT(sets_the_marker),
      UNIT(replaces_the_marker_where_it_stands),
      UNIT(begins_a_query_with_its_marker),
      UNIT(names_the_parameter_as_told),
      UNIT(ends_without_a_marker),
      UNIT(sees_the_same_marker_at_once),
      UNIT(remembers_4096_pages),
      UNIT(forgets_the_first_for_the_4097th),
      UNIT(refuses_a_marker_of_a_megabyte),
      UNIT(stops_where_the_total_is_reached),
      UNIT(asks_for_the_last_item),
      UNIT(goes_on_after_a_short_page_without_a_total),
      UNIT(stops_at_an_empty_page),
      UNIT(goes_on_by_what_came),
      UNIT(begins_where_the_query_says),
      UNIT(writes_large_offsets_as_whole_numbers),
      UNIT(reads_only_digits_as_an_offset),
      UNIT(reads_an_offset_to_the_query_s_end),
      UNIT(counts_no_impossible_items),
      UNIT(is_free_of_its_page_when_freed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
