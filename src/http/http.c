/* http.c - a client: HTTP transfers side by side on one thread */
/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "http/http_parts.h"

/* ---- libcurl's start, once in a process -------------------------------- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode started = CURLE_FAILED_INIT;

static void start_libcurl(void)
{
  started = curl_global_init(CURL_GLOBAL_DEFAULT);
}

const char *http_library(void)
{
  return "libcurl/" LIBCURL_VERSION;
}

/* ---- what libcurl calls: only fills the array of descriptors ------------ */

/* Places in `polled` before those of libcurl's sockets. */
enum { WAKE, WATCHED, LIBCURLS };

/* The socket's place in `polled` is kept with libcurl, as index. */
static int add_socket(http_client *client, curl_socket_t fd, short events)
{
  size_t index = client->polled_count;
  struct pollfd *entry;
  if (index == client->polled_room) {
    size_t room = client->polled_room * 2;
    struct pollfd *polled = realloc(client->polled, room * sizeof *polled);
    struct pollfd *ready;
    if (polled == NULL)
      return -1;
    client->polled = polled;
    ready = realloc(client->ready, room * sizeof *ready);
    if (ready == NULL)
      return -1;
    client->ready = ready;
    client->polled_room = room;
  }
  entry = &client->polled[client->polled_count++];
  entry->fd = fd;
  entry->events = events;
  entry->revents = 0;
  client->opened++;
  curl_multi_assign(client->multi, fd, (void *)(uintptr_t)index);
  idle_remove(client, fd);
  return 0;
}

/* The last entry takes the place of the removed one. */
static void remove_socket(http_client *client, size_t index)
{
  struct pollfd last = client->polled[--client->polled_count];
  if (index == client->polled_count)
    return;
  client->polled[index] = last;
  curl_multi_assign(client->multi, last.fd, (void *)(uintptr_t)index);
}

static short poll_events(int what)
{
  return (short)((what & CURL_POLL_IN ? POLLIN : 0) |
                 (what & CURL_POLL_OUT ? POLLOUT : 0));
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user,
                     void *place)
{
  http_client *client = user;
  size_t index = (size_t)(uintptr_t)place;
  (void)easy;
  if (what == CURL_POLL_REMOVE) {
    if (index > 0)
      remove_socket(client, index);
  } else if (index > 0) {
    client->polled[index].events = poll_events(what);
  } else if (add_socket(client, fd, poll_events(what)) != 0) {
    client->failed = 1;
    return -1;
  }
  return 0;
}

static int on_timer(CURLM *multi, long milliseconds, void *user)
{
  http_client *client = user;
  (void)multi;
  client->deadline =
      milliseconds < 0 ? -1 : clock_monotonic() + (double)milliseconds / 1000;
  return 0;
}

/* ---- clients ----------------------------------------------------------- */

static int set_flags(int fd)
{
  return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
                 fcntl(fd, F_SETFD, FD_CLOEXEC) == 0
             ? 0
             : -1;
}

static int open_wake_pipe(http_client *client)
{
  int *ends = client->wake_pipe;
  if (pipe(ends) != 0)
    return -1;
  if (set_flags(ends[0]) != 0 || set_flags(ends[1]) != 0)
    return -1;
  client->polled[WAKE].fd = ends[0];
  client->polled[WAKE].events = POLLIN;
  client->polled[WATCHED].fd = -1; /* poll passes over it */
  client->polled_count = LIBCURLS;
  return 0;
}

/* Connections that are kept. libcurl by itself keeps four for each transfer in
   flight, and so closes them between one burst of calls and the next. */
static const long MAX_CONNECTIONS = 1024;

static int open_multi(http_client *client)
{
  CURLM *multi = curl_multi_init();
  if (multi == NULL)
    return -1;
  client->multi = multi;
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, client);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, client);
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, MAX_CONNECTIONS);
  return 0;
}

http_client *http_client_new(void)
{
  http_client *client;
  pthread_once(&once, start_libcurl);
  if (started != CURLE_OK)
    return NULL;
  client = calloc(1, sizeof *client);
  if (client == NULL)
    return NULL;
  client->wake_pipe[0] = client->wake_pipe[1] = -1;
  client->owner = getpid();
  client->deadline = -1;
  client->polled_room = 16;
  client->polled = calloc(client->polled_room, sizeof *client->polled);
  client->ready = calloc(client->polled_room, sizeof *client->ready);
  if (client->polled == NULL || client->ready == NULL ||
      open_wake_pipe(client) != 0 || open_multi(client) != 0) {
    http_client_free(client);
    return NULL;
  }
  return client;
}

int http_is_inherited(const http_client *client)
{
  return client->owner != getpid();
}

/* The handles stay with their transfers: an answer is read from them. */
static void leave_client(http_client *client)
{
  http_transfer *t;
  for (t = client->all; t != NULL; t = t->next) {
    transfer_cancel(t);
    t->client = NULL;
  }
}

/* Says goodbye on every TLS connection. */
static void free_handles(http_client *client)
{
  while (client->idle_count > 0)
    curl_easy_cleanup(client->idle[--client->idle_count]);
  if (client->multi != NULL)
    curl_multi_cleanup(client->multi);
}

void http_client_free(http_client *client)
{
  if (client == NULL)
    return;
  leave_client(client);
  if (!http_is_inherited(client))
    free_handles(client);
  if (client->wake_pipe[0] >= 0)
    close(client->wake_pipe[0]);
  if (client->wake_pipe[1] >= 0)
    close(client->wake_pipe[1]);
  free(client->origin);
  free(client->polled);
  free(client->rest);
  free(client->ready);
  free(client);
}

void http_use_memory(http_client *client, memory from)
{
  client->memory = from;
}

void http_watch(http_client *client, int fd)
{
  client->polled[WATCHED].fd = fd;
  client->polled[WATCHED].events = POLLIN;
}

size_t http_running(const http_client *client)
{
  return client->running;
}

/* ---- finishing --------------------------------------------------------- */

void http_push_finished(http_transfer *t)
{
  http_client *client = t->client;
  t->state = FINISHED;
  t->next_finished = NULL;
  if (client->last_finished != NULL)
    client->last_finished->next_finished = t;
  else
    client->finished = t;
  client->last_finished = t;
}

void http_detach(http_transfer *t)
{
  if (http_is_inherited(t->client))
    t->easy = NULL; /* it would close the connection */
  else
    curl_multi_remove_handle(t->client->multi, t->easy);
  t->client->running--;
}

/* After a callback that failed, libcurl ends every transfer it is asked to
   go on with: so it is asked for all of them. */
static void end_all_if_failed(http_client *client)
{
  int running;
  if (client->failed)
    curl_multi_perform(client->multi, &running);
}

static void collect_finished(http_client *client)
{
  int left;
  CURLMsg *message;
  end_all_if_failed(client);
  while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
    CURLcode code = message->data.result;
    http_transfer *t = NULL;
    if (message->msg != CURLMSG_DONE)
      continue;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
    idle_add(t);
    http_detach(t); /* `message` is gone from here on */
    transfer_settle(t, code);
    http_push_finished(t);
  }
  client->failed = 0;
}

http_transfer *http_finished(http_client *client)
{
  http_transfer *t = client->finished;
  if (t == NULL)
    return NULL;
  client->finished = t->next_finished;
  if (client->finished == NULL)
    client->last_finished = NULL;
  t->next_finished = NULL;
  return t;
}

void http_forget_finished(http_transfer *t)
{
  http_client *client = t->client;
  http_transfer **link = &client->finished, *last = NULL;
  while (*link != NULL && *link != t) {
    last = *link;
    link = &last->next_finished;
  }
  if (*link == NULL)
    return;
  *link = t->next_finished;
  if (client->last_finished == t)
    client->last_finished = last;
}

/* ---- waiting ----------------------------------------------------------- */

static int curl_events(short events)
{
  return (events & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0) |
         (events & POLLOUT ? CURL_CSELECT_OUT : 0) |
         (events & (POLLERR | POLLNVAL) ? CURL_CSELECT_ERR : 0);
}

static void act(http_client *client, curl_socket_t fd, int events)
{
  int running;
  curl_multi_socket_action(client->multi, fd, events, &running);
}

static void drain_wake_pipe(http_client *client)
{
  char bytes[64];
  while (read(client->wake_pipe[0], bytes, sizeof bytes) > 0)
    continue;
}

void http_act_on_timer(http_client *client)
{
  if (client->deadline < 0 || clock_monotonic() < client->deadline)
    return;
  client->deadline = -1;
  act(client, CURL_SOCKET_TIMEOUT, 0);
}

/* Acting on one socket may add and remove others, so the ready ones are
   copied first. Returns whether the wake pipe was among them. */
static int act_on_ready(http_client *client, int count)
{
  size_t i, ready_count = 0;
  int woken = 0;
  for (i = 0; count > 0 && i < client->polled_count; i++) {
    if (client->polled[i].revents == 0)
      continue;
    count--;
    if (i < LIBCURLS)
      woken = 1;
    else
      client->ready[ready_count++] = client->polled[i];
  }
  for (i = 0; i < ready_count; i++) {
    struct pollfd entry = client->ready[i];
    act(client, entry.fd, curl_events(entry.revents));
  }
  if (woken)
    drain_wake_pipe(client);
  return woken;
}

static int milliseconds_until(const http_client *client, double end)
{
  double now = clock_monotonic();
  double until = end;
  if (client->deadline >= 0 && client->deadline < until)
    until = client->deadline;
  if (until <= now)
    return 0;
  return until - now > 86400 ? 86400000 : (int)ceil((until - now) * 1000);
}

void http_wait(http_client *client, double seconds)
{
  double end = clock_monotonic() + (seconds > 0 ? seconds : 0);
  for (;;) {
    int count, woken;
    http_act_on_timer(client);
    collect_finished(client);
    if (client->finished != NULL)
      return;
    count = poll(client->polled, (nfds_t)client->polled_count,
                 milliseconds_until(client, end));
    if (count < 0)
      return; /* a signal, or no memory: the caller looks again */
    woken = act_on_ready(client, count);
    collect_finished(client);
    if (woken || client->finished != NULL || clock_monotonic() >= end)
      return;
  }
}

void http_wakeup(http_client *client)
{
  int saved = errno;
  ssize_t written = write(client->wake_pipe[1], "", 1);
  (void)written; /* a full pipe wakes as well */
  errno = saved;
}

int http_fd(const http_client *client, size_t i, int *events)
{
  short polled;
  if (i >= WATCHED && client->polled[WATCHED].fd < 0)
    i++;
  if (i >= client->polled_count)
    return -1;
  polled = client->polled[i].events;
  *events =
      (polled & POLLIN ? HTTP_READ : 0) | (polled & POLLOUT ? HTTP_WRITE : 0);
  return client->polled[i].fd;
}

unsigned long http_opened(const http_client *client)
{
  return client->opened;
}

double http_timeout(http_client *client)
{
  double left;
  collect_finished(client); /* a start may have been an end as well */
  if (client->finished != NULL)
    return 0;
  if (client->deadline < 0)
    return -1;
  left = client->deadline - clock_monotonic();
  return left > 0 ? left : 0;
}

void http_step(http_client *client, int fd, int events)
{
  if (fd == client->wake_pipe[0])
    drain_wake_pipe(client);
  else if (fd >= 0 && fd != client->polled[WATCHED].fd)
    act(client, fd,
        (events & HTTP_READ ? CURL_CSELECT_IN : 0) |
            (events & HTTP_WRITE ? CURL_CSELECT_OUT : 0));
  http_act_on_timer(client);
  collect_finished(client);
}

/* ---- handles ----------------------------------------------------------- */

CURL *http_take_handle(http_client *client)
{
  CURL *easy;
  if (client->idle_count > 0)
    return client->idle[--client->idle_count];
  easy = curl_easy_init();
  if (easy != NULL)
    options_prepare(easy);
  return easy;
}

/* A kept handle keeps its options: each transfer sets those that differ. */
void http_give_handle(http_transfer *t)
{
  http_client *client = t->client;
  if (client != NULL && http_is_inherited(client))
    return;
  if (client == NULL || client->idle_count == IDLE_HANDLES) {
    curl_easy_cleanup(t->easy);
    return;
  }
  if (t->is_special) {
    curl_easy_reset(t->easy);
    options_prepare(t->easy);
  }
  client->idle[client->idle_count++] = t->easy;
}
