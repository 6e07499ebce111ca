/* url.h - builds, splits and compares URLs, as libcurl reads them */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_URL_H
#define RACKSPACE_URL_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

enum { URL_OK, URL_FULL, URL_MEMORY, URL_BAD };

/* The longest URL that is built or sent. */
#define URL_LIMIT 65536

/* Writes a byte as it is in a URL: percent-encoded, except letters, digits and
   - . _ ~. Returns the number of bytes written. */
size_t url_escape(unsigned char c, char escaped[3]);

/* Appends bytes percent-encoded. Returns a buffer status. */
int url_encode(buffer *out, const char *bytes, size_t length);

/* Appends bytes percent-decoded; a + is kept. Returns a buffer status. */
int url_decode(buffer *out, const char *bytes, size_t length);

/* Why a value can't be one segment of a path, or NULL when it can: empty,
   "." and "..", a slash or backslash, a control character. */
const char *url_segment_fault(const char *bytes, size_t length);

/* Finds the next {name} of a template. Returns the end of the literal text
   before it; *name is NULL when there is none. */
const char *url_next_variable(const char *at, const char **name,
                              size_t *length);

/* The query of a URL or reference, without its question mark; NULL when it
   has none. The origin is ignored. */
const char *url_query_of(const char *url, size_t length, size_t *query_length);

/* The value of a query's parameter, still encoded, or NULL. */
const char *url_parameter(const char *query, size_t length, const char *name,
                          size_t *value_length);

/* The parts of an absolute URL; set by url_split. */
typedef struct url_parts {
  char *scheme, *host;
  char *path, *query; /* "" when it has none */
  int port;           /* the scheme's default when it has none */
  int has_user;       /* it carries a user name or a password */
} url_parts;

/* Splits an absolute http or https URL. Returns URL_OK, URL_BAD for any other
   text, or URL_MEMORY. url_parts_free is due after URL_OK. */
int url_split(const char *url, url_parts *parts);
void url_parts_free(url_parts *parts);

/* Whether two URLs have the same scheme, host and port. */
int url_same_origin(const char *a, const char *b);

/* The length of a URL's origin, the part before its path; 0 when it is unclear,
   since libcurl also accepts a host after three slashes. */
size_t url_origin_length(const char *url);

/* Whether a host names this machine itself: localhost, 127/8, [::1]. */
int url_is_loopback(const char *host);

/* Why a request must not be sent to a URL, or NULL when it may be: it is not
   http or https, it is plain http to another machine, or has credentials. */
const char *url_fault(const char *url);

#pragma GCC visibility pop

#endif
