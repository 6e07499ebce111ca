/* pollset.c - descriptors that another program's loop watches as one */
/* SPDX-License-Identifier: MIT */
#include "base/pollset.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/epoll.h>
#else
#include <sys/event.h>
#include <sys/time.h>
#endif

enum { MOST = 64 };

/* ---- by epoll ------------------------------------------------------------ */

#ifdef __linux__

static int open_fd(void)
{
  return epoll_create1(EPOLL_CLOEXEC);
}

static int change(int set, int fd, short before, short events)
{
  struct epoll_event event;
  int op = EPOLL_CTL_MOD;
  if (before == 0)
    op = EPOLL_CTL_ADD;
  else if (events == 0)
    op = EPOLL_CTL_DEL;
  memset(&event, 0, sizeof event);
  event.events =
      (events & POLLIN ? EPOLLIN : 0u) | (events & POLLOUT ? EPOLLOUT : 0u);
  event.data.fd = fd;
  return epoll_ctl(set, op, fd, &event);
}

static int take(int set, struct pollfd *ready, int room)
{
  struct epoll_event events[MOST];
  int count = epoll_wait(set, events, room, 0), i;
  for (i = 0; i < count; i++) {
    ready[i].fd = events[i].data.fd;
    ready[i].revents = (short)((events[i].events & EPOLLIN ? POLLIN : 0) |
                               (events[i].events & EPOLLOUT ? POLLOUT : 0) |
                               (events[i].events & EPOLLHUP ? POLLHUP : 0) |
                               (events[i].events & EPOLLERR ? POLLERR : 0));
  }
  return count;
}

/* ---- by kqueue ----------------------------------------------------------- */

#else

static int open_fd(void)
{
  int fd = kqueue();
  if (fd >= 0)
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

static int change_one(int set, int fd, int filter, int before, int after)
{
  struct kevent event;
  if (!before == !after)
    return 0;
  EV_SET(&event, (uintptr_t)fd, filter, after ? EV_ADD : EV_DELETE, 0, 0, 0);
  return kevent(set, &event, 1, NULL, 0, NULL);
}

static int change(int set, int fd, short before, short events)
{
  int in = change_one(set, fd, EVFILT_READ, before & POLLIN, events & POLLIN);
  int out =
      change_one(set, fd, EVFILT_WRITE, before & POLLOUT, events & POLLOUT);
  return in == 0 ? out : in;
}

static int take(int set, struct pollfd *ready, int room)
{
  static const struct timespec at_once = {0, 0};
  struct kevent events[MOST];
  int count = kevent(set, NULL, 0, events, room, &at_once), i;
  for (i = 0; i < count; i++) {
    ready[i].fd = (int)events[i].ident;
    ready[i].revents = events[i].filter == EVFILT_READ ? POLLIN : POLLOUT;
  }
  return count;
}

#endif

/* ---- either way ---------------------------------------------------------- */

int pollset_open(pollset *set)
{
  set->owner = getpid();
  set->fd = open_fd();
  return set->fd >= 0 ? 0 : -1;
}

void pollset_close(pollset *set)
{
  if (set->fd >= 0)
    close(set->fd);
  set->fd = -1;
}

int pollset_renew(pollset *set)
{
  if (set->owner == getpid())
    return 0;
  pollset_close(set);
  return pollset_open(set);
}

int pollset_change(pollset *set, int fd, short before, short events)
{
  if (before == events || set->fd < 0)
    return 0;
  return change(set->fd, fd, before, events);
}

int pollset_take(pollset *set, struct pollfd *ready, int room)
{
  int count = take(set->fd, ready, room < MOST ? room : MOST);
  return count > 0 ? count : 0;
}
