/* head.h - the lines of a response's head */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HEAD_H
#define RACKSPACE_HEAD_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A header, without the space around its value. */
typedef struct head_line {
  const char *name; /* NULL: the value goes on with the header before */
  const char *value;
  size_t name_length, value_length;
} head_line;

/* Reads the line at *at and moves on to the next; 0 when there is none. What
   is no header is passed over. */
int head_next(const char **at, const char *end, head_line *line);

#pragma GCC visibility pop

#endif
