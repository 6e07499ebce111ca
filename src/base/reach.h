/* reach.h - whether an address is of the internet, or nearer */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_REACH_H
#define RACKSPACE_REACH_H

#include <sys/socket.h>

#pragma GCC visibility push(hidden)

typedef enum reach {
  REACH_PUBLIC,   /* an address of the internet */
  REACH_LOOPBACK, /* this machine itself */
  REACH_LINK,     /* link-local, such as 169.254.169.254 */
  REACH_PRIVATE,  /* of a private network, such as 10.0.0.1 */
  REACH_RESERVED, /* of no network, or not clear */
  REACH_NAME      /* no address, but a name that is looked up */
} reach;

/* That of an address. An IPv6 address that stands for one of IPv4 is judged as
   that. */
reach reach_of_address(const struct sockaddr *address);

/* That of an address in the form of inet_ntop. */
reach reach_of_text(const char *text);

/* That of a URL's host, as url_split gives it. */
reach reach_of_host(const char *host);

/* Why a URL must not be used that a service has named, or NULL: its host is an
   address that is not public, and the service's own is of another kind. A host
   that is a name is not looked up. */
const char *reach_fault(const char *url, const char *service);

/* Whether a URL's host is looked up and is not the service's own: the address
   that a connection goes to is then to be judged by reach_allows. */
int reach_is_open(const char *url, const char *service);

/* Whether a service may name a host that has this address. Looks up the name
   of the service's host where that decides, and so waits. */
int reach_allows(const struct sockaddr *address, const char *service);

#pragma GCC visibility pop

#endif
