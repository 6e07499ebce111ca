/* date.c - dates of ISO 8601 and HTTP, and the calendar of a time */
/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"

enum { LONGEST = 64 };

/* Of a Retry-After: some 300 years. */
static const double LONGEST_WAIT = 1e10;

typedef struct reader {
  const char *at;
  const char *end;
  int ok;
} reader;

typedef struct moment {
  int year, month, day, hour, minute;
  double second;
  int offset; /* minutes east of UTC */
} moment;

static int is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits. */
static int read_number(reader *r, int least, int most)
{
  int number = 0, count = 0;
  while (r->at < r->end && count < most && is_digit(*r->at)) {
    number = number * 10 + (*r->at++ - '0');
    count++;
  }
  r->ok = r->ok && count >= least;
  return number;
}

static int accept_char(reader *r, char c)
{
  if (!r->ok || r->at >= r->end || *r->at != c)
    return 0;
  r->at++;
  return 1;
}

static void expect_char(reader *r, char c)
{
  r->ok = accept_char(r, c);
}

static double read_fraction(reader *r)
{
  double fraction = 0, unit = 0.1;
  if (!accept_char(r, '.') && !accept_char(r, ','))
    return 0;
  r->ok = r->at < r->end && is_digit(*r->at);
  for (; r->at < r->end && is_digit(*r->at); unit /= 10)
    fraction += unit * (*r->at++ - '0');
  return fraction;
}

/* Z, +hh:mm, +hhmm, +hh or nothing. */
static int read_offset(reader *r)
{
  int sign, hours, minutes = 0;
  if (accept_char(r, 'Z') || accept_char(r, 'z') || r->at >= r->end)
    return 0;
  sign = accept_char(r, '-') ? -1 : 1;
  if (sign > 0)
    expect_char(r, '+');
  hours = read_number(r, 2, 2);
  if (accept_char(r, ':') || r->at < r->end)
    minutes = read_number(r, 2, 2);
  r->ok = r->ok && hours < 24 && minutes < 60;
  return sign * (hours * 60 + minutes);
}

/* hh:mm and perhaps :ss; hhmm and perhaps ss in the basic format. Returns
   whether there were seconds. */
static int read_clock(reader *r, moment *m, int is_basic)
{
  m->hour = read_number(r, 2, 2);
  if (!is_basic)
    expect_char(r, ':');
  m->minute = read_number(r, 2, 2);
  if (is_basic ? r->at >= r->end || !is_digit(*r->at) : !accept_char(r, ':'))
    return 0;
  m->second = read_number(r, 2, 2);
  return 1;
}

/* 2018-04-04 or, in the basic format, 20180404. Returns whether it is basic. */
static int read_day(reader *r, moment *m)
{
  int is_basic;
  m->year = read_number(r, 4, 4);
  is_basic = !accept_char(r, '-');
  m->month = read_number(r, 2, 2);
  if (!is_basic)
    expect_char(r, '-');
  m->day = read_number(r, 2, 2);
  return is_basic;
}

static void read_iso(reader *r, moment *m)
{
  int is_basic;
  memset(m, 0, sizeof *m);
  is_basic = read_day(r, m);
  if (r->at >= r->end)
    return;
  if (!accept_char(r, 'T') && !accept_char(r, 't'))
    expect_char(r, ' ');
  if (read_clock(r, m, is_basic))
    m->second += read_fraction(r);
  m->offset = read_offset(r);
}

/* Whether so many letters are the same, but for their case. */
static int is_same(const char *text, const char *letters, size_t count)
{
  size_t i;
  for (i = 0; i < count; i++)
    if (ascii_lower(text[i]) != ascii_lower(letters[i]))
      return 0;
  return 1;
}

static int read_month(reader *r)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int i;
  for (i = 0; r->end - r->at >= 3 && i < 12; i++)
    if (is_same(r->at, names + i * 3, 3)) {
      r->at += 3;
      return i + 1;
    }
  r->ok = 0;
  return 0;
}

static void skip_word(reader *r)
{
  while (r->at < r->end && *r->at != ' ' && *r->at != ',')
    r->at++;
}

/* "Nov  6 08:49:37 1994", what asctime prints after the day's name. */
static void read_asctime(reader *r, moment *m)
{
  m->month = read_month(r);
  expect_char(r, ' ');
  accept_char(r, ' ');
  m->day = read_number(r, 1, 2);
  expect_char(r, ' ');
  read_clock(r, m, 0);
  expect_char(r, ' ');
  m->year = read_number(r, 4, 4);
}

/* Four digits, or the two of a year from 1970 to 2069. */
static int read_year(reader *r)
{
  const char *from = r->at;
  int year = read_number(r, 2, 4);
  r->ok = r->ok && r->at - from != 3;
  if (r->at - from == 2)
    year += year < 70 ? 2000 : 1900;
  return year;
}

/* GMT, UTC, UT, Z, or hours and minutes as in +0000. */
static void read_zone(reader *r, moment *m)
{
  static const char *const names[] = {"GMT", "UTC", "UT", "Z"};
  size_t i, length = (size_t)(r->end - r->at);
  for (i = 0; i < sizeof names / sizeof *names; i++)
    if (length == strlen(names[i]) && is_same(r->at, names[i], length)) {
      r->at = r->end;
      return;
    }
  if (length != 5)
    r->ok = 0;
  else
    m->offset = read_offset(r);
}

/* "06 Nov 1994 08:49:37 GMT", or the older "06-Nov-94 08:49:37 GMT". */
static void read_rfc(reader *r, moment *m)
{
  m->day = read_number(r, 1, 2);
  if (!accept_char(r, ' '))
    expect_char(r, '-');
  m->month = read_month(r);
  if (!accept_char(r, ' '))
    expect_char(r, '-');
  m->year = read_year(r);
  expect_char(r, ' ');
  read_clock(r, m, 0);
  expect_char(r, ' ');
  read_zone(r, m);
}

static void read_http(reader *r, moment *m)
{
  memset(m, 0, sizeof *m);
  skip_word(r);
  if (accept_char(r, ',')) {
    expect_char(r, ' ');
    read_rfc(r, m);
  } else {
    expect_char(r, ' ');
    read_asctime(r, m);
  }
}

static int days_in(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

/* 24:00:00 is the end of a day. */
static int is_possible(const moment *m)
{
  return m->year >= 1 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
         m->day <= days_in(m->year, m->month) && m->minute <= 59 &&
         m->second < 61 &&
         (m->hour <= 23 || (m->hour == 24 && m->minute == 0 && m->second == 0));
}

/* Days from 1970-01-01, in the Gregorian calendar; March begins the year so
   that the leap day ends it. */
static long days_from_1970(int year, int month, int day)
{
  long y = month > 2 ? year : year - 1;
  long era = y / 400, year_of_era = y % 400;
  long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 -
         year_of_era / 100 + day_of_year - 719468;
}

/* The opposite of days_from_1970. */
static void split_days(long days, date_parts *parts)
{
  long since = days + 719468; /* the first of March of the year 0 */
  long era = since / 146097, day = since % 146097;
  long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  long day_of_year = day - (365 * year + year / 4 - year / 100);
  long month = (5 * day_of_year + 2) / 153; /* from March, 0 */
  parts->day = (unsigned)(day_of_year - (153 * month + 2) / 5 + 1);
  parts->month = (unsigned)(month < 10 ? month + 3 : month - 9);
  parts->year = (unsigned)(era * 400 + year + (month >= 10));
}

int date_split(double seconds, date_parts *parts)
{
  double days = floor(seconds / 86400);
  long rest;
  if (!(seconds >= -62135596800.0 && seconds < 253402300800.0))
    return -1;
  rest = (long)(floor(seconds) - days * 86400);
  split_days((long)days, parts);
  parts->weekday = (unsigned)(((long)days % 7 + 11) % 7 + 1); /* 0: Thursday */
  parts->hour = (unsigned)(rest / 3600);
  parts->minute = (unsigned)(rest / 60 % 60);
  parts->second = (unsigned)(rest % 60);
  return 0;
}

static double seconds_of(const moment *m)
{
  double days = (double)days_from_1970(m->year, m->month, m->day);
  return days * 86400 + m->hour * 3600.0 + (m->minute - m->offset) * 60.0 +
         m->second;
}

int date_parse(const char *text, size_t length, double *seconds)
{
  reader r = {text, text + length, 1};
  moment m;
  if (length == 0 || length > LONGEST)
    return -1;
  if (is_digit(*text))
    read_iso(&r, &m);
  else
    read_http(&r, &m);
  if (!r.ok || r.at != r.end || !is_possible(&m))
    return -1;
  *seconds = seconds_of(&m);
  return 0;
}

/* Whether a text begins with a digit and has no exponent. */
static int is_plain(const char *text, size_t length)
{
  return length > 0 && is_digit(*text) && memchr(text, 'e', length) == NULL &&
         memchr(text, 'E', length) == NULL;
}

int date_retry_after(const char *text, size_t length, double now,
                     double *seconds)
{
  double at;
  if (is_plain(text, length) && number_read(text, length, &at) == 0) {
    *seconds = at < LONGEST_WAIT ? at : LONGEST_WAIT;
    return 0;
  }
  if (date_parse(text, length, &at) != 0)
    return -1;
  *seconds = at > now ? at - now : 0;
  return 0;
}
