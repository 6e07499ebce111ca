/* http.h - HTTP transfers side by side, on libcurl's multi interface */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTP_H
#define RACKSPACE_HTTP_H

#include <stddef.h>

#include "base/memory.h"

#pragma GCC visibility push(hidden)

/* A client runs any number of transfers on one thread. A transfer is one
   request in flight: it is made, set up, started, and some http_wait later it
   is finished and can be read. Nothing here calls back. */

typedef struct http_client http_client;
typedef struct http_transfer http_transfer;

/* What a socket is waited for. */
enum { HTTP_READ = 1, HTTP_WRITE = 2 };

/* NULL when there is no memory or no descriptor left. */
http_client *http_client_new(void);

/* Whether a process got it by fork() from the one that made it. Its sockets are
   then shared with that one, which goes on with them: this one must not. */
int http_is_inherited(const http_client *client);

/* Cancels what is in flight. Finished transfers can still be read. */
void http_client_free(http_client *client);

/* The bodies of transfers that are made from now on come from there. */
void http_use_memory(http_client *client, memory from);

/* Waits end also when this descriptor can be read; who owns it reads it. */
void http_watch(http_client *client, int fd);

/* Waits at most `seconds` for transfers to finish. Returns early when one
   has, on http_wakeup, and when a signal comes in. */
void http_wait(http_client *client, double seconds);

/* The next finished transfer that was not handed out yet, or NULL. */
http_transfer *http_finished(http_client *client);

/* Ends a wait in another thread or in the next call. Safe in a signal
   handler. */
void http_wakeup(http_client *client);

/* How many transfers are in flight. */
size_t http_running(const http_client *client);

/* For a foreign loop: the i-th descriptor to watch, or -1 past the last. */
int http_fd(const http_client *client, size_t i, int *events);

/* How many sockets there have been: a descriptor that a loop watches may be
   another socket's when this has changed. */
unsigned long http_opened(const http_client *client);

/* Seconds until http_step wants to be called; negative: not before a
   descriptor is ready. */
double http_timeout(http_client *client);

/* Tells that a descriptor is ready (-1: that the time is up). */
void http_step(http_client *client, int fd, int events);

/* "libcurl/7.88.1", for a User-Agent and --version. */
const char *http_library(void);

#pragma GCC visibility pop

#endif
