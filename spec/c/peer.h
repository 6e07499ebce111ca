/* peer.h - a raw HTTP/1.1 peer on loopback, in a thread, for http_units.c */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_PEER_H
#define RACKSPACE_PEER_H

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "http/http.h"
#include "listen.h"

enum { PEER_MOST = 128 };

typedef struct peer_connection {
  int fd;
  buffer in;
  int waits; /* a whole request came, and is not answered yet */
} peer_connection;

typedef struct peer {
  /* set before peer_start */
  const char *answer; /* to each request; NULL: none ever */
  size_t answer_length;
  int closes;         /* the connection, after an answer or instead of it */
  int resets;         /* the connection, where it would close it */
  int greets;         /* answers each connection, before any request */
  size_t hold;        /* answers nothing before this many requests came */
  http_client *wakes; /* is woken by each request */

  int port;
  int listener;
  int stop[2];
  pthread_t thread;
  peer_connection connections[PEER_MOST];
  size_t open;

  pthread_mutex_t lock; /* of what follows */
  size_t accepted, requests;
  buffer last; /* the last request's bytes */
} peer;

/* ---- reading requests ------------------------------------------------------
 */

static const char *peer_header(const char *head, const char *name)
{
  size_t length = strlen(name);
  for (head = strstr(head, "\r\n"); head != NULL;
       head = strstr(head + 2, "\r\n"))
    if (strncasecmp(head + 2, name, length) == 0 && head[2 + length] == ':')
      return head + 3 + length;
  return NULL;
}

/* Whether `in` holds a whole request. */
static int peer_is_whole(const buffer *in)
{
  const char *head = in->bytes, *value;
  const char *end = head != NULL ? strstr(head, "\r\n\r\n") : NULL;
  size_t body;
  if (end == NULL)
    return 0;
  body = in->length - (size_t)(end + 4 - head);
  value = peer_header(head, "Content-Length");
  if (value != NULL)
    return body >= strtoul(value, NULL, 10);
  if (peer_header(head, "Transfer-Encoding") != NULL)
    return body >= 5 && memcmp(head + in->length - 5, "0\r\n\r\n", 5) == 0;
  return 1;
}

static void peer_note(peer *p, const buffer *request)
{
  pthread_mutex_lock(&p->lock);
  buffer_free(&p->last);
  buffer_add(&p->last, request->bytes, request->length);
  p->requests++;
  pthread_mutex_unlock(&p->lock);
  if (p->wakes != NULL)
    http_wakeup(p->wakes);
}

/* ---- connections -----------------------------------------------------------
 */

static void peer_drop(peer *p, size_t i)
{
  close(p->connections[i].fd);
  buffer_free(&p->connections[i].in);
  p->connections[i] = p->connections[--p->open];
}

static int peer_send(int fd, const char *bytes, size_t length)
{
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0)
      return -1;
    bytes += sent;
    length -= (size_t)sent;
  }
  return 0;
}

/* Returns whether the connection goes on. */
static int peer_reply(peer *p, peer_connection *c)
{
  struct linger at_once = {1, 0};
  if (!c->waits || p->requests < p->hold)
    return 1;
  if (p->answer != NULL && peer_send(c->fd, p->answer, p->answer_length) != 0)
    return 0;
  if (p->resets)
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  if (p->closes)
    return 0;
  c->waits = p->answer == NULL;
  return 1;
}

static int peer_receive(peer *p, peer_connection *c)
{
  char bytes[65536];
  ssize_t length = recv(c->fd, bytes, sizeof bytes, 0);
  if (length <= 0 || buffer_add(&c->in, bytes, (size_t)length) != 0)
    return 0;
  if (peer_is_whole(&c->in)) {
    peer_note(p, &c->in);
    buffer_free(&c->in);
    c->waits = 1;
  }
  return 1;
}

/* A client that reads nothing must not hold the thread for ever. */
static void peer_accept(peer *p)
{
  struct timeval patience = {10, 0};
  int fd = accept(p->listener, NULL, NULL);
  if (fd < 0)
    return;
  if (p->open == PEER_MOST) {
    close(fd);
    return;
  }
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  buffer_init(&p->connections[p->open].in, (size_t)1 << 26);
  p->connections[p->open].fd = fd;
  p->connections[p->open].waits = 0;
  p->open++;
  if (p->greets)
    peer_send(fd, p->answer, p->answer_length);
  pthread_mutex_lock(&p->lock);
  p->accepted++;
  pthread_mutex_unlock(&p->lock);
}

static size_t peer_polled(const peer *p, struct pollfd *polled)
{
  size_t i;
  memset(polled, 0, (PEER_MOST + 2) * sizeof *polled);
  polled[0].fd = p->stop[0];
  polled[1].fd = p->listener;
  for (i = 0; i < p->open; i++)
    polled[i + 2].fd = p->connections[i].fd;
  for (i = 0; i < p->open + 2; i++)
    polled[i].events = POLLIN;
  return p->open + 2;
}

/* From the last, since one that goes is replaced by the last. */
static void peer_serve(peer *p, const struct pollfd *polled, size_t count)
{
  size_t i;
  for (i = count; i > 2; i--)
    if (polled[i - 1].revents && !peer_receive(p, &p->connections[i - 3]))
      peer_drop(p, i - 3);
  for (i = p->open; i > 0; i--)
    if (!peer_reply(p, &p->connections[i - 1]))
      peer_drop(p, i - 1);
}

static void *peer_run(void *user)
{
  peer *p = user;
  struct pollfd polled[PEER_MOST + 2];
  for (;;) {
    size_t count = peer_polled(p, polled);
    if (poll(polled, (nfds_t)count, -1) < 0)
      continue;
    if (polled[0].revents)
      break;
    peer_serve(p, polled, count);
    if (polled[1].revents)
      peer_accept(p);
  }
  while (p->open > 0)
    peer_drop(p, p->open - 1);
  return NULL;
}

/* ---- for the units ---------------------------------------------------------
 */

static void peer_start(peer *p)
{
  buffer_init(&p->last, (size_t)1 << 26);
  p->listener = listen_on_loopback(SOMAXCONN, &p->port);
  if (pipe(p->stop) != 0 || pthread_mutex_init(&p->lock, NULL) != 0 ||
      pthread_create(&p->thread, NULL, peer_run, p) != 0)
    abort();
}

static void peer_stop(peer *p)
{
  if (p->port == 0)
    return;
  close(p->stop[1]);
  pthread_join(p->thread, NULL);
  close(p->stop[0]);
  close(p->listener);
  pthread_mutex_destroy(&p->lock);
  buffer_free(&p->last);
  memset(p, 0, sizeof *p);
}

static size_t peer_read(peer *p, const size_t *number)
{
  size_t value;
  pthread_mutex_lock(&p->lock);
  value = *number;
  pthread_mutex_unlock(&p->lock);
  return value;
}

#endif
