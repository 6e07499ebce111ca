/* line.h - reads lines from a terminal */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LINE_H
#define RACKSPACE_LINE_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct line line;

/* Why line_read returned. After LINE_COMPLETE and LINE_HINT the line is still
   open, and the next line_read continues it. */
typedef enum line_event {
  LINE_WHOLE,     /* the line is complete */
  LINE_END,       /* end of input on an empty line */
  LINE_INTERRUPT, /* Ctrl-C, or a signal */
  LINE_COMPLETE,  /* TAB was typed */
  LINE_HINT       /* an opening parenthesis was typed */
} line_event;

/* Returns NULL when memory ran out. There may be only one at a time. */
line *line_new(void);
void line_free(line *l);

/* Whether lines are edited, which needs libedit and a terminal that can move
   its cursor. Otherwise lines are read as they come, and line_edit, line_show
   and line_remember do nothing. */
int line_is_edited(const line *l);

/* Reads a line, or continues an open one. Parts of the prompt that take no
   columns, such as colours, stand between two bytes of value 1. */
line_event line_read(line *l, const char *prompt);

/* Returns the text of the line, and the cursor's position in bytes. Valid until
   the next call. */
const char *line_text(line *l, size_t *length, size_t *cursor);

/* Replaces `erased` characters before the cursor of an open line by a text. */
void line_edit(line *l, int erased, const char *text);

/* Prints a text below an open line, and the line again below that. */
void line_show(line *l, const char *text);

/* Adds an entry to the history. An equal older one is removed. */
void line_remember(line *l, const char *entry);

/* Reads a line from standard input without echo, such as a password. The prompt
   goes to standard error. Bytes beyond `size` are discarded. Returns
   LINE_WHOLE, LINE_END or LINE_INTERRUPT. */
line_event line_read_hidden(const char *prompt, char *text, size_t size);

/* Gets the size of the terminal on standard output. Returns 0, or -1 when it is
   no terminal. */
int line_size(int *columns, int *rows);

#pragma GCC visibility pop

#endif
