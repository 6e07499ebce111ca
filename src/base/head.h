/* head.h - reads the lines of a response's head */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HEAD_H
#define RACKSPACE_HEAD_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A header line, without the white space around its value. */
typedef struct head_line {
  const char *name; /* NULL: the value continues the header before */
  const char *value;
  size_t name_length, value_length;
} head_line;

/* Reads the line at *at and moves *at to the next one. Skips lines that are not
   headers. Returns 0 at the end. */
int head_next(const char **at, const char *end, head_line *line);

#pragma GCC visibility pop

#endif
