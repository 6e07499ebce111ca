/* url.h - builds, splits and compares URLs, by libcurl's own reading of them */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_URL_H
#define RACKSPACE_URL_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

enum { URL_OK, URL_FULL, URL_MEMORY, URL_BAD };

/* Longest URL that is built or sent. */
#define URL_LIMIT 65536

/* A byte as it stands in a URL: percent-encoded, but for letters, digits and
   - . _ ~. Returns how many bytes that are. */
size_t url_escape(unsigned char c, char escaped[3]);

/* Adds bytes percent-encoded. */
int url_encode(buffer *out, const char *bytes, size_t length);

/* Adds bytes percent-decoded; a + stays one. */
int url_decode(buffer *out, const char *bytes, size_t length);

/* Why a value can't be one segment of a path, or NULL when it can: empty,
   "." and "..", a slash or backslash, a control character. */
const char *url_segment_fault(const char *bytes, size_t length);

/* The next {name} of a template from `at`. Returns where the literal text
   before it ends, and the name; NULL in `name` when there is no more. */
const char *url_next_variable(const char *at, const char **name,
                              size_t *length);

/* The query of a URL or reference, without its question mark; NULL when it
   has none. Never looks at the host, so a link of any origin will do. */
const char *url_query_of(const char *url, size_t length, size_t *query_length);

/* The raw (still encoded) value of a query's parameter, or NULL. */
const char *url_parameter(const char *query, size_t length, const char *name,
                          size_t *value_length);

/* The parts of an absolute URL. */
typedef struct url_parts {
  char *scheme, *host, *path, *query;
  int port;     /* the scheme's own where the URL names none */
  int has_user; /* it carries a user name or a password */
} url_parts;

/* Splits an absolute http or https URL; URL_BAD for anything else. */
int url_split(const char *url, url_parts *parts);
void url_parts_free(url_parts *parts);

/* Whether two URLs have the same scheme, host and port. */
int url_same_origin(const char *a, const char *b);

/* How much of a URL stands before its path: two that begin with the same have
   the same origin. 0 when that can't be told: libcurl reads a host after
   three slashes, too. */
size_t url_origin_length(const char *url);

/* Whether a host names this machine itself: localhost, 127/8, [::1]. */
int url_is_loopback(const char *host);

/* Why a request must not be sent to this URL, or NULL when it may be: not
   http or https, plain http to another machine, credentials inside. */
const char *url_fault(const char *url);

#pragma GCC visibility pop

#endif
