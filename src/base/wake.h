/* wake.h - a pipe that ends a poll() from another thread or a signal handler */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_WAKE_H
#define RACKSPACE_WAKE_H

#include <sys/types.h>

#pragma GCC visibility push(hidden)

/* In a fork of the process that opened it, signals and wake_clear do nothing:
   both processes share the pipe. */
typedef struct wake {
  int ends[2]; /* to read from and to write to; -1: not open */
  pid_t owner; /* the process that opened it */
} wake;

/* Returns 0, or -1 with errno set. wake_close is due in any case. */
int wake_open(wake *w);
void wake_close(wake *w);

/* Opens it anew in a fork. Returns as wake_open does. */
int wake_renew(wake *w);

/* The descriptor to poll: it can be read from wake_signal to wake_clear. */
int wake_fd(const wake *w);

/* Safe in any thread and in a signal handler; keeps errno. */
void wake_signal(const wake *w);

/* Takes back all signals so far. */
void wake_clear(const wake *w);

#pragma GCC visibility pop

#endif
