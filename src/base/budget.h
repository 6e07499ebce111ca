/* budget.h - limits on how long a script runs, and its interruption */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_BUDGET_H
#define RACKSPACE_BUDGET_H

#include "base/wake.h"

#pragma GCC visibility push(hidden)

/* Why a run has to end. */
typedef enum budget_end {
  BUDGET_OPEN, /* it may go on */
  BUDGET_INTERRUPTED,
  BUDGET_INSTRUCTIONS,
  BUDGET_SECONDS
} budget_end;

/* A run lasts from budget_enter to its budget_leave. Runs may nest: only the
   outermost is counted. */
typedef struct budget {
  double instructions, seconds; /* limits of each run, set by the host; 0: no
                                   limit */
  double left;     /* instructions left in this run; set by budget_enter */
  double until;    /* its end on the monotonic clock; set by budget_enter */
  double lap;      /* see budget_lap; 0 before the first one of a run */
  int depth;       /* of nested runs; 0: nothing runs */
  int is_counted;  /* whether the limits apply to this run */
  budget_end end;  /* set by budget_charge, until the run has ended */
  int interrupted; /* set in any thread, by budget_interrupt alone */
  wake wake;       /* signalled together with `interrupted` */
} budget;

/* Returns 0, or -1 with errno set. budget_close is due in any case. */
int budget_open(budget *b);
void budget_close(budget *b);

/* Begins a run. One that is not counted can only be interrupted. */
void budget_enter(budget *b, int is_counted);

/* Ends a run, and returns why it had to end. */
budget_end budget_leave(budget *b);

/* Counts instructions, and returns whether the run has to end. The result
   stays the same until the run has ended. */
budget_end budget_charge(budget *b, double instructions);

/* Ends the run when it has not so many seconds left. */
budget_end budget_foresee(budget *b, double seconds);

/* Seconds since the last call of this in the run: on the processor where
   instructions are limited, as a busy machine takes none of those. */
double budget_lap(budget *b);

/* The clock of budget_lap; and takes seconds out of the next lap, as others'
   work. */
double budget_clock(const budget *b);
void budget_exempt(budget *b, double seconds);

/* Ends the run in progress, or else the next one. Safe in any thread and in a
   signal handler. */
void budget_interrupt(budget *b);

/* A descriptor that can be read when a wait has to end. */
int budget_fd(const budget *b);

/* The seconds that a wait may last: at most `seconds`. */
double budget_wait(const budget *b, double seconds);

/* Waits for at most `seconds`, until an interrupt or the end of the run. */
void budget_sleep(const budget *b, double seconds);

/* Waits until a descriptor can be written to, and returns 1; or 0 when the wait
   was ended by an interrupt, a signal or the end of the run. */
int budget_wait_to_write(const budget *b, int fd);

/* The reason as the text of an error: "interrupted". */
const char *budget_text(budget_end end);

#pragma GCC visibility pop

#endif
