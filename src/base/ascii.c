/* ascii.c - letters without regard to case, whatever the locale is */
/* SPDX-License-Identifier: MIT */
#include "base/ascii.h"

char ascii_lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int ascii_equal(const char *a, const char *b)
{
  while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
    a++;
    b++;
  }
  return ascii_lower(*a) == ascii_lower(*b);
}

int ascii_begins(const char *text, const char *start)
{
  while (*start != '\0' && ascii_lower(*text) == ascii_lower(*start)) {
    text++;
    start++;
  }
  return *start == '\0';
}
