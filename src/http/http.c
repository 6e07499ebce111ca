/* http.c - a client: concurrent HTTP transfers on one thread */
/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include <math.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/libcurl.h"
#include "base/wake.h"
#include "http/handles.h"
#include "http/idle.h"
#include "http/options.h"
#include "http/origin.h"
#include "http/transfer_struct.h"

struct http_client {
  pid_t owner;   /* the process that made it */
  CURLM *multi;  /* NULL until http_client_new has got that far */
  memory memory; /* for the bodies of new transfers; set by http_use_memory */
  wake wake;     /* signalled by http_wakeup */
  origin origin; /* of the last URL that passed the check */
  handles handles;
  idle idle; /* connections without a transfer */

  /* Transfers. */
  http_transfer *all;                      /* or NULL */
  http_transfer *finished, *last_finished; /* not returned yet; or NULL */
  size_t running;                          /* how many are in flight */

  /* Polling; set by libcurl's callbacks but for the first two entries. */
  struct pollfd *polled; /* [WAKE], [WATCHED], then libcurl's sockets */
  struct pollfd *ready;  /* as much room as `polled`, for act_on_ready */
  size_t polled_count, polled_room;
  pollset *pollset; /* has the same; set by http_use_pollset; or NULL */
  double deadline;  /* when libcurl must be called; negative: never */
  int failed;       /* a callback ran out of memory */
};

const char *http_library(void)
{
  return "libcurl/" LIBCURL_VERSION;
}

/* ---- callbacks: they only keep the array of descriptors ----------------- */

/* Indices into `polled`. */
enum { WAKE, WATCHED, FIRST_SOCKET };

/* Sockets that a step takes from the pollset at once. */
enum { STEP = 8 };

/* Changes what the pollset, if there is one, watches a descriptor for. */
static int change_pollset(http_client *client, int fd, short before,
                          short events)
{
  if (client->pollset == NULL)
    return 0;
  return pollset_change(client->pollset, fd, before, events);
}

/* libcurl keeps the socket's index in `polled`. */
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
  if (change_pollset(client, fd, 0, events) != 0)
    return -1;
  entry = &client->polled[client->polled_count++];
  entry->fd = fd;
  entry->events = events;
  entry->revents = 0;
  curl_multi_assign(client->multi, fd, (void *)(uintptr_t)index);
  idle_remove(&client->idle, fd);
  return 0;
}

static int change_socket(http_client *client, size_t index, short events)
{
  struct pollfd *entry = &client->polled[index];
  short before = entry->events;
  entry->events = events;
  return change_pollset(client, entry->fd, before, events);
}

/* The last entry takes the place of the removed one. */
static void remove_socket(http_client *client, size_t index)
{
  struct pollfd last = client->polled[--client->polled_count];
  change_pollset(client, client->polled[index].fd, client->polled[index].events,
                 0);
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
  int status = 0;
  (void)easy;
  if (what == CURL_POLL_REMOVE && index > 0)
    remove_socket(client, index);
  else if (what != CURL_POLL_REMOVE && index > 0)
    status = change_socket(client, index, poll_events(what));
  else if (what != CURL_POLL_REMOVE)
    status = add_socket(client, fd, poll_events(what));
  if (status != 0)
    client->failed = 1;
  return status;
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

static int open_wake(http_client *client)
{
  if (wake_open(&client->wake) != 0)
    return -1;
  client->polled[WAKE].fd = wake_fd(&client->wake);
  client->polled[WAKE].events = POLLIN;
  client->polled[WATCHED].fd = -1; /* poll() ignores it */
  client->polled_count = FIRST_SOCKET;
  return 0;
}

/* The number of connections to keep. libcurl's default, four for each transfer
   in flight, would close them between one burst of requests and the next. */
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
  if (libcurl_start() != NULL)
    return NULL;
  client = calloc(1, sizeof *client);
  if (client == NULL)
    return NULL;
  client->wake.ends[0] = client->wake.ends[1] = -1;
  client->owner = getpid();
  client->deadline = -1;
  client->polled_room = 16;
  client->polled = calloc(client->polled_room, sizeof *client->polled);
  client->ready = calloc(client->polled_room, sizeof *client->ready);
  if (client->polled == NULL || client->ready == NULL ||
      open_wake(client) != 0 || open_multi(client) != 0) {
    http_client_free(client);
    return NULL;
  }
  return client;
}

int http_is_inherited(const http_client *client)
{
  return client->owner != getpid();
}

/* Has the pollset watch the descriptors that are not libcurl's. */
static int watch_own(http_client *client, short before, short events)
{
  int watched = client->polled[WATCHED].fd;
  int status = change_pollset(client, client->polled[WAKE].fd, before, events);
  if (status == 0 && watched >= 0)
    status = change_pollset(client, watched, before, events);
  return status;
}

/* The transfers keep their handles: responses are read from these. */
static void leave_client(http_client *client)
{
  http_transfer *t;
  for (t = client->all; t != NULL; t = t->next) {
    http_cancel(t);
    t->client = NULL;
  }
}

/* Closes every connection, TLS ones with a message to the server. */
static void close_connections(http_client *client)
{
  handles_free(&client->handles);
  if (client->multi != NULL)
    curl_multi_cleanup(client->multi);
  if (client->polled_count > 0)
    watch_own(client, POLLIN, 0);
}

void http_client_free(http_client *client)
{
  if (client == NULL)
    return;
  leave_client(client);
  if (!http_is_inherited(client))
    close_connections(client);
  wake_close(&client->wake);
  origin_free(&client->origin);
  idle_free(&client->idle);
  free(client->polled);
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

int http_use_pollset(http_client *client, pollset *set)
{
  if (pollset_renew(set) != 0)
    return -1;
  client->pollset = set;
  return watch_own(client, 0, POLLIN);
}

size_t http_running(const http_client *client)
{
  return client->running;
}

/* ---- finishing --------------------------------------------------------- */

static void push_finished(http_transfer *t)
{
  http_client *client = t->client;
  t->state = TRANSFER_FINISHED;
  t->next_finished = NULL;
  if (client->last_finished != NULL)
    client->last_finished->next_finished = t;
  else
    client->finished = t;
  client->last_finished = t;
}

static void detach(http_transfer *t)
{
  if (http_is_inherited(t->client)) {
    t->easy = NULL;           /* it would close the connection, */
    t->multipart.mime = NULL; /* and this move on in the files */
  } else {
    curl_multi_remove_handle(t->client->multi, t->easy);
  }
  t->client->running--;
}

/* After a callback has failed, libcurl ends each transfer that it is called
   for; this calls it for all of them. */
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
    idle_add(&client->idle, t->easy);
    t->was_open = idle_was_open(&client->idle, t->easy);
    detach(t); /* frees `message` */
    if (client->failed && code == CURLE_ABORTED_BY_CALLBACK)
      transfer_fail(t, HTTP_MEMORY, "not enough memory");
    transfer_settle(t, code);
    push_finished(t);
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

static void forget_finished(http_transfer *t)
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

static void act_on_timer(http_client *client)
{
  if (client->deadline < 0 || clock_monotonic() < client->deadline)
    return;
  client->deadline = -1;
  act(client, CURL_SOCKET_TIMEOUT, 0);
}

/* Acting on one socket may add and remove others, so the ready ones are copied
   first. Returns whether `wake` or the watched descriptor was among them. */
static int act_on_ready(http_client *client, int count)
{
  size_t i, ready_count = 0;
  int woken = 0;
  for (i = 0; count > 0 && i < client->polled_count; i++) {
    if (client->polled[i].revents == 0)
      continue;
    count--;
    if (i < FIRST_SOCKET)
      woken = 1;
    else
      client->ready[ready_count++] = client->polled[i];
  }
  for (i = 0; i < ready_count; i++) {
    struct pollfd entry = client->ready[i];
    act(client, entry.fd, curl_events(entry.revents));
  }
  if (woken)
    wake_clear(&client->wake);
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
    act_on_timer(client);
    collect_finished(client);
    if (client->finished != NULL)
      return;
    count = poll(client->polled, (nfds_t)client->polled_count,
                 milliseconds_until(client, end));
    if (count < 0)
      return; /* a signal, or no memory: the caller tries again */
    woken = act_on_ready(client, count);
    collect_finished(client);
    if (woken || client->finished != NULL || clock_monotonic() >= end)
      return;
  }
}

void http_wakeup(http_client *client)
{
  wake_signal(&client->wake);
}

double http_timeout(http_client *client)
{
  double left;
  collect_finished(client); /* http_start may have finished some */
  if (client->finished != NULL)
    return 0;
  if (client->deadline < 0)
    return -1;
  left = client->deadline - clock_monotonic();
  return left > 0 ? left : 0;
}

static void act_on(http_client *client, const struct pollfd *entry)
{
  if (entry->fd == wake_fd(&client->wake))
    wake_clear(&client->wake);
  else if (entry->fd != client->polled[WATCHED].fd)
    act(client, entry->fd, curl_events(entry->revents));
}

void http_step(http_client *client, double seconds)
{
  struct pollfd ready[STEP];
  double end = clock_monotonic() + seconds;
  int count, i;
  if (client->pollset == NULL) {
    http_wait(client, 0);
    return;
  }
  act_on_timer(client);
  do {
    count = pollset_take(client->pollset, ready, STEP);
    for (i = 0; i < count; i++)
      act_on(client, &ready[i]);
  } while (count == STEP && clock_monotonic() < end);
  collect_finished(client);
}

/* ---- transfers ---------------------------------------------------------- */

http_transfer *http_transfer_new(http_client *client)
{
  http_transfer *t = transfer_new(client->memory);
  if (t == NULL)
    return NULL;
  t->client = client;
  t->next = client->all;
  if (t->next != NULL)
    t->next->previous = t;
  client->all = t;
  return t;
}

static void leave_list(http_transfer *t)
{
  if (t->previous != NULL)
    t->previous->next = t->next;
  else
    t->client->all = t->next;
  if (t->next != NULL)
    t->next->previous = t->previous;
}

/* In a forked process the handle is left alone: it shares its connection. One
   that failed is not used again: libcurl 7.88 would leave its errno on it. */
static void give_handle(http_transfer *t)
{
  http_client *client = t->client;
  if (client != NULL && http_is_inherited(client))
    return;
  if (client == NULL || t->fault != HTTP_NONE)
    curl_easy_cleanup(t->easy);
  else
    handles_give(&client->handles, t->easy, t->is_special);
}

void http_transfer_free(http_transfer *t)
{
  if (t == NULL)
    return;
  if (t->client != NULL) {
    http_cancel(t);
    leave_list(t);
  }
  if (t->easy != NULL)
    give_handle(t);
  transfer_free(t);
}

/* Returns 0, or -1 with the fault set. */
static int prepare(http_transfer *t)
{
  http_client *client = t->client;
  const char *fault = "there is no URL";
  if (t->url != NULL)
    fault = origin_check(&client->origin, t->url, &t->to_loopback);
  if (fault != NULL) {
    transfer_fail(t, HTTP_CONFIG, fault);
    return -1;
  }
  fault = guard_fault(&t->guard, t->url);
  if (fault != NULL) {
    transfer_fail(t, HTTP_PROTOCOL, fault);
    return -1;
  }
  t->easy = handles_take(&client->handles);
  if (t->easy == NULL) {
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
    return -1;
  }
  return options_set(t, &client->idle);
}

/* Returns 0, or -1 with the fault set. */
static int send_request(http_transfer *t)
{
  http_client *client = t->client;
  idle_sweep(&client->idle, client->polled, client->polled_count);
  if (curl_multi_add_handle(client->multi, t->easy) != CURLM_OK) {
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
    return -1;
  }
  client->running++;
  t->state = TRANSFER_RUNNING;
  act_on_timer(client); /* sends it now where a connection is open */
  return 0;
}

void http_start(http_transfer *t)
{
  if (t->state != TRANSFER_SETUP || t->client == NULL)
    return;
  if (prepare(t) != 0 || send_request(t) != 0)
    push_finished(t);
}

void http_cancel(http_transfer *t)
{
  if (t->state == TRANSFER_FINISHED) {
    if (t->client != NULL)
      forget_finished(t);
    return;
  }
  if (t->state == TRANSFER_RUNNING)
    detach(t);
  t->state = TRANSFER_FINISHED;
  transfer_abandon(t);
}
