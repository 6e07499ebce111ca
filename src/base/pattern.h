/* pattern.h - Lua's patterns, matched in a counted number of steps */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_PATTERN_H
#define RACKSPACE_PATTERN_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

enum { PATTERN_CAPTURES = 32 };

typedef enum pattern_status {
  PATTERN_FOUND,
  PATTERN_NONE,
  PATTERN_STOPPED, /* by the function that counts the steps */
  PATTERN_WRONG    /* the pattern is malformed; see `problem` */
} pattern_status;

typedef enum pattern_capture_kind {
  CAPTURE_UNFINISHED, /* the pattern lacks its closing parenthesis */
  CAPTURE_TEXT,
  CAPTURE_POSITION
} pattern_capture_kind;

typedef struct pattern_capture {
  pattern_capture_kind kind; /* set by pattern_compile */
  const char *from, *to;     /* in the subject; a position has only `from` */
} pattern_capture;

/* One element of a pattern, with its state while a match is tried. */
typedef struct pattern_item {
  unsigned char kind;
  char repeat;           /* '*', '+', '-', '?', or 0 */
  int capture;           /* of parentheses and back references */
  const char *text;      /* bytes of the pattern, or a problem */
  size_t length;         /* of the text */
  unsigned char set[32]; /* a bit for each byte */
  const char *from;      /* of a repeated item: where its bytes begin */
  size_t count;          /* and how many there are */
} pattern_item;

typedef struct pattern {
  pattern_item *items;
  size_t room;        /* of items */
  size_t count;       /* of items needed; if more than room, not usable */
  pattern_item spare; /* takes the items for which there is no room */

  pattern_capture captures[PATTERN_CAPTURES];
  int capture_count;

  const char *subject, *end;
  const char *from, *to; /* the match */
  const char *problem;   /* of a malformed pattern */

  /* Called now and then with the steps since the last call; a result other
     than 0 stops the matching. */
  int (*on_steps)(void *user, double steps);
  void *user;
  double steps; /* not yet reported; the caller may add some of its own */
} pattern;

/* Reads a pattern, whose bytes must stay as they are. A "^" in front is an
   ordinary byte. Returns the number of items; with more than room the pattern
   has to be compiled again with enough of it. */
size_t pattern_compile(pattern *p, const char *text, size_t length);

/* Makes a pattern of one item: bytes that stand for themselves. */
void pattern_compile_plain(pattern *p, const char *text, size_t length);

void pattern_set_subject(pattern *p, const char *subject, size_t length);

/* Finds the first match that begins at `from` or, unless it is anchored,
   behind it. */
pattern_status pattern_search(pattern *p, const char *from, int is_anchored);

#pragma GCC visibility pop

#endif
