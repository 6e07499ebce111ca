/* idle.h - the open connections that no transfer uses */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_IDLE_H
#define RACKSPACE_IDLE_H

#include <curl/curl.h>
#include <poll.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* libcurl 7.88 reuses a connection even when unread bytes wait on it: the rest
   of a response that was longer than it declared. They would be taken for the
   next response. So a connection that becomes readable while it is idle is
   shut down before the next request, and libcurl sees that it is dead. */

/* All fields zero: no connections. */
typedef struct idle {
  struct pollfd *sockets; /* set by idle_add */
  size_t count, room;     /* entries in use, and allocated */
  int open_port; /* the local port of the last connection that was closed while
                    its server kept it open */
} idle;

/* Adds the connection of a transfer that has just ended. */
void idle_add(idle *list, CURL *easy);

/* Removes a socket that is in use again. */
void idle_remove(idle *list, curl_socket_t fd);

/* A CURLOPT_CLOSESOCKETFUNCTION; `user` is the list. */
int idle_close(void *user, curl_socket_t fd);

/* Whether the connection of a transfer that has just ended was closed here
   while its server kept it open. 0 when several were closed since. */
int idle_was_open(const idle *list, CURL *easy);

/* Shuts the readable connections down, except those in `used`: a transfer has
   taken them up again. */
void idle_sweep(const idle *list, const struct pollfd *used, size_t count);

void idle_free(idle *list);

#pragma GCC visibility pop

#endif
