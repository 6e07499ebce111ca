/* reach.c - whether an address is of the internet, or nearer */
/* SPDX-License-Identifier: MIT */
#include "base/reach.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/url.h"

enum { HOST_SIZE = 256 };

/* ---- addresses ---------------------------------------------------------- */

/* The networks of the special-purpose registry that are not public. */
static const struct {
  uint32_t network;
  int bits;
  reach reach;
} ipv4_networks[] = {
    {0x00000000, 8, REACH_RESERVED},  /* 0.0.0.0 leads to this machine */
    {0x0a000000, 8, REACH_PRIVATE},   /* 10 */
    {0x64400000, 10, REACH_PRIVATE},  /* 100.64, shared by carriers */
    {0x7f000000, 8, REACH_LOOPBACK},  /* 127 */
    {0xa9fe0000, 16, REACH_LINK},     /* 169.254 */
    {0xac100000, 12, REACH_PRIVATE},  /* 172.16 */
    {0xc0000000, 24, REACH_RESERVED}, /* 192.0.0, of protocols */
    {0xc0000200, 24, REACH_RESERVED}, /* 192.0.2, of documents */
    {0xc0586300, 24, REACH_RESERVED}, /* 192.88.99, relays of 6to4 */
    {0xc0a80000, 16, REACH_PRIVATE},  /* 192.168 */
    {0xc6120000, 15, REACH_RESERVED}, /* 198.18, of measurements */
    {0xc6336400, 24, REACH_RESERVED}, /* 198.51.100, of documents */
    {0xcb007100, 24, REACH_RESERVED}, /* 203.0.113, of documents */
    {0xe0000000, 3, REACH_RESERVED},  /* 224 and above: many at once */
};

static reach reach_of_ipv4(uint32_t address)
{
  size_t i;
  for (i = 0; i < sizeof ipv4_networks / sizeof ipv4_networks[0]; i++)
    if ((address ^ ipv4_networks[i].network) >> (32 - ipv4_networks[i].bits) ==
        0)
      return ipv4_networks[i].reach;
  return REACH_PUBLIC;
}

static uint32_t ipv4_at(const unsigned char *bytes)
{
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
         (uint32_t)bytes[2] << 8 | bytes[3];
}

static int begins(const unsigned char address[16], const void *prefix,
                  size_t length)
{
  return memcmp(address, prefix, length) == 0;
}

/* The forms in which an IPv6 address holds one of IPv4: where it is, or NULL.
 */
static const unsigned char *ipv4_inside(const unsigned char address[16])
{
  static const unsigned char zeros[12] = {0};
  static const unsigned char mapped[12] = {0, 0, 0, 0, 0,    0,
                                           0, 0, 0, 0, 0xff, 0xff};
  static const unsigned char translated[12] = {0, 0x64, 0xff, 0x9b};
  if (begins(address, mapped, 12) || begins(address, translated, 12) ||
      begins(address, zeros, 12))
    return address + 12;
  return begins(address, "\x20\x02", 2) ? address + 2 : NULL; /* 6to4 */
}

/* Of 2000::/3, which is all that is given out, what is not public. */
static int is_public_ipv6(const unsigned char address[16])
{
  return address[0] >> 5 == 1 && !begins(address, "\x20\x01\x00\x00", 4) &&
         !begins(address, "\x20\x01\x0d\xb8", 4) &&
         !(begins(address, "\x3f\xff", 2) && address[2] >> 4 == 0);
}

static reach reach_of_ipv6(const unsigned char address[16])
{
  static const unsigned char loopback[16] = {0, 0, 0, 0, 0, 0, 0, 0,
                                             0, 0, 0, 0, 0, 0, 0, 1};
  const unsigned char *inside = ipv4_inside(address);
  if (begins(address, loopback, 16))
    return REACH_LOOPBACK;
  if (inside != NULL)
    return reach_of_ipv4(ipv4_at(inside));
  if (address[0] == 0xfe && address[1] >> 6 == 2)
    return REACH_LINK; /* fe80::/10 */
  if (address[0] >> 1 == 0x7e || (address[0] == 0xfe && address[1] >> 6 == 3) ||
      begins(address, "\x00\x64\xff\x9b\x00\x01", 6))
    return REACH_PRIVATE; /* fc00::/7, fec0::/10, local translation */
  return is_public_ipv6(address) ? REACH_PUBLIC : REACH_RESERVED;
}

reach reach_of_address(const struct sockaddr *address)
{
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
  switch (address->sa_family) {
  case AF_INET:
    memcpy(&ipv4, address, sizeof ipv4);
    return reach_of_ipv4(ntohl(ipv4.sin_addr.s_addr));
  case AF_INET6:
    memcpy(&ipv6, address, sizeof ipv6);
    return reach_of_ipv6(ipv6.sin6_addr.s6_addr);
  default:
    return REACH_RESERVED;
  }
}

/* ---- hosts -------------------------------------------------------------- */

static int parse(const char *text, reach *found)
{
  struct in_addr ipv4;
  struct in6_addr ipv6;
  if (inet_pton(AF_INET, text, &ipv4) == 1)
    *found = reach_of_ipv4(ntohl(ipv4.s_addr));
  else if (inet_pton(AF_INET6, text, &ipv6) == 1)
    *found = reach_of_ipv6(ipv6.s6_addr);
  else
    return 0;
  return 1;
}

reach reach_of_text(const char *text)
{
  reach found;
  return parse(text, &found) ? found : REACH_RESERVED;
}

/* Copies a host without its brackets, its zone and the dot at its end. Returns
   0, or -1 when it is too long. */
static int copy_host(const char *host, char copy[HOST_SIZE])
{
  size_t length = strlen(host);
  if (*host == '[') {
    host++;
    length = strcspn(host, "%]");
  } else if (length > 0 && host[length - 1] == '.') {
    length--;
  }
  if (length == 0 || length >= HOST_SIZE)
    return -1;
  memcpy(copy, host, length);
  copy[length] = '\0';
  return 0;
}

static int is_localhost(const char *name)
{
  static const char local[] = ".localhost";
  size_t length = strlen(name), tail = sizeof local - 1;
  return ascii_equal(name, local + 1) ||
         (length > tail && ascii_equal(name + length - tail, local));
}

/* Whether some resolver could read a name as a number: its last part begins
   with a digit and is all digits, or hexadecimal, as in 127.1 and 0x7f.1. */
static int is_numeric(const char *name)
{
  const char *dot = strrchr(name, '.');
  const char *last = dot != NULL ? dot + 1 : name;
  if (*last < '0' || *last > '9')
    return 0;
  return last[strspn(last, "0123456789")] == '\0' || last[1] == 'x' ||
         last[1] == 'X';
}

reach reach_of_host(const char *host)
{
  static const char letters[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  char name[HOST_SIZE];
  reach found;
  if (copy_host(host, name) != 0)
    return REACH_RESERVED;
  if (parse(name, &found))
    return found;
  if (is_localhost(name))
    return REACH_LOOPBACK;
  if (name[strspn(name, letters)] != '\0' || is_numeric(name))
    return REACH_RESERVED;
  return REACH_NAME;
}

/* ---- what a service may name -------------------------------------------- */

/* What is known of the host of a URL and of that of its service. */
typedef struct pair {
  reach host, service;
  int is_same; /* both are the same host */
} pair;

/* A URL that can't be split is judged as one of no network. */
static pair look_at(const char *url, const char *service)
{
  pair found = {REACH_RESERVED, REACH_PUBLIC, 0};
  url_parts parts, own;
  if (url_split(url, &parts) != URL_OK)
    return found;
  found.host = reach_of_host(parts.host);
  if (url_split(service, &own) == URL_OK) {
    found.service = reach_of_host(own.host);
    found.is_same = ascii_equal(parts.host, own.host);
    url_parts_free(&own);
  }
  url_parts_free(&parts);
  return found;
}

const char *reach_fault(const char *url, const char *service)
{
  pair found = look_at(url, service);
  if (found.is_same || found.host == found.service)
    return NULL;
  switch (found.host) {
  case REACH_LOOPBACK:
    return "its host is this machine itself, and the service is elsewhere";
  case REACH_LINK:
    return "its host is a link-local address, and the service has none";
  case REACH_PRIVATE:
    return "its host is in a private network, and the service is elsewhere";
  case REACH_RESERVED:
    return "its host is no address of the internet";
  default:
    return NULL;
  }
}

int reach_is_open(const char *url, const char *service)
{
  pair found = look_at(url, service);
  return found.host == REACH_NAME && !found.is_same;
}

/* Whether one of the addresses of a name is of a kind. */
static int has_address(const char *name, reach wanted)
{
  struct addrinfo hints, *list = NULL, *at;
  int found = 0;
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(name, NULL, &hints, &list) != 0)
    return 0;
  for (at = list; at != NULL && !found; at = at->ai_next)
    found = reach_of_address(at->ai_addr) == wanted;
  freeaddrinfo(list);
  return found;
}

int reach_allows(const struct sockaddr *address, const char *service)
{
  reach wanted = reach_of_address(address), own;
  url_parts parts;
  int allowed;
  if (wanted == REACH_PUBLIC)
    return 1;
  if (url_split(service, &parts) != URL_OK)
    return 0;
  own = reach_of_host(parts.host);
  allowed =
      own == wanted || (own == REACH_NAME && has_address(parts.host, wanted));
  url_parts_free(&parts);
  return allowed;
}
