/* wake.h - a pipe that ends a poll() from another thread or a signal handler */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_WAKE_H
#define RACKSPACE_WAKE_H

#pragma GCC visibility push(hidden)

typedef struct wake {
  int ends[2]; /* to read from and to write to; -1: not open */
} wake;

/* Returns 0, or -1 with errno set. wake_close is due in any case. */
int wake_open(wake *w);
void wake_close(wake *w);

/* The descriptor to poll: it can be read from wake_signal to wake_clear. */
int wake_fd(const wake *w);

/* Safe in any thread and in a signal handler; keeps errno. */
void wake_signal(const wake *w);

/* Takes back all signals so far. */
void wake_clear(const wake *w);

#pragma GCC visibility pop

#endif
