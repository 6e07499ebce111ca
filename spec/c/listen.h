/* listen.h - sockets on loopback, for peers and bench/delay.c */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LISTEN_H
#define RACKSPACE_LISTEN_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* On a port of the system's choice, which nobody else is given meanwhile. */
static int hold_on_loopback(int *port)
{
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
      getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
    perror("bind");
    exit(EXIT_FAILURE);
  }
  *port = ntohs(address.sin_port);
  return fd;
}

static int listen_on_loopback(int backlog, int *port)
{
  int fd = hold_on_loopback(port);
  if (listen(fd, backlog) != 0) {
    perror("listen");
    exit(EXIT_FAILURE);
  }
  return fd;
}

#endif
