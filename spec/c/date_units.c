/* date_units.c - units of date.c; the numbers are those of `date -u +%s` */
/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include <stdio.h>

#include "unit.h"

typedef struct moment {
  const char *text;
  double seconds;
} moment;

/* From a copy that goes on with digits, which are no part of the text. */
static int parse(const char *text, double *seconds)
{
  char copy[256];
  size_t length = strlen(text);
  memset(copy, '1', sizeof copy);
  snprintf(copy, sizeof copy, "%s", text);
  copy[length] = '1';
  return date_parse(copy, length, seconds);
}

static void assert_moments(const moment *moments, size_t count)
{
  size_t i;
  for (i = 0; i < count; i++) {
    double seconds = 12345;
    if (parse(moments[i].text, &seconds) != 0)
      fail_msg("%s is refused", moments[i].text);
    if (!(seconds - moments[i].seconds < 1e-6 &&
          moments[i].seconds - seconds < 1e-6))
      fail_msg("%s: %f and not %f", moments[i].text, seconds,
               moments[i].seconds);
  }
}

static void assert_refused(const char *const texts[], size_t count)
{
  size_t i;
  for (i = 0; i < count; i++) {
    double seconds = 12345;
    if (parse(texts[i], &seconds) == 0)
      fail_msg("%s is taken for %f", texts[i], seconds);
    assert_true(seconds == 12345);
  }
}

static void reads_days(void **state)
{
  static const moment moments[] = {
      {"1970-01-01", 0},
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2023-12-31T23:59:59Z", 1704067199},
      {"2038-01-19T03:14:08Z", 2147483648.0},
      {"0001-01-01", -62135596800.0},
      {"0999-06-01T01:02:03Z", -30628709877.0},
      {"9999-12-31T23:59:59Z", 253402300799.0},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void knows_leap_years(void **state)
{
  static const moment moments[] = {
      {"1600-02-29", -11670998400.0}, {"1900-02-28", -2203977600.0},
      {"1900-03-01", -2203891200.0},  {"2000-02-29", 951782400},
      {"2000-03-01", 951868800},      {"2016-02-29T12:34:56Z", 1456749296},
      {"2024-02-29", 1709164800},     {"2100-02-28", 4107456000.0},
      {"2100-03-01", 4107542400.0},   {"2400-02-29", 13574563200.0},
  };
  static const char *const refused[] = {
      "1900-02-29", "2001-02-29", "2100-02-29", "2023-02-29", "2000-02-30",
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
  assert_refused(refused, COUNT(refused));
}

static void reads_offsets(void **state)
{
  static const moment moments[] = {
      {"2012-06-14T10:42:42-05:00", 1339688562},
      {"2012-06-14T10:42:42-0500", 1339688562},
      {"2012-06-14T10:42:42-05", 1339688562},
      {"2012-06-14T10:42:42+05:30", 1339650762},
      {"2012-06-14T10:42:42+0530", 1339650762},
      {"2024-12-31T23:30:00-01:00", 1735691400},
      {"2012-06-14T15:42:42", 1339688562},
      {"2012-06-14 15:42:42", 1339688562},
      {"2012-06-14t15:42:42z", 1339688562},
      {"1970-01-01T00:00:00-00:00", 0},
      {"0001-01-01T00:00:00+23:59", -62135596800.0 - 86340},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void reads_fractions(void **state)
{
  static const moment moments[] = {
      {"2012-06-14T15:42:42.5Z", 1339688562.5},
      {"2012-06-14T15:42:42.123456Z", 1339688562.123456},
      {"2012-06-14T15:42:42,25-00:00", 1339688562.25},
      {"2012-06-14T10:42:42.000-05:00", 1339688562},
      {"1969-12-31T23:59:59.75Z", -0.25},
      {"1970-01-01T00:00:00.00000000000000000000000000000000000Z", 0},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void reads_the_basic_format(void **state)
{
  static const moment moments[] = {
      {"20180404T123000Z", 1522845000},   {"20180404T123000.5", 1522845000.5},
      {"20180404T1230Z", 1522845000},     {"20180404T123000+0530", 1522825200},
      {"20180404t123000-05", 1522863000}, {"20180404", 1522800000},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void reads_the_end_of_a_day(void **state)
{
  static const moment moments[] = {
      {"2024-02-28T24:00:00Z", 1709164800},
      {"2024-02-28T24:00", 1709164800},
      {"20240228T240000Z", 1709164800},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void reads_minutes_without_seconds(void **state)
{
  static const moment moments[] = {
      {"2013-05-17T07:14", 1368774840},
      {"2013-05-17T07:14Z", 1368774840},
      {"2013-05-17T02:14-05:00", 1368774840},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

/* The second after 23:59:59 that was put in before 2017. */
static void reads_a_leap_second(void **state)
{
  static const moment moments[] = {
      {"2016-12-31T23:59:60Z", 1483228800},
      {"2016-12-31T23:59:60.5Z", 1483228800.5},
      {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void refuses_days_that_never_were(void **state)
{
  static const char *const refused[] = {
      "0000-01-01",
      "2024-00-01",
      "2024-13-01",
      "2024-01-00",
      "2024-01-32",
      "2024-04-31",
      "2024-01-01T24:00:01",
      "2024-01-01T24:00:00.5",
      "2024-01-01T24:01:00",
      "2024-01-01T25:00:00",
      "2024-01-01T23:60:00",
      "2024-01-01T23:59:61",
      "2024-01-01T23:59:99",
      "2024-01-01T00:00+24:00",
      "2024-01-01T00:00+00:60",
  };
  (void)state;
  assert_refused(refused, COUNT(refused));
}

static void refuses_what_is_no_date(void **state)
{
  static const char *const refused[] = {
      "",
      " ",
      "now",
      "2024",
      "2024-01",
      "2024-1-1",
      "24-01-01",
      "202401",
      "2024-0101",
      "20240101T00:00:00",
      "2024-01-01T000000",
      "2024/01/01",
      "2024-01-01T",
      "2024-01-01T1:00",
      "2024-01-01T10",
      "2024-01-01T10:1",
      "2024-01-01T10:00:",
      "2024-01-01T10:00:00.",
      "2024-01-01T10:00:00.Z",
      "2024-01-01T10:00:00ZZ",
      "2024-01-01T10:00:00Z ",
      " 2024-01-01",
      "2024-01-01 ",
      "2024-01-01Z",
      "2024-01-01X10:00:00",
      "2024-01-01T10:00:00+",
      "2024-01-01T10:00:00+5",
      "2024-01-01T10:00:00+05:",
      "2024-01-01T10:00:00+05:3",
      "2024-01-01T10:00:00 05:00",
      "2024-01-01T10:00:00+05:30x",
      "-2024-01-01",
      "12024-01-01",
      "2024-01-01T10:00:00.00000000000000000000000000000000000000000000Z",
  };
  (void)state;
  assert_refused(refused, COUNT(refused));
}

/* Half a minute to ISO 8601; nobody means it, so it is not guessed at. */
static void refuses_a_fraction_of_a_minute(void **state)
{
  static const char *const refused[] = {
      "2024-01-01T10:00.5", "2024-01-01T10:00,5Z", "2024-01-01T10:00.5+01:00"};
  (void)state;
  assert_refused(refused, COUNT(refused));
}

static void reads_the_three_http_forms(void **state)
{
  static const moment moments[] = {
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
      {"Sun Nov  6 08:49:37 1994", 784111777},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Thursday, 01-Jan-70 00:00:00 GMT", 0},
      {"Tuesday, 01-Jan-69 00:00:00 GMT", 3124224000.0},
      {"Thu Feb 29 00:00:00 2024", 1709164800},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799.0},
  };
  (void)state;
  assert_moments(moments, COUNT(moments));
}

static void refuses_other_http_forms(void **state)
{
  static const char *const refused[] = {
      "Sun, 06 Nov 1994 08:49:37",
      "Sun, 06 Nov 1994 08:49:37 ",
      "Sun, 06 Nov 1994 08:49:37 GM",
      "Sun, 06 Nov 1994 08:49:37 EST",
      "Sun, 06 Nov 1994 08:49:37 GMT ",
      "Sun, 06 Nov 1994 08:49:37 +00",
      "Sun, 06 Nov 1994 08:49:37 0000",
      "Sun,06 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nox 1994 08:49:37 GMT",
      "Sun, 31 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 0094 08:49:37 GMT x",
      "Sun, 06 Nov 19945 08:49:37 GMT",
      "Sun, 06 Nov 994 08:49:37 GMT",
      "Sun, 6 N",
      "Sun,",
      "Sun",
      "Sun Nov  6 08:49:37",
      "Sun Nov  6 08:49:37 94",
      "Sun Nov  6 08:49:37 1994 GMT",
      "06 Nov 1994 08:49:37 GMT",
  };
  (void)state;
  assert_refused(refused, COUNT(refused));
}

static void assert_waits(const char *text, double now, double expected)
{
  double seconds = -1;
  assert_int_equal(date_retry_after(text, strlen(text), now, &seconds), 0);
  assert_true(seconds == expected);
}

static void reads_retry_after(void **state)
{
  (void)state;
  assert_waits("0", 0, 0);
  assert_waits("120", 1e9, 120);
  assert_waits("007", 0, 7);
  assert_waits("9999999999", 0, 9999999999.0);
  assert_waits("99999999999999999999", 0, 1e10);
  assert_waits("30.5", 0, 30.5);
  assert_waits("120.000", 0, 120);
  assert_waits("Sun, 06 Nov 1994 08:49:37 GMT", 784111770, 7);
  assert_waits("Sunday, 06-Nov-94 08:49:37 GMT", 784111776.5, 0.5);
  assert_waits("2012-06-14T10:42:42-05:00", 1339688500, 62);
}

static void never_waits_for_the_past(void **state)
{
  (void)state;
  assert_waits("Sun, 06 Nov 1994 08:49:37 GMT", 784111777, 0);
  assert_waits("Sun, 06 Nov 1994 08:49:37 GMT", 784111778, 0);
  assert_waits("1970-01-01T00:00:00Z", 1e9, 0);
}

static void refuses_other_retry_after(void **state)
{
  static const char *const refused[] = {
      "", "-1", "+5", "1,5", " 5", "5 ", "5s", "soon", "1.2.3", "1e9", "0x10",
  };
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(refused); i++) {
    double seconds = -1;
    assert_int_equal(
        date_retry_after(refused[i], strlen(refused[i]), 0, &seconds), -1);
    assert_true(seconds == -1);
  }
}

static void stops_at_the_length(void **state)
{
  double seconds;
  (void)state;
  assert_int_equal(date_retry_after("1234", 2, 0, &seconds), 0);
  assert_true(seconds == 12);
  assert_int_equal(date_parse("1970-01-02T10:00:00Z", 10, &seconds), 0);
  assert_true(seconds == 86400);
  assert_int_equal(date_parse(LITERAL("1970-01-02\0"), &seconds), -1);
}

/* Times from the year 1 to 9999, 13 days and some seconds apart. */
static void splits_what_it_reads(void **state)
{
  const double first = -62135596800.0, step = 13 * 86400 + 4321;
  const int count = (int)((253402300800.0 - first) / step);
  date_parts parts;
  char text[32];
  int i;
  (void)state;
  for (i = 0; i < count; i++) {
    double seconds = first + i * step, again;
    assert_int_equal(date_split(seconds + 0.5, &parts), 0);
    snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02uZ", parts.year,
             parts.month, parts.day, parts.hour, parts.minute, parts.second);
    assert_int_equal(date_parse(text, strlen(text), &again), 0);
    if (again != seconds)
      fail_msg("%s: %f and not %f", text, again, seconds);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_days),
      cmocka_unit_test(knows_leap_years),
      cmocka_unit_test(reads_offsets),
      cmocka_unit_test(reads_fractions),
      cmocka_unit_test(reads_minutes_without_seconds),
      cmocka_unit_test(reads_the_basic_format),
      cmocka_unit_test(reads_the_end_of_a_day),
      cmocka_unit_test(reads_a_leap_second),
      cmocka_unit_test(refuses_days_that_never_were),
      cmocka_unit_test(refuses_what_is_no_date),
      cmocka_unit_test(refuses_a_fraction_of_a_minute),
      cmocka_unit_test(reads_the_three_http_forms),
      cmocka_unit_test(refuses_other_http_forms),
      cmocka_unit_test(reads_retry_after),
      cmocka_unit_test(never_waits_for_the_past),
      cmocka_unit_test(refuses_other_retry_after),
      cmocka_unit_test(stops_at_the_length),
      cmocka_unit_test(splits_what_it_reads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
