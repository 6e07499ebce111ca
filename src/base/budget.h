/* budget.h - how long a script may run, and how it is stopped */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BUDGET_H
#define RACKSPACE_BUDGET_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Why what runs is to end. */
typedef enum budget_end {
  BUDGET_OPEN, /* it may go on */
  BUDGET_INTERRUPTED,
  BUDGET_INSTRUCTIONS,
  BUDGET_SECONDS
} budget_end;

/* A run is what happens between budget_enter and the budget_leave that closes
   it. Runs may nest: only the outermost is counted. */
typedef struct budget {
  double instructions, seconds; /* for each run; 0 is no bound */
  double left, until;
  int depth, is_counted;
  budget_end end;
  int interrupted; /* set in any thread, by budget_interrupt alone */
  int wake_pipe[2];
} budget;

/* 0, or -1 when there is no descriptor left. budget_close is due in any
   case. */
int budget_open(budget *b);
void budget_close(budget *b);

/* A run that is not counted can only be interrupted. */
void budget_enter(budget *b, int is_counted);

/* Gives why the run had to end; the outermost one's end takes that back. */
budget_end budget_leave(budget *b);

/* Counts instructions, and tells whether the run has to end. That stays so
   until it does. */
budget_end budget_charge(budget *b, double instructions);

/* Ends the run there is, or else the next one. For any thread and any signal
   handler. */
void budget_interrupt(budget *b);

/* A descriptor that can be read when a wait is to end; and the seconds that
   one may last. */
int budget_fd(const budget *b);
double budget_wait(const budget *b, double seconds);

/* Waits; an interrupt and the end of the run's time come first. */
void budget_sleep(const budget *b, double seconds);

/* "interrupted", for an error's text. */
const char *budget_text(budget_end end);

#pragma GCC visibility pop

#endif
