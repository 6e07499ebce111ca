/* http.h - concurrent HTTP transfers, on libcurl's multi interface */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTP_H
#define RACKSPACE_HTTP_H

#include <stddef.h>

#include "base/memory.h"
#include "base/pollset.h"
#include "http/transfer.h"

#pragma GCC visibility push(hidden)

/* A client runs any number of transfers on one thread. A transfer is made,
   set up (see transfer.h) and started; after some http_wait it is finished and
   its response can be read. There are no callbacks. */

typedef struct http_client http_client;

/* NULL when there is no memory or no descriptor left (errno says why). */
http_client *http_client_new(void);

/* Whether this process is a fork of the one that made the client. Both share
   the sockets, and the other process goes on with them: this one must not. */
int http_is_inherited(const http_client *client);

/* Cancels what is in flight. Finished transfers can still be read. */
void http_client_free(http_client *client);

/* Sets the allocator for the bodies of transfers made from now on. */
void http_use_memory(http_client *client, memory from);

/* Lets waits end when this descriptor can be read, too. The caller reads it. */
void http_watch(http_client *client, int fd);

/* ---- transfers ----------------------------------------------------------- */

/* NULL when there is no memory. */
http_transfer *http_transfer_new(http_client *client);

/* Cancels and frees a transfer. NULL is allowed. */
void http_transfer_free(http_transfer *t);

/* Sends it. A request that cannot be sent finishes at once, with a fault. */
void http_start(http_transfer *t);

/* Stops it; it then is finished, with HTTP_CANCELLED. One that had finished
   keeps its response. http_finished returns neither any more. */
void http_cancel(http_transfer *t);

/* ---- waiting ------------------------------------------------------------- */

/* Waits at most `seconds` for a transfer to finish. Returns early on
   http_wakeup and on a signal. */
void http_wait(http_client *client, double seconds);

/* Returns the next finished transfer, each one once, or NULL. */
http_transfer *http_finished(http_client *client);

/* Ends the wait in progress, or else the next one. Safe in any thread and in
   a signal handler. */
void http_wakeup(http_client *client);

/* The number of transfers in flight. */
size_t http_running(const http_client *client);

/* For an event loop of the host, which watches the pollset's descriptor: keeps
   the client's in it, until the client is freed. Returns 0, or -1 with errno
   set. */
int http_use_pollset(http_client *client, pollset *set);

/* Seconds until http_step must be called; negative: only when the pollset's
   descriptor can be read. */
double http_timeout(http_client *client);

/* Proceeds without waiting. It stops soon after `seconds` where more is ready,
   so that the host's loop goes on. */
void http_step(http_client *client, double seconds);

/* "libcurl/7.88.1", for a User-Agent and --version. */
const char *http_library(void);

#pragma GCC visibility pop

#endif
