/* clock.c - the time of day, and a monotonic clock */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <time.h>

static double seconds_on(clockid_t clock)
{
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double clock_monotonic(void)
{
  return seconds_on(CLOCK_MONOTONIC);
}

double clock_thread(void)
{
  return seconds_on(CLOCK_THREAD_CPUTIME_ID);
}

void clock_sleep(double seconds)
{
  struct timespec time = {0, 0};
  if (seconds > 1e9)
    seconds = 1e9;
  if (seconds > 0) {
    time.tv_sec = (time_t)seconds;
    time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
  }
  nanosleep(&time, NULL);
}

double clock_time(void)
{
  return seconds_on(CLOCK_REALTIME);
}
