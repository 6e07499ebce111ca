/* delay.c - a server of pages.lua's files that delays each response */
/* SPDX-License-Identifier: MIT */

/* delay FOLDER SECONDS prints its port on 127.0.0.1 and serves until it is
   killed: the token for a POST, the account below /CLOUD/, otherwise the page
   of the marker. All responses wait equally long, so one queue holds them in
   order. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../spec/c/listen.h"

enum { CONNECTIONS = 8192, REQUEST = 4096, EVENTS = 256, ANSWER = 262144 };

typedef struct connection {
  int fd;
  size_t length; /* of the request as far as it has arrived */
  char request[REQUEST];
  double due;    /* when to send the response */
  int is_queued; /* the queue refers to it: it can't be freed */
  struct connection *next;
} connection;

static const char *folder;
static double delay;
static connection *first, *last;

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
  fprintf(stderr, "delay: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* ---- answers ------------------------------------------------------------ */

/* Finds the path of the file to send. */
static void name_file(const char *request, char *path, size_t size)
{
  const char *end = strstr(request, "\r\n");
  const char *marker = strstr(request, "marker=CLOUD%3A");
  long number = 0;
  if (marker != NULL && marker < end)
    number = strtol(marker + 15, NULL, 10);
  if (strncmp(request, "POST", 4) == 0)
    snprintf(path, size, "%s/token.json", folder);
  else if (strstr(request, "/CLOUD/") != NULL &&
           strstr(request, "/CLOUD/") < end)
    snprintf(path, size, "%s/account.json", folder);
  else if (number > 0)
    snprintf(path, size, "%s/pages/%ld.json", folder, number);
  else
    snprintf(path, size, "%s/pages/first.json", folder);
}

static void write_all(int fd, const char *bytes, size_t length)
{
  while (length > 0) {
    ssize_t written = send(fd, bytes, length, MSG_NOSIGNAL);
    if (written <= 0 && errno != EAGAIN && errno != EINTR)
      return; /* the peer is gone: read_request sees its end */
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
    }
  }
}

static void answer(const connection *c)
{
  static char body[ANSWER], bytes[ANSWER + 256];
  char path[4096];
  FILE *file;
  size_t length;
  int head;
  name_file(c->request, path, sizeof path);
  file = fopen(path, "rb");
  if (file == NULL)
    fail(path);
  length = fread(body, 1, sizeof body, file);
  fclose(file);
  head = snprintf(bytes, 256,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  length);
  memcpy(bytes + head, body, length);
  write_all(c->fd, bytes, (size_t)head + length);
}

static void answer_due(void)
{
  double time = now();
  while (first != NULL && first->due <= time) {
    connection *c = first;
    first = c->next;
    if (first == NULL)
      last = NULL;
    c->is_queued = 0;
    if (c->fd < 0) {
      free(c);
      continue;
    }
    answer(c);
    c->length = 0;
    c->request[0] = '\0';
  }
}

static void enqueue(connection *c)
{
  c->due = now() + delay;
  c->is_queued = 1;
  c->next = NULL;
  if (last != NULL)
    last->next = c;
  else
    first = c;
  last = c;
}

/* ---- requests ----------------------------------------------------------- */

/* Whether a request is complete; its body has a Content-Length. */
static int is_whole(const connection *c)
{
  const char *end = strstr(c->request, "\r\n\r\n");
  const char *length = strstr(c->request, "Content-Length: ");
  size_t body = length != NULL ? strtoul(length + 16, NULL, 10) : 0;
  return end != NULL && (size_t)(end + 4 - c->request) + body == c->length;
}

static void read_request(connection *c)
{
  ssize_t got = recv(c->fd, c->request + c->length, REQUEST - 1 - c->length, 0);
  if (got <= 0) {
    close(c->fd);
    c->fd = -1;
    if (!c->is_queued)
      free(c);
    return;
  }
  c->length += (size_t)got;
  c->request[c->length] = '\0';
  if (is_whole(c))
    enqueue(c);
}

static void add_connection(int loop, int listener)
{
  int fd = accept(listener, NULL, NULL), on = 1;
  connection *c = fd >= 0 ? calloc(1, sizeof *c) : NULL;
  struct epoll_event event;
  if (c == NULL)
    fail("accept");
  c->fd = fd;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  event.events = EPOLLIN;
  event.data.ptr = c;
  if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) != 0)
    fail("epoll_ctl");
}

/* ---- the server --------------------------------------------------------- */

static int milliseconds_left(void)
{
  double left = first != NULL ? first->due - now() : 60;
  return left > 0 ? (int)(left * 1000) + 1 : 0;
}

static void serve(int loop, int listener)
{
  static struct epoll_event events[EVENTS];
  int count = epoll_wait(loop, events, EVENTS, milliseconds_left()), i;
  for (i = 0; i < count; i++)
    if (events[i].data.ptr == NULL)
      add_connection(loop, listener);
    else
      read_request(events[i].data.ptr);
  answer_due();
}

int main(int argc, char **argv)
{
  struct rlimit limit;
  struct epoll_event event = {EPOLLIN, {NULL}};
  int loop = epoll_create1(0), listener, port;
  if (argc != 3) {
    fputs("usage: delay FOLDER SECONDS\n", stderr);
    return 2;
  }
  folder = argv[1];
  delay = strtod(argv[2], NULL);
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  listener = listen_on_loopback(CONNECTIONS, &port);
  printf("%d\n", port);
  fflush(stdout);
  if (loop < 0 || epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event) != 0)
    fail("epoll");
  for (;;)
    serve(loop, listener);
}
