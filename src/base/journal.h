/* journal.h - a file of one process, which grows by whole records */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_JOURNAL_H
#define RACKSPACE_JOURNAL_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A `problem` is a text that says what failed, valid until the next call; NULL
   means success. */

typedef struct journal journal;

/* The problem of a journal that another process, or this one, has open. */
extern const char journal_taken[];

/* Opens a regular file, and locks it until it is closed, also where the process
   is killed. Makes a file of mode 600 where there is none, and changes nothing
   in one that is there. NULL, and the problem, when that is not possible. */
journal *journal_open(const char *path, const char **problem);

/* Appends bytes. Where they can't be written whole, as on a full disk, the file
   is as it was before. Returns the problem. */
const char *journal_append(journal *j, const void *bytes, size_t length);

/* The length of the content in bytes, which other calls have made. */
size_t journal_length(const journal *j);

/* Cuts off what is behind the first `length` bytes. Returns the problem. */
const char *journal_cut(journal *j, size_t length);

/* Replaces the whole content at one stroke, and waits until the disk has it.
   Returns the problem; the file is as it was then. */
const char *journal_replace(journal *j, const void *bytes, size_t length);

void journal_close(journal *j);

#pragma GCC visibility pop

#endif
