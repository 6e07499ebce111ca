/* watch.c - waits for a libmicrohttpd daemon's descriptors, and runs it */
/* SPDX-License-Identifier: MIT */
#include "httpd/watch.h"

#include <errno.h>
#include <poll.h>
#include <sys/select.h>

/* Asked of the library: its header is the same on every system. */
static int has_epoll(void)
{
  return MHD_is_feature_supported(MHD_FEATURE_EPOLL) == MHD_YES;
}

unsigned watch_flag(void)
{
  return has_epoll() ? MHD_USE_EPOLL : MHD_NO_FLAG;
}

int watch_limit(void)
{
  return has_epoll() ? 0 : FD_SETSIZE;
}

unsigned watch_connections(struct MHD_Daemon *daemon)
{
  return MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS)
      ->num_connections;
}

/* libmicrohttpd accepts nothing by epoll while it is full. */
static int run_by_epoll(struct MHD_Daemon *daemon, int milliseconds)
{
  struct pollfd watched;
  watched.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  watched.events = POLLIN;
  if (poll(&watched, 1, milliseconds) < 0)
    return errno;
  return MHD_run(daemon) == MHD_YES ? 0 : EIO;
}

/* By select, it accepts clients while it is full, and closes them. */
static int run_by_select(struct MHD_Daemon *daemon, int milliseconds,
                         unsigned most)
{
  struct timeval time;
  fd_set readable, writable, failed;
  int highest = -1;
  FD_ZERO(&readable);
  FD_ZERO(&writable);
  FD_ZERO(&failed);
  if (MHD_get_fdset2(daemon, &readable, &writable, &failed, &highest,
                     FD_SETSIZE) != MHD_YES)
    return EIO;
  if (watch_connections(daemon) >= most)
    FD_CLR(MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_LISTEN_FD)->listen_fd,
           &readable);
  time.tv_sec = milliseconds / 1000;
  time.tv_usec = milliseconds % 1000 * 1000;
  if (select(highest + 1, &readable, &writable, &failed, &time) < 0)
    return errno;
  /* In parentheses: the function, which is also a macro since 1.0. */
  return (MHD_run_from_select)(daemon, &readable, &writable, &failed) == MHD_YES
             ? 0
             : EIO;
}

int watch_run(struct MHD_Daemon *daemon, int milliseconds, unsigned most)
{
  return has_epoll() ? run_by_epoll(daemon, milliseconds)
                     : run_by_select(daemon, milliseconds, most);
}
