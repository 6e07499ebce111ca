/* date.c - parses dates and Retry-After headers */
/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include <string.h>
#include <time.h>

#include "fuzz.h"

/* The years 1 to 9999. A time zone shifts a date by less than a day. */
static const double FIRST = -62135596800.0, LAST = 253402300800.0;
static const double DAY = 86400;

/* A date that the C library formats must be parsed to the same second. */
static void expect_round_trip(double seconds)
{
  static const char *const formats[] = {"%Y-%m-%dT%H:%M:%SZ",
                                        "%a, %d %b %Y %H:%M:%S GMT",
                                        "%a %b %e %H:%M:%S %Y"};
  time_t whole = (time_t)seconds;
  struct tm utc;
  char text[64];
  double again;
  size_t i;
  fuzz_expect(gmtime_r(&whole, &utc) != NULL, "the C library knows the date");
  if (utc.tm_year < -900 || utc.tm_year > 8099)
    return; /* not four digits */
  for (i = 0; i < sizeof formats / sizeof *formats; i++) {
    size_t length = strftime(text, sizeof text, formats[i], &utc);
    fuzz_expect(date_parse(text, length, &again) == 0 && again == (double)whole,
                "a formatted date is parsed to the same second");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const double nows[] = {0, 1.7e9, 1e11, -1e11};
  const char *text = (const char *)data;
  double seconds = -1;
  size_t i;
  if (date_parse(text, size, &seconds) == 0) {
    fuzz_expect(seconds >= FIRST - DAY && seconds <= LAST + DAY,
                "a date is in the years 1 to 9999");
    expect_round_trip(seconds);
  } else {
    fuzz_expect(seconds == -1, "a failure leaves the result unchanged");
  }
  for (i = 0; i < sizeof nows / sizeof *nows; i++)
    if (date_retry_after(text, size, nows[i], &seconds) == 0)
      fuzz_expect(seconds >= 0 && seconds < 1e12, "a delay is bounded");
  return 0;
}
