/* line.h - lines from a terminal */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LINE_H
#define RACKSPACE_LINE_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct line line;

/* What ended, or stopped, the reading of a line. After LINE_COMPLETE and
   LINE_HINT the line is still open: the next line_read goes on with it. */
typedef enum line_event {
  LINE_WHOLE,     /* there is a line */
  LINE_END,       /* end of input, on an empty line */
  LINE_INTERRUPT, /* Ctrl-C, or a signal */
  LINE_COMPLETE,  /* TAB */
  LINE_HINT       /* an opening parenthesis was typed */
} line_event;

/* NULL when there is not enough memory. One at a time. */
line *line_new(void);
void line_free(line *l);

/* Whether lines can be edited: a terminal that can move its cursor, and
   libedit. Otherwise they are read as they come, and the functions below
   line_read do nothing. */
int line_is_edited(const line *l);

/* Reads a line, or goes on with an open one. Parts of the prompt between two
   bytes of 1 take no room, such as colours. */
line_event line_read(line *l, const char *prompt);

/* The line as it stands, its cursor counted in bytes. Lives until the next
   call. */
const char *line_text(line *l, size_t *length, size_t *cursor);

/* In an open line: puts a text in place of `erased` characters before the
   cursor. */
void line_edit(line *l, int erased, const char *text);

/* Shows a text below an open line, which is drawn again under it. */
void line_show(line *l, const char *text);

/* Adds to what the arrow keys bring back; an older double goes. */
void line_remember(line *l, const char *entry);

/* Reads a line from standard input, which a terminal does not show while it is
   typed; the prompt goes to standard error. What is over `size` is left out.
   LINE_WHOLE, LINE_END or LINE_INTERRUPT. */
line_event line_read_hidden(const char *prompt, char *text, size_t size);

/* The size of the terminal that standard output is: 0, or -1. */
int line_size(int *columns, int *rows);

#pragma GCC visibility pop

#endif
