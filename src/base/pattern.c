/* pattern.c - Lua's patterns, matched in a counted number of steps */
/* SPDX-License-Identifier: MIT */
#include "base/pattern.h"

#include <ctype.h>
#include <string.h>

/* A pattern is a row of items without alternatives or nested repetition. So
   nothing but the repeated items can match in more than one way, each is in use
   once at most, and an item's own `from` and `count` are all that has to be
   known to try its next way: matching needs neither recursion nor a stack. */

enum {
  ITEM_TEXT,     /* bytes that stand for themselves */
  ITEM_ANY,      /* . */
  ITEM_BYTE,     /* a repeated byte */
  ITEM_CLASS,    /* %a */
  ITEM_SET,      /* [a-z] */
  ITEM_OPEN,     /* ( */
  ITEM_CLOSE,    /* ) */
  ITEM_POSITION, /* () */
  ITEM_BACK,     /* %1 */
  ITEM_BALANCE,  /* %b() */
  ITEM_FRONTIER, /* %f[a-z] */
  ITEM_END,      /* $ */
  ITEM_WRONG     /* the pattern is malformed here */
};

enum {
  REPORT = 1024,      /* steps between two reports */
  BYTES_PER_STEP = 16 /* of comparisons by the C library */
};

/* ---- classes ------------------------------------------------------------ */

static int class_has(int letter, int c)
{
  int has;
  switch (tolower(letter)) {
  case 'a':
    has = isalpha(c);
    break;
  case 'c':
    has = iscntrl(c);
    break;
  case 'd':
    has = isdigit(c);
    break;
  case 'g':
    has = isgraph(c);
    break;
  case 'l':
    has = islower(c);
    break;
  case 'p':
    has = ispunct(c);
    break;
  case 's':
    has = isspace(c);
    break;
  case 'u':
    has = isupper(c);
    break;
  case 'w':
    has = isalnum(c);
    break;
  case 'x':
    has = isxdigit(c);
    break;
  case 'z':
    has = c == 0;
    break;
  default:
    return letter == c;
  }
  return isupper(letter) ? !has : has != 0;
}

static int set_has(const unsigned char *set, int c)
{
  return set[c >> 3] >> (c & 7) & 1;
}

static void set_add(unsigned char *set, int c)
{
  set[c >> 3] |= (unsigned char)(1 << (c & 7));
}

/* `seen` has the classes that are in the set already. */
static void add_class(unsigned char *set, unsigned char *seen, int letter)
{
  int c;
  if (set_has(seen, letter))
    return;
  set_add(seen, letter);
  if (!isalpha(letter)) {
    set_add(set, letter);
    return;
  }
  for (c = 0; c < 256; c++)
    if (class_has(letter, c))
      set_add(set, c);
}

/* Reads what is between "[" and "]"; `to` is the place of the latter. */
static void read_set(unsigned char *set, const char *at, const char *to)
{
  unsigned char seen[32] = {0};
  int i, c, is_negated = *at == '^';
  memset(set, 0, 32);
  at += is_negated;
  while (at < to) {
    if (*at == '%') {
      add_class(set, seen, (unsigned char)at[1]);
      at += 2;
    } else if (to - at > 2 && at[1] == '-') {
      for (c = (unsigned char)at[0]; c <= (unsigned char)at[2]; c++)
        set_add(set, c);
      at += 3;
    } else {
      set_add(set, (unsigned char)*at++);
    }
  }
  for (i = 0; is_negated && i < 32; i++)
    set[i] = (unsigned char)~set[i];
}

/* ---- compiling ---------------------------------------------------------- */

static pattern_item *add_item(pattern *p, int kind)
{
  pattern_item *item = p->count < p->room ? &p->items[p->count] : &p->spare;
  p->count++;
  item->kind = (unsigned char)kind;
  item->repeat = 0;
  return item;
}

/* The problem counts once a match comes as far as here, as in Lua. */
static const char *add_problem(pattern *p, const char *problem)
{
  add_item(p, ITEM_WRONG)->text = problem;
  return NULL;
}

/* Returns the end of a set that begins at `at`, behind its "]", or NULL. */
static const char *end_of_set(const char *at, const char *end)
{
  at += 1 + (at + 1 < end && at[1] == '^');
  do {
    if (at >= end)
      return NULL;
    at += *at == '%' && at + 1 < end ? 2 : 1;
  } while (at >= end || *at != ']');
  return at + 1;
}

/* An ordinary byte is added to the text in front of it. */
static void add_byte(pattern *p, const char *at)
{
  pattern_item *last = p->count == 0         ? NULL
                       : p->count <= p->room ? &p->items[p->count - 1]
                                             : &p->spare;
  if (last == NULL || last->kind != ITEM_TEXT ||
      last->text + last->length != at) {
    last = add_item(p, ITEM_TEXT);
    last->text = at;
    last->length = 0;
  }
  last->length++;
}

static int is_class(const char *at)
{
  return *at == '%' && strchr("acdglpsuwxz", tolower((unsigned char)at[1])) &&
         at[1] != '\0';
}

/* An item that matches one byte, whose text is between `at` and `to`, and what
   repeats it. Returns the place behind both. */
static const char *add_single(pattern *p, const char *at, const char *to,
                              const char *end)
{
  const char *byte = *at == '%' ? at + 1 : at;
  int is_repeated =
      to < end && (*to == '*' || *to == '+' || *to == '-' || *to == '?');
  pattern_item *item;
  if (*at == '[') {
    item = add_item(p, ITEM_SET);
    read_set(item->set, at + 1, to - 1);
    p->steps += (double)(to - at);
  } else if (*at == '.') {
    item = add_item(p, ITEM_ANY);
  } else if (is_class(at)) {
    item = add_item(p, ITEM_CLASS);
  } else if (is_repeated) {
    item = add_item(p, ITEM_BYTE);
  } else {
    add_byte(p, byte);
    return to;
  }
  item->text = byte;
  item->repeat = is_repeated ? *to : 0;
  return to + is_repeated;
}

static const char *add_class_or_byte(pattern *p, const char *at,
                                     const char *end)
{
  const char *to = at + 1;
  if (*at == '%' && at + 1 == end)
    return add_problem(p, "malformed pattern (ends with '%')");
  if (*at == '%')
    to = at + 2;
  else if (*at == '[')
    to = end_of_set(at, end);
  if (to == NULL)
    return add_problem(p, "malformed pattern (missing ']')");
  return add_single(p, at, to, end);
}

static const char *add_open(pattern *p, const char *at, const char *end)
{
  int is_position = at + 1 < end && at[1] == ')';
  if (p->capture_count == PATTERN_CAPTURES)
    return add_problem(p, "too many captures");
  add_item(p, is_position ? ITEM_POSITION : ITEM_OPEN)->capture =
      p->capture_count;
  p->captures[p->capture_count++].kind =
      is_position ? CAPTURE_POSITION : CAPTURE_UNFINISHED;
  return at + 1 + is_position;
}

static const char *add_close(pattern *p, const char *at)
{
  int capture = p->capture_count - 1;
  while (capture >= 0 && p->captures[capture].kind != CAPTURE_UNFINISHED)
    capture--;
  if (capture < 0)
    return add_problem(p, "invalid pattern capture");
  add_item(p, ITEM_CLOSE)->capture = capture;
  p->captures[capture].kind = CAPTURE_TEXT;
  return at + 1;
}

/* %1 and the like, at the digit. */
static const char *add_back(pattern *p, const char *at)
{
  int capture = *at - '1';
  if (capture < 0 || capture >= p->capture_count ||
      p->captures[capture].kind == CAPTURE_UNFINISHED)
    return add_problem(p, "invalid capture index");
  add_item(p, ITEM_BACK)->capture = capture;
  return at + 1;
}

/* %bxy, at the b. */
static const char *add_balance(pattern *p, const char *at, const char *end)
{
  if (end - at < 3)
    return add_problem(p, "malformed pattern (missing arguments to '%b')");
  add_item(p, ITEM_BALANCE)->text = at + 1;
  return at + 3;
}

/* %f[set], at the f. */
static const char *add_frontier(pattern *p, const char *at, const char *end)
{
  const char *to;
  if (at + 1 == end || at[1] != '[')
    return add_problem(p, "missing '[' after '%f' in pattern");
  to = end_of_set(at + 1, end);
  if (to == NULL)
    return add_problem(p, "malformed pattern (missing ']')");
  read_set(add_item(p, ITEM_FRONTIER)->set, at + 2, to - 1);
  return to;
}

/* Adds the item at `at` and returns the place behind it; NULL when the pattern
   is malformed there. */
static const char *add_next(pattern *p, const char *at, const char *end)
{
  const char next = (char)(at + 1 < end ? at[1] : '\0');
  if (*at == '(')
    return add_open(p, at, end);
  if (*at == ')')
    return add_close(p, at);
  if (*at == '$' && at + 1 == end)
    return add_item(p, ITEM_END), end;
  if (*at == '%' && next == 'b')
    return add_balance(p, at + 1, end);
  if (*at == '%' && next == 'f')
    return add_frontier(p, at + 1, end);
  if (*at == '%' && next >= '0' && next <= '9')
    return add_back(p, at + 1);
  return add_class_or_byte(p, at, end);
}

size_t pattern_compile(pattern *p, const char *text, size_t length)
{
  const char *at = text, *end = text + length;
  p->count = 0;
  p->capture_count = 0;
  while (at != NULL && at < end)
    at = add_next(p, at, end);
  p->steps += (double)length;
  return p->count;
}

void pattern_compile_plain(pattern *p, const char *text, size_t length)
{
  pattern_item *item;
  p->count = 0;
  p->capture_count = 0;
  item = add_item(p, ITEM_TEXT);
  item->text = text;
  item->length = length;
}

/* ---- matching ----------------------------------------------------------- */

/* Counts steps; returns whether the matching has to stop. */
static int spend(pattern *p, size_t steps)
{
  double all = p->steps += (double)steps;
  if (all < REPORT)
    return 0;
  p->steps = 0;
  return p->on_steps(p->user, all) != 0;
}

static int item_has(const pattern_item *item, const char *at)
{
  int c = (unsigned char)*at;
  switch (item->kind) {
  case ITEM_ANY:
    return 1;
  case ITEM_BYTE:
    return *item->text == *at;
  case ITEM_CLASS:
    return class_has((unsigned char)*item->text, c);
  default:
    return set_has(item->set, c);
  }
}

/* As many bytes as there are, or just as many as there must be. */
static pattern_status begin_repeat(pattern *p, pattern_item *item,
                                   const char **at)
{
  const char *s = *at;
  const char *most = item->repeat == '?' && s < p->end ? s + 1 : p->end;
  item->from = s;
  while (item->repeat != '-' && s < most && item_has(item, s)) {
    s++;
    if ((s - item->from) % REPORT == 0 && spend(p, REPORT))
      return PATTERN_STOPPED;
  }
  item->count = (size_t)(s - item->from);
  *at = s;
  if (spend(p, item->count % REPORT))
    return PATTERN_STOPPED;
  return item->repeat == '+' && item->count == 0 ? PATTERN_NONE : PATTERN_FOUND;
}

/* Gives back one byte, or takes one more. */
static int is_repeated_anew(const pattern *p, pattern_item *item,
                            const char **at)
{
  if (item->repeat == 0)
    return 0;
  if (item->repeat == '-') {
    const char *next = item->from + item->count;
    if (next == p->end || !item_has(item, next))
      return 0;
    item->count++;
  } else if (item->count > (item->repeat == '+')) {
    item->count--;
  } else {
    return 0;
  }
  *at = item->from + item->count;
  return 1;
}

static pattern_status match_bytes(pattern *p, const char *bytes, size_t length,
                                  const char **at)
{
  if (spend(p, length / BYTES_PER_STEP))
    return PATTERN_STOPPED;
  if ((size_t)(p->end - *at) < length || memcmp(*at, bytes, length) != 0)
    return PATTERN_NONE;
  *at += length;
  return PATTERN_FOUND;
}

static pattern_status match_back(pattern *p, const pattern_capture *capture,
                                 const char **at)
{
  if (capture->kind != CAPTURE_TEXT)
    return PATTERN_NONE;
  return match_bytes(p, capture->from, (size_t)(capture->to - capture->from),
                     at);
}

static pattern_status match_balance(pattern *p, const char *pair,
                                    const char **at)
{
  const char *s = *at;
  size_t depth = 1;
  if (s == p->end || *s != pair[0])
    return PATTERN_NONE;
  while (++s < p->end) {
    if (spend(p, 1))
      return PATTERN_STOPPED;
    if (*s == pair[1] && --depth == 0) {
      *at = s + 1;
      return PATTERN_FOUND;
    }
    if (*s == pair[0] && *s != pair[1])
      depth++;
  }
  return PATTERN_NONE;
}

static int is_frontier(const pattern *p, const pattern_item *item,
                       const char *at)
{
  int before = at == p->subject ? 0 : (unsigned char)at[-1];
  int behind = at == p->end ? 0 : (unsigned char)*at;
  return !set_has(item->set, before) && set_has(item->set, behind);
}

static pattern_status match_capture(pattern *p, const pattern_item *item,
                                    const char *at)
{
  pattern_capture *capture = &p->captures[item->capture];
  if (item->kind == ITEM_CLOSE)
    capture->to = at;
  else
    capture->from = at;
  return PATTERN_FOUND;
}

static pattern_status match_if(int is_met)
{
  return is_met ? PATTERN_FOUND : PATTERN_NONE;
}

/* Matches an item for the first time, and moves on behind it. */
static pattern_status match_item(pattern *p, pattern_item *item,
                                 const char **at)
{
  switch (item->kind) {
  case ITEM_TEXT:
    return match_bytes(p, item->text, item->length, at);
  case ITEM_OPEN:
  case ITEM_CLOSE:
  case ITEM_POSITION:
    return match_capture(p, item, *at);
  case ITEM_BACK:
    return match_back(p, &p->captures[item->capture], at);
  case ITEM_BALANCE:
    return match_balance(p, item->text, at);
  case ITEM_FRONTIER:
    return match_if(is_frontier(p, item, *at));
  case ITEM_END:
    return match_if(*at == p->end);
  case ITEM_WRONG:
    p->problem = item->text;
    return PATTERN_WRONG;
  default:
    if (item->repeat != 0)
      return begin_repeat(p, item, at);
    if (*at == p->end || !item_has(item, *at))
      return PATTERN_NONE;
    ++*at;
    return PATTERN_FOUND;
  }
}

/* Matches all items at one place. Where one fails, the nearest repeated item
   before it that has another way takes that. */
static pattern_status match_all(pattern *p, const char *at)
{
  size_t i = 0;
  while (i < p->count) {
    pattern_status status = match_item(p, &p->items[i], &at);
    if (status == PATTERN_NONE) {
      do {
        if (i-- == 0)
          return PATTERN_NONE;
        if (spend(p, 1))
          return PATTERN_STOPPED;
      } while (!is_repeated_anew(p, &p->items[i], &at));
    } else if (status != PATTERN_FOUND) {
      return status;
    }
    if (spend(p, 1))
      return PATTERN_STOPPED;
    i++;
  }
  p->to = at;
  return PATTERN_FOUND;
}

/* Skips bytes at which no match begins. Returns NULL when there is none. */
static const char *skip(pattern *p, const char *from)
{
  const pattern_item *first = &p->items[0];
  const char *to;
  if (p->count == 0 || first->kind != ITEM_TEXT || first->length == 0)
    return from;
  to = memchr(from, *first->text, (size_t)(p->end - from));
  p->steps += (double)((to != NULL ? to : p->end) - from) / BYTES_PER_STEP;
  return to;
}

void pattern_set_subject(pattern *p, const char *subject, size_t length)
{
  p->subject = subject;
  p->end = subject + length;
}

pattern_status pattern_search(pattern *p, const char *from, int is_anchored)
{
  pattern_status status;
  do {
    if (!is_anchored)
      from = skip(p, from);
    if (from == NULL)
      return PATTERN_NONE;
    status = match_all(p, from);
    if (status != PATTERN_NONE) {
      p->from = from;
      return status;
    }
    if (spend(p, 1))
      return PATTERN_STOPPED;
  } while (!is_anchored && from++ < p->end);
  return PATTERN_NONE;
}
