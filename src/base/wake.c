/* wake.c - a pipe that ends a poll() from another thread or a signal handler */
/* SPDX-License-Identifier: MIT */
#include "base/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int set_flags(int fd)
{
  if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
    return -1;
  return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 ? 0 : -1;
}

int wake_open(wake *w)
{
  w->ends[0] = w->ends[1] = -1;
  w->owner = getpid();
  if (pipe(w->ends) != 0)
    return -1;
  return set_flags(w->ends[0]) == 0 && set_flags(w->ends[1]) == 0 ? 0 : -1;
}

void wake_close(wake *w)
{
  int i;
  for (i = 0; i < 2; i++)
    if (w->ends[i] >= 0)
      close(w->ends[i]);
  w->ends[0] = w->ends[1] = -1;
}

static int is_own(const wake *w)
{
  return w->owner == getpid();
}

int wake_renew(wake *w)
{
  if (is_own(w))
    return 0;
  wake_close(w);
  return wake_open(w);
}

int wake_fd(const wake *w)
{
  return w->ends[0];
}

void wake_signal(const wake *w)
{
  int saved = errno;
  ssize_t written = is_own(w) ? write(w->ends[1], "", 1) : 0;
  (void)written; /* a full pipe wakes as well */
  errno = saved;
}

void wake_clear(const wake *w)
{
  char bytes[64];
  while (is_own(w) && read(w->ends[0], bytes, sizeof bytes) > 0)
    continue;
}
