/* buffer_units.c - units of buffer.c */
/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdlib.h>

#include "unit.h"

static void starts_empty(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, 10);
  assert_null(b.bytes);
  assert_int_equal(b.length, 0);
  assert_int_equal(b.limit, 10);
  buffer_free(&b);
}

static void keeps_every_byte(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, 100);
  assert_int_equal(buffer_add(&b, LITERAL("a\0b")), BUFFER_OK);
  assert_int_equal(buffer_add_text(&b, "cd"), BUFFER_OK);
  assert_int_equal(b.length, 5);
  assert_memory_equal(b.bytes, "a\0bcd", 6); /* and a NUL after them */
  buffer_free(&b);
}

static void adds_nothing(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, 0);
  assert_int_equal(buffer_add(&b, NULL, 0), BUFFER_OK);
  assert_int_equal(b.length, 0);
  assert_int_equal(buffer_add_text(&b, "a"), BUFFER_FULL);
  buffer_free(&b);
}

static void adds_texts_in_order(void **state)
{
  const char *texts[] = {"one", "", "two", NULL};
  buffer b;
  (void)state;
  buffer_init(&b, 100);
  assert_int_equal(buffer_add_all(&b, texts), BUFFER_OK);
  assert_string_equal(b.bytes, "onetwo");
  buffer_free(&b);
}

static void stops_at_the_first_text_too_many(void **state)
{
  const char *texts[] = {"one", "four", "x", NULL};
  buffer b;
  (void)state;
  buffer_init(&b, 5);
  assert_int_equal(buffer_add_all(&b, texts), BUFFER_FULL);
  assert_string_equal(b.bytes, "one");
  buffer_free(&b);
}

/* Whatever the limit, all of it fits, and not a byte more. */
static void fill(size_t limit, size_t step)
{
  static const char bytes[64] = {'x'};
  buffer b;
  size_t rest;
  buffer_init(&b, limit);
  while (limit - b.length >= step)
    assert_int_equal(buffer_add(&b, bytes, step), BUFFER_OK);
  rest = limit - b.length;
  assert_int_equal(buffer_add(&b, bytes, rest + 1), BUFFER_FULL);
  assert_int_equal(b.length, limit - rest);
  assert_int_equal(buffer_add(&b, bytes, rest), BUFFER_OK);
  assert_int_equal(b.length, limit);
  assert_int_equal(b.bytes[limit], '\0');
  assert_true(b.room <= limit + 257);
  buffer_free(&b);
}

static void holds_its_limit(void **state)
{
  static const size_t limits[] = {1,   2,   255, 256, 257,  300,
                                  511, 512, 513, 600, 1023, 70001};
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(limits); i++) {
    fill(limits[i], 1);
    fill(limits[i], 63);
  }
}

static void refuses_a_length_that_would_wrap(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, 10);
  assert_int_equal(buffer_add_text(&b, "abc"), BUFFER_OK);
  assert_int_equal(buffer_add(&b, "x", SIZE_MAX), BUFFER_FULL);
  assert_int_equal(buffer_add(&b, "x", SIZE_MAX - 2), BUFFER_FULL);
  assert_string_equal(b.bytes, "abc");
  buffer_free(&b);
}

/* Doubling must not run past the largest number. */
static void is_never_without_a_limit(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, SIZE_MAX);
  assert_int_equal(buffer_add(&b, "x", SIZE_MAX - 10), BUFFER_FULL);
  assert_int_equal(buffer_add_text(&b, "abc"), BUFFER_OK);
  assert_string_equal(b.bytes, "abc");
  buffer_free(&b);
}

/* An allocator that gives blocks of at most 4096 bytes. */
static void *allocate_little(void *user, void *pointer, size_t old_size,
                             size_t size)
{
  (void)user, (void)old_size;
  if (size > 0)
    return size <= 4096 ? malloc(size) : NULL;
  free(pointer);
  return NULL;
}

static void keeps_what_it_had_without_memory(void **state)
{
  static const char many[8192] = {'x'};
  buffer b;
  (void)state;
  buffer_init(&b, SIZE_MAX / 2);
  b.memory.allocate = allocate_little;
  assert_int_equal(buffer_add_text(&b, "abc"), BUFFER_OK);
  assert_int_equal(buffer_add(&b, many, sizeof many), BUFFER_MEMORY);
  assert_string_equal(b.bytes, "abc");
  assert_int_equal(buffer_add_text(&b, "d"), BUFFER_OK);
  assert_string_equal(b.bytes, "abcd");
  buffer_free(&b);
}

static void is_of_use_again_when_freed(void **state)
{
  buffer b;
  (void)state;
  buffer_init(&b, 4);
  assert_int_equal(buffer_add_text(&b, "abcd"), BUFFER_OK);
  buffer_free(&b);
  buffer_free(&b);
  assert_null(b.bytes);
  assert_int_equal(buffer_add_text(&b, "efgh"), BUFFER_OK);
  assert_int_equal(buffer_add_text(&b, "i"), BUFFER_FULL);
  assert_string_equal(b.bytes, "efgh");
  buffer_free(&b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(starts_empty),
      cmocka_unit_test(keeps_every_byte),
      cmocka_unit_test(adds_nothing),
      cmocka_unit_test(adds_texts_in_order),
      cmocka_unit_test(stops_at_the_first_text_too_many),
      cmocka_unit_test(holds_its_limit),
      cmocka_unit_test(refuses_a_length_that_would_wrap),
      cmocka_unit_test(is_never_without_a_limit),
      cmocka_unit_test(keeps_what_it_had_without_memory),
      cmocka_unit_test(is_of_use_again_when_freed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
