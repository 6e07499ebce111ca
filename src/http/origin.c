/* origin.c - remembers the origin that a client's requests go to */
/* SPDX-License-Identifier: MIT */
#include "http/origin.h"

#include <stdlib.h>
#include <string.h>

#include "base/url.h"

static int is_to_loopback(const char *url)
{
  url_parts parts;
  int loopback;
  if (url_split(url, &parts) != URL_OK)
    return 0;
  loopback = url_is_loopback(parts.host);
  url_parts_free(&parts);
  return loopback;
}

static int is_same(const char *text, const char *url, size_t length)
{
  return text != NULL && length > 0 && strncmp(text, url, length) == 0 &&
         text[length] == '\0';
}

/* libcurl refuses a URL that is malformed after its origin. */
const char *origin_check(origin *last, const char *url, int *is_loopback)
{
  size_t length = url_origin_length(url);
  const char *fault;
  if (is_same(last->text, url, length)) {
    *is_loopback = last->is_loopback;
    return NULL;
  }
  fault = url_fault(url);
  *is_loopback = fault == NULL && is_to_loopback(url);
  if (fault == NULL && length > 0) {
    free(last->text);
    last->text = strndup(url, length);
    last->is_loopback = *is_loopback;
  }
  return fault;
}

void origin_free(origin *last)
{
  free(last->text);
  last->text = NULL;
}
