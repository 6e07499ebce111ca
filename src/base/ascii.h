/* ascii.h - letters without regard to case, whatever the locale is */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_ASCII_H
#define RACKSPACE_ASCII_H

#pragma GCC visibility push(hidden)

/* tolower and strcasecmp follow the locale that the host has set; names in
   protocols do not. */

/* A to Z in lower case; any other byte as it is. */
char ascii_lower(char c);

/* Whether two texts are equal but for the case of A to Z. */
int ascii_equal(const char *a, const char *b);

/* Whether a text begins with another, but for the case of A to Z. */
int ascii_begins(const char *text, const char *start);

#pragma GCC visibility pop

#endif
