/* sink.h - a file that receives a response's body */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_SINK_H
#define RACKSPACE_SINK_H

#include <stddef.h>

#include "base/file.h"

#pragma GCC visibility push(hidden)

/* All fields zero: no sink. */
typedef struct sink {
  char *path;          /* set by sink_set_path; NULL: bodies stay in memory */
  int is_new;          /* no file is replaced */
  file_writer *writer; /* from the first sink_write on, or NULL */
  double written;      /* bytes so far */
  const char *problem; /* why it could not be written, or NULL */
} sink;

/* Returns 0, or -1 when there is no memory. */
int sink_set_path(sink *s, const char *path);

/* Adds bytes; the first call opens the file. Returns 0, or -1. */
int sink_write(sink *s, const char *bytes, size_t length);

/* Whether bytes have gone where they can't be taken back: another attempt would
   add all of the body to them. */
int sink_is_spent(const sink *s);

/* Closes the file. `takes` tells that the response is complete and that its
   body goes to the sink: the file then gets its final name. Otherwise it is
   removed. Returns 0, or -1 when it could not be written. */
int sink_finish(sink *s, int takes);

/* Discards an incomplete file and frees the path. */
void sink_free(sink *s);

#pragma GCC visibility pop

#endif
