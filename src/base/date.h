/* date.h - dates of ISO 8601 and HTTP, and the calendar of a time */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_DATE_H
#define RACKSPACE_DATE_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Reads an ISO 8601 date and time (extended or basic; with or without fraction;
   Z, an offset, or nothing, which means UTC) or an HTTP date (RFC 9110, all
   three forms; also with an offset such as +0000, and in any case of letters).
   Returns 0, or -1 when the text is neither. Years 1 to 9999. */
int date_parse(const char *text, size_t length, double *seconds);

/* Reads a Retry-After: seconds from now, with or without a fraction, or a date
   (in either form above) as seconds from `now`. Never negative, and no more
   than 1e10. Returns 0, or -1. */
int date_retry_after(const char *text, size_t length, double now,
                     double *seconds);

typedef struct date_parts {
  unsigned year, month, day, hour, minute, second;
  unsigned weekday; /* 1 is Sunday */
} date_parts;

/* Splits seconds since 1970 into the parts of a date and time in UTC, whatever
   the range of time_t. Returns 0, or -1 for a time outside the years 1 to
   9999. */
int date_split(double seconds, date_parts *parts);

#pragma GCC visibility pop

#endif
