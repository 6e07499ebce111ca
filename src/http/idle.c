/* idle.c - the open connections that no transfer uses */
/* SPDX-License-Identifier: MIT */
#include "http/idle.h"

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

int idle_close(void *user, curl_socket_t fd)
{
  idle_remove(user, fd);
  return close(fd);
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
