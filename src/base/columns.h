/* columns.h - how many columns of a terminal a text takes */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_COLUMNS_H
#define RACKSPACE_COLUMNS_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Measures the longest beginning of a text that takes at most so many columns
   and ends between two characters as people see them (grapheme clusters).
   Returns its length in bytes and stores the columns it takes. With SIZE_MAX
   the whole text is measured. A control character takes one column, and so
   does each byte that is not part of valid UTF-8. */
size_t columns_fit(const char *text, size_t length, size_t most,
                   size_t *columns);

/* Returns the length of the longest beginning of a text that takes at most so
   many bytes and ends between two characters. */
size_t columns_cut(const char *text, size_t length, size_t most);

#pragma GCC visibility pop

#endif
