/* clock.h - the time of day, and a clock that only goes forward */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_CLOCK_H
#define RACKSPACE_CLOCK_H

#pragma GCC visibility push(hidden)

/* Seconds since 1970, and since some moment in the past. */
double clock_time(void);
double clock_monotonic(void);

/* A signal ends it early, so that the host's hook runs. */
void clock_sleep(double seconds);

#pragma GCC visibility pop

#endif
