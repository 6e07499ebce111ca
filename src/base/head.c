/* head.c - reads the lines of a response's head */
/* SPDX-License-Identifier: MIT */
#include "base/head.h"

#include <string.h>

static int is_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static void trim(const char *from, const char *to, head_line *line)
{
  while (from < to && is_space(*from))
    from++;
  while (to > from && is_space(to[-1]))
    to--;
  line->value = from;
  line->value_length = (size_t)(to - from);
}

/* Returns whether the line is a header, or continues one. */
static int read_line(const char *from, const char *to, head_line *line)
{
  const char *colon = NULL;
  line->name = NULL;
  line->name_length = 0;
  if (*from != ' ' && *from != '\t') {
    colon = memchr(from, ':', (size_t)(to - from));
    if (colon == NULL)
      return 0;
    line->name = from;
    line->name_length = (size_t)(colon - from);
    from = colon + 1;
  }
  trim(from, to, line);
  return 1;
}

int head_next(const char **at, const char *end, head_line *line)
{
  int found = 0;
  while (!found && *at < end) {
    const char *from = *at;
    const char *feed = memchr(from, '\n', (size_t)(end - from));
    *at = feed != NULL ? feed + 1 : end;
    found = read_line(from, *at, line);
  }
  return found;
}
