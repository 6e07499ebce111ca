/* idle.c - the open connections that no transfer uses */
/* SPDX-License-Identifier: MIT */
#include "http/idle.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int has_room(idle *list)
{
  size_t room = list->room > 0 ? list->room * 2 : 16;
  struct pollfd *sockets;
  if (list->count < list->room)
    return 1;
  sockets = realloc(list->sockets, room * sizeof *sockets);
  if (sockets == NULL)
    return 0;
  list->sockets = sockets;
  list->room = room;
  return 1;
}

static struct pollfd *find(const idle *list, curl_socket_t fd)
{
  size_t i;
  for (i = 0; i < list->count; i++)
    if (list->sockets[i].fd == fd)
      return &list->sockets[i];
  return NULL;
}

/* An HTTP/2 server may send at any time, so those are left out. */
void idle_add(idle *list, CURL *easy)
{
  curl_socket_t fd = CURL_SOCKET_BAD;
  long version = 0;
  curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd);
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  if (fd == CURL_SOCKET_BAD || version > CURL_HTTP_VERSION_1_1 ||
      find(list, fd) != NULL)
    return;
  if (!has_room(list)) {
    shutdown(fd, SHUT_RDWR);
    return;
  }
  list->sockets[list->count].fd = fd;
  list->sockets[list->count].events = POLLIN;
  list->count++;
}

void idle_remove(idle *list, curl_socket_t fd)
{
  struct pollfd *entry = find(list, fd);
  if (entry != NULL)
    *entry = list->sockets[--list->count];
}

/* libcurl's sockets don't block. */
static int is_open(curl_socket_t fd)
{
  char byte;
  ssize_t got = recv(fd, &byte, 1, MSG_PEEK);
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

/* 0: not known. */
static int local_port(curl_socket_t fd)
{
  union {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
  } address;
  socklen_t length = sizeof address;
  if (getsockname(fd, &address.any, &length) != 0)
    return 0;
  if (address.any.sa_family == AF_INET)
    return ntohs(address.ipv4.sin_port);
  return address.any.sa_family == AF_INET6 ? ntohs(address.ipv6.sin6_port) : 0;
}

int idle_close(void *user, curl_socket_t fd)
{
  idle *list = user;
  idle_remove(list, fd);
  if (is_open(fd))
    list->open_port = local_port(fd);
  return close(fd);
}

int idle_was_open(const idle *list, CURL *easy)
{
  long port = 0;
  curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
  return port > 0 && port == list->open_port;
}

static int is_used(const struct pollfd *used, size_t count, int fd)
{
  size_t i;
  for (i = 0; i < count; i++)
    if (used[i].fd == fd)
      return 1;
  return 0;
}

void idle_sweep(const idle *list, const struct pollfd *used, size_t count)
{
  size_t i;
  if (list->count == 0 || poll(list->sockets, (nfds_t)list->count, 0) <= 0)
    return;
  for (i = 0; i < list->count; i++) {
    const struct pollfd *entry = &list->sockets[i];
    if (entry->revents != 0 && !is_used(used, count, entry->fd))
      shutdown(entry->fd, SHUT_RDWR);
  }
}

void idle_free(idle *list)
{
  free(list->sockets);
  list->sockets = NULL;
  list->count = list->room = 0;
}
