/* number.h - numbers as texts with a point, whatever the locale is */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_NUMBER_H
#define RACKSPACE_NUMBER_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* snprintf and strtod use the decimal point of the locale that the host has
   set; data does not. */

enum {
  NUMBER_SIZE = 352,      /* of a buffer for a number's text */
  NUMBER_MOST_DIGITS = 20 /* that may be asked for */
};

/* Whether a number is whole, and no other whole number is rounded to it. */
int number_is_exact(double value);

/* Writes a number as printf's "%.*g" does. */
void number_write(double value, int digits, char *text);

/* Writes a number as printf's "%.*f" does. */
void number_write_fixed(double value, int decimals, char *text);

/* Writes a number with as few digits as give the same number again. */
void number_write_exact(double value, char *text);

/* Reads a decimal number: digits, perhaps with a sign, a point and an exponent,
   of less than NUMBER_SIZE bytes. Returns 0, or -1 when the text is none. */
int number_read(const char *text, size_t length, double *value);

#pragma GCC visibility pop

#endif
