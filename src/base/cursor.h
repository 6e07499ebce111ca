/* cursor.h - the query of the next page of a listing */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CURSOR_H
#define RACKSPACE_CURSOR_H

#include <stdint.h>

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

/* A cursor has the query of a page and the hashes of the pages it has visited.
   There are three ways to the next page:
     link    the page has a URL of the next one. Only its query is used, so it
             never leads to another origin.
     marker  the next page starts after the last item of this one.
     offset  the next page starts after the items counted so far.
   A page that was visited before gives CURSOR_LOOP, so that a server cannot
   make a listing endless. Where there is no next page, or it fails, the cursor
   keeps its page. */

enum { CURSOR_MEMORY_SIZE = 4096, CURSOR_QUERY_LIMIT = 65536 };

typedef enum cursor_status {
  CURSOR_MORE,     /* the cursor is at the next page */
  CURSOR_END,      /* there is no next page */
  CURSOR_LOOP,     /* the next page was visited before */
  CURSOR_TOO_LONG, /* its query exceeds CURSOR_QUERY_LIMIT */
  CURSOR_NO_MEMORY
} cursor_status;

typedef struct cursor {
  buffer query;         /* of the current page */
  double offset;        /* items before the next page, for offsets */
  size_t visited_count; /* entries of `visited` in use */
  size_t visited_next;  /* the entry to be overwritten next */
  uint64_t visited[CURSOR_MEMORY_SIZE]; /* hashes of the last pages, a ring */
} cursor;

/* Starts at a page, by its query (without the question mark). */
cursor_status cursor_start(cursor *c, const char *query, size_t length);

/* Goes to the next page by this page's link, or NULL when it has none. */
cursor_status cursor_follow_link(cursor *c, const char *href, size_t length);

/* Goes to the page after a marker, which is the query's `parameter`; NULL: this
   page has no items. */
cursor_status cursor_follow_marker(cursor *c, const char *parameter,
                                   const char *marker, size_t length);

/* Goes past the `items` of this page, of `total` in all; negative: unknown. A
   page without items is the last. One with fewer than were asked for is not:
   servers have bounds of their own. */
cursor_status cursor_follow_offset(cursor *c, const char *parameter,
                                   double items, double total);

void cursor_free(cursor *c);

#pragma GCC visibility pop

#endif
