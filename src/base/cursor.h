/* cursor.h - where a walk over pages stands, and whether it may go on */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CURSOR_H
#define RACKSPACE_CURSOR_H

#include <stdint.h>

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

/* A cursor holds the query of the next page and the hashes of the markers it
   has been at. It knows three ways of going on:
     link    the page carries a URL of the next one. Only its query is taken,
             whatever origin it names: it is for the walker's own origin.
     marker  the next page begins after the last item of this one.
     offset  the next page begins where the items counted so far end.
   A marker (or a query without one) that was met before ends the walk with
   CURSOR_LOOP: a server that goes round must not be followed for ever. Where
   it can't go on, for whatever reason, a cursor stays at its page. */

enum { CURSOR_MEMORY_SIZE = 4096, CURSOR_QUERY_LIMIT = 65536 };

typedef enum cursor_status {
  CURSOR_MORE, /* there is a next page; its query is in `query` */
  CURSOR_END,
  CURSOR_LOOP,     /* the next page was met before */
  CURSOR_TOO_LONG, /* its query passes CURSOR_QUERY_LIMIT */
  CURSOR_NO_MEMORY
} cursor_status;

typedef struct cursor {
  buffer query;
  double offset; /* items before the next page (offset style) */
  size_t seen_count;
  size_t seen_at;                    /* where the oldest hash is */
  uint64_t seen[CURSOR_MEMORY_SIZE]; /* the last markers' hashes, a ring */
} cursor;

/* Begins a walk at a page's query (without the question mark). */
cursor_status cursor_start(cursor *c, const char *query, size_t length);

/* Goes on by the next link of a page; NULL for a page without one. */
cursor_status cursor_follow_link(cursor *c, const char *href, size_t length);

/* Goes on after a marker; `parameter` names it in the query. */
cursor_status cursor_follow_marker(cursor *c, const char *parameter,
                                   const char *marker, size_t length);

/* Goes on by `items`, of `total` in all (negative: not known, and a page
   shorter than `size` is the last). */
cursor_status cursor_follow_offset(cursor *c, const char *parameter,
                                   double items, double size, double total);

void cursor_free(cursor *c);

#pragma GCC visibility pop

#endif
