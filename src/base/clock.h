/* clock.h - the time of day, and a monotonic clock */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CLOCK_H
#define RACKSPACE_CLOCK_H

#pragma GCC visibility push(hidden)

/* Seconds since 1970. */
double clock_time(void);

/* Seconds since an unspecified moment; never goes back. */
double clock_monotonic(void);

/* Waits; a signal ends the wait early. */
void clock_sleep(double seconds);

/* Seconds that this thread has kept a processor busy. */
double clock_thread(void);

#pragma GCC visibility pop

#endif
