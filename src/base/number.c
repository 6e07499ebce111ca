/* number.c - numbers as texts with a point, whatever the locale is */
/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"

/* A double represents all whole numbers below this one exactly. */
static const double WHOLE_LIMIT = 9007199254740992.0;

enum { LONGEST_POINT = 16 }; /* bytes, of a locale's decimal point */

int number_is_exact(double value)
{
  return value == floor(value) && fabs(value) < WHOLE_LIMIT;
}

/* Puts a point where snprintf has put the locale's. */
static void put_point(char *text)
{
  const char *point = locale_point();
  size_t length = strlen(point);
  char *at = strstr(text, point);
  if (at == NULL)
    return;
  *at = '.';
  memmove(at + 1, at + length, strlen(at + length) + 1);
}

static int bounded(int digits)
{
  if (digits < 0)
    return 0;
  return digits > NUMBER_MOST_DIGITS ? NUMBER_MOST_DIGITS : digits;
}

void number_write(double value, int digits, char *text)
{
  snprintf(text, NUMBER_SIZE, "%.*g", bounded(digits), value);
  put_point(text);
}

void number_write_fixed(double value, int decimals, char *text)
{
  snprintf(text, NUMBER_SIZE, "%.*f", bounded(decimals), value);
  put_point(text);
}

void number_write_exact(double value, char *text)
{
  double again;
  int digits = 15;
  if (number_is_exact(value)) {
    number_write_fixed(value + 0.0, 0, text); /* no "-0" */
    return;
  }
  do
    number_write(value, digits, text);
  while (digits++ < 17 &&
         (number_read(text, strlen(text), &again) != 0 || again != value));
}

/* Returns what follows the digits at `at`. */
static const char *skip_digits(const char *at, const char *end)
{
  while (at < end && *at >= '0' && *at <= '9')
    at++;
  return at;
}

/* Returns what follows an exponent at `at`, NULL when it has no digits. */
static const char *skip_exponent(const char *at, const char *end)
{
  const char *digits;
  if (at == end || (*at != 'e' && *at != 'E'))
    return at;
  at++;
  if (at < end && (*at == '+' || *at == '-'))
    at++;
  digits = at;
  at = skip_digits(at, end);
  return at > digits ? at : NULL;
}

/* Whether a text is a decimal number; finds its point. */
static int is_number(const char *text, const char *end, const char **point)
{
  const char *digits = text < end && *text == '-' ? text + 1 : text;
  const char *at = skip_digits(digits, end);
  ptrdiff_t count = at - digits;
  *point = NULL;
  if (at < end && *at == '.') {
    *point = at;
    at = skip_digits(at + 1, end);
    count += at - *point - 1;
  }
  return count > 0 && skip_exponent(at, end) == end;
}

int number_read(const char *text, size_t length, double *value)
{
  char copy[NUMBER_SIZE + LONGEST_POINT];
  const char *point, *own = locale_point();
  size_t before, width = strlen(own);
  if (length >= NUMBER_SIZE || width > LONGEST_POINT ||
      !is_number(text, text + length, &point))
    return -1;
  before = point != NULL ? (size_t)(point - text) : length;
  memcpy(copy, text, before);
  if (point != NULL) {
    memcpy(copy + before, own, width);
    memcpy(copy + before + width, point + 1, length - before - 1);
    length += width - 1;
  }
  copy[length] = '\0';
  *value = strtod(copy, NULL);
  return 0;
}
