/* guard.c - keeps a transfer from addresses that a service must not name */
/* SPDX-License-Identifier: MIT */
#include "http/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/reach.h"

static int check(guard *g, const struct sockaddr *address)
{
  if (reach_allows(address, g->service))
    return 1;
  g->has_refused = 1;
  return 0;
}

/* Called for each address that a name leads to. */
static curl_socket_t on_address(void *user, curlsocktype purpose,
                                struct curl_sockaddr *address)
{
  (void)purpose;
  if (!check(user, &address->addr))
    return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype, address->protocol);
}

int guard_allows_peer(guard *g, const char *peer)
{
  union {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
  } address;
  if (!g->is_judging)
    return 1;
  memset(&address, 0, sizeof address);
  if (inet_pton(AF_INET, peer, &address.ipv4.sin_addr) == 1)
    address.any.sa_family = AF_INET;
  else if (inet_pton(AF_INET6, peer, &address.ipv6.sin6_addr) == 1)
    address.any.sa_family = AF_INET6;
  return check(g, &address.any);
}

const char *guard_fault(const guard *g, const char *url)
{
  return g->service != NULL ? reach_fault(url, g->service) : NULL;
}

/* The proxy for https that libcurl would take from the environment, or NULL. */
static const char *proxy_of_environment(void)
{
  static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
                                      "ALL_PROXY"};
  const char *proxy = NULL;
  size_t i;
  for (i = 0; i < sizeof names / sizeof names[0] && proxy == NULL; i++)
    proxy = getenv(names[i]);
  return proxy;
}

/* A proxy looks the name up, where it can't be judged. Which of the two ways
   the connection takes must be certain, so a proxy takes all of them, whatever
   NO_PROXY says. */
int guard_set_options(guard *g, CURL *easy, const char *url, const char *proxy)
{
  if (g->service == NULL || !reach_is_open(url, g->service))
    return 0;
  if (proxy == NULL)
    proxy = proxy_of_environment();
  if (proxy == NULL)
    proxy = "";
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy);
  if (*proxy != '\0') {
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    return 1;
  }
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_address);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, g);
  g->is_judging = 1;
  return 1;
}

void guard_free(guard *g)
{
  free(g->service);
  g->service = NULL;
}
