/* pollset.h - descriptors that another program's loop watches as one */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_POLLSET_H
#define RACKSPACE_POLLSET_H

#include <poll.h>
#include <sys/types.h>

#pragma GCC visibility push(hidden)

/* A descriptor that can be read while one of the set can be read from or
   written to. It stays the same whatever is added and removed, so a loop has
   nothing to forget when a connection is closed. */
typedef struct pollset {
  int fd;      /* -1: not open */
  pid_t owner; /* the process that opened it */
} pollset;

/* Returns 0, or -1 with errno set. pollset_close is due in any case. */
int pollset_open(pollset *set);
void pollset_close(pollset *set);

/* In a fork of the process that opened it, the set is opened anew and empty:
   the other one shares what the descriptor leads to. Returns as pollset_open
   does. */
int pollset_renew(pollset *set);

/* Changes what a descriptor is watched for: POLLIN, POLLOUT, both, or 0 where
   it is not in the set. One must be removed before it is closed. Returns 0, or
   -1 with errno set. */
int pollset_change(pollset *set, int fd, short before, short events);

/* Writes those that are ready, at most `room` of them and of 64, without
   waiting. Returns how many these are. */
int pollset_take(pollset *set, struct pollfd *ready, int room);

#pragma GCC visibility pop

#endif
