/* handles.h - a client's pool of libcurl handles */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HANDLES_H
#define RACKSPACE_HANDLES_H

#include <curl/curl.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

enum { HANDLES_KEPT = 64 };

/* All fields zero: an empty pool. */
typedef struct handles {
  CURL *kept[HANDLES_KEPT]; /* put there by handles_give */
  size_t count;
} handles;

/* Takes a kept handle, or makes one, with the options that all transfers have
   in common. NULL when there is no memory. */
CURL *handles_take(handles *pool);

/* Gives a handle back. `is_special` tells that it has options that not every
   transfer sets; they are removed. */
void handles_give(handles *pool, CURL *easy, int is_special);

/* Frees the kept handles. */
void handles_free(handles *pool);

#pragma GCC visibility pop

#endif
