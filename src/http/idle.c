/* idle.c - a client's open connections that no transfer uses */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http_parts.h"

/* libcurl 7.88 sends a request on a connection although bytes lie there that
   nobody has asked for: the rest of an answer that was longer than it said.
   They would be taken for the next answer. So such a connection is shut down
   before the next request, and libcurl sees that it is dead. */

static int has_room(http_client *client)
{
  size_t room = client->rest_room > 0 ? client->rest_room * 2 : 16;
  struct pollfd *rest;
  if (client->rest_count < client->rest_room)
    return 1;
  rest = realloc(client->rest, room * sizeof *rest);
  if (rest == NULL)
    return 0;
  client->rest = rest;
  client->rest_room = room;
  return 1;
}

static struct pollfd *find(http_client *client, curl_socket_t fd)
{
  size_t i;
  for (i = 0; i < client->rest_count; i++)
    if (client->rest[i].fd == fd)
      return &client->rest[i];
  return NULL;
}

/* On HTTP/2 a server may speak at any time. */
void idle_add(http_transfer *t)
{
  http_client *client = t->client;
  curl_socket_t fd = CURL_SOCKET_BAD;
  long version = 0;
  curl_easy_getinfo(t->easy, CURLINFO_ACTIVESOCKET, &fd);
  curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
  if (fd == CURL_SOCKET_BAD || version > CURL_HTTP_VERSION_1_1 ||
      find(client, fd) != NULL)
    return;
  if (!has_room(client)) {
    shutdown(fd, SHUT_RDWR);
    return;
  }
  client->rest[client->rest_count].fd = fd;
  client->rest[client->rest_count].events = POLLIN;
  client->rest_count++;
}

void idle_remove(http_client *client, curl_socket_t fd)
{
  struct pollfd *entry = find(client, fd);
  if (entry != NULL)
    *entry = client->rest[--client->rest_count];
}

int idle_close(void *user, curl_socket_t fd)
{
  idle_remove(user, fd);
  return close(fd);
}

/* It may be in use again, when that began before the end was seen. */
static int is_polled(const http_client *client, int fd)
{
  size_t i;
  for (i = 0; i < client->polled_count; i++)
    if (client->polled[i].fd == fd)
      return 1;
  return 0;
}

void idle_sweep(http_client *client)
{
  size_t i;
  if (client->rest_count == 0 ||
      poll(client->rest, (nfds_t)client->rest_count, 0) <= 0)
    return;
  for (i = 0; i < client->rest_count; i++)
    if (client->rest[i].revents != 0 && !is_polled(client, client->rest[i].fd))
      shutdown(client->rest[i].fd, SHUT_RDWR);
}
