/* watch.h - waits for a libmicrohttpd daemon's descriptors, and runs it */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_WATCH_H
#define RACKSPACE_WATCH_H

#include <microhttpd.h>

#pragma GCC visibility push(hidden)

/* By epoll where libmicrohttpd has it; otherwise by select, which takes only
   descriptors below FD_SETSIZE. */

/* The flag to start a daemon with. */
unsigned watch_flag(void);

/* Above the highest descriptor that a daemon can use; 0: any will do. */
int watch_limit(void);

/* Waits until a descriptor is ready, at most this long, and does what there is
   to do. Nothing is accepted when as many clients as `most` are connected.
   Returns 0, or an errno: EINTR on a signal. */
int watch_run(struct MHD_Daemon *daemon, int milliseconds, unsigned most);

unsigned watch_connections(struct MHD_Daemon *daemon);

#pragma GCC visibility pop

#endif
