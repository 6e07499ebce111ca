/* url.c - builds, splits and compares URLs, as libcurl reads them */
/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "base/libcurl.h"

static int is_unreserved(unsigned char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c) != NULL);
}

size_t url_escape(unsigned char c, char escaped[3])
{
  static const char digits[] = "0123456789ABCDEF";
  escaped[0] = (char)c;
  if (is_unreserved(c))
    return 1;
  escaped[0] = '%';
  escaped[1] = digits[c >> 4];
  escaped[2] = digits[c & 15];
  return 3;
}

int url_encode(buffer *out, const char *bytes, size_t length)
{
  int status = BUFFER_OK;
  char escaped[3];
  size_t i;
  for (i = 0; status == BUFFER_OK && i < length; i++)
    status =
        buffer_add(out, escaped, url_escape((unsigned char)bytes[i], escaped));
  return status;
}

static int hex_digit(char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int url_decode(buffer *out, const char *bytes, size_t length)
{
  int status = BUFFER_OK;
  size_t i;
  for (i = 0; status == BUFFER_OK && i < length; i++) {
    char c = bytes[i];
    if (c == '%' && length - i > 2 && hex_digit(bytes[i + 1]) >= 0 &&
        hex_digit(bytes[i + 2]) >= 0) {
      c = (char)(hex_digit(bytes[i + 1]) * 16 + hex_digit(bytes[i + 2]));
      i += 2;
    }
    status = buffer_add(out, &c, 1);
  }
  return status;
}

const char *url_segment_fault(const char *bytes, size_t length)
{
  size_t i;
  if (length == 0)
    return "is empty";
  if (bytes[0] == '.' && (length == 1 || (length == 2 && bytes[1] == '.')))
    return "is a dot segment";
  for (i = 0; i < length; i++) {
    if (bytes[i] == '/' || bytes[i] == '\\')
      return "contains a slash";
    if ((unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7f)
      return "contains a control character";
  }
  return NULL;
}

const char *url_next_variable(const char *at, const char **name, size_t *length)
{
  const char *open = strchr(at, '{');
  const char *close = open != NULL ? strchr(open, '}') : NULL;
  *name = NULL;
  if (close == NULL)
    return at + strlen(at);
  *name = open + 1;
  *length = (size_t)(close - open - 1);
  return open;
}

const char *url_query_of(const char *url, size_t length, size_t *query_length)
{
  const char *hash = memchr(url, '#', length);
  const char *end = hash != NULL ? hash : url + length;
  const char *mark = memchr(url, '?', (size_t)(end - url));
  if (mark == NULL)
    return NULL;
  *query_length = (size_t)(end - mark - 1);
  return mark + 1;
}

const char *url_parameter(const char *query, size_t length, const char *name,
                          size_t *value_length)
{
  const char *at = query, *end = query + length;
  size_t name_length = strlen(name);
  while (at < end) {
    const char *next = memchr(at, '&', (size_t)(end - at));
    const char *stop = next != NULL ? next : end;
    if ((size_t)(stop - at) > name_length && at[name_length] == '=' &&
        memcmp(at, name, name_length) == 0) {
      *value_length = (size_t)(stop - at) - name_length - 1;
      return at + name_length + 1;
    }
    at = next != NULL ? next + 1 : end;
  }
  return NULL;
}

/* A missing part is an empty string. */
static char *part_of(CURLU *handle, CURLUPart what)
{
  char *text = NULL, *copy;
  CURLUcode code = curl_url_get(handle, what, &text, CURLU_DEFAULT_PORT);
  copy = strdup(code == CURLUE_OK && text != NULL ? text : "");
  curl_free(text);
  return copy;
}

static int has_part(CURLU *handle, CURLUPart what)
{
  char *text = NULL;
  int there = curl_url_get(handle, what, &text, 0) == CURLUE_OK;
  curl_free(text);
  return there;
}

static int is_http(const char *scheme)
{
  return ascii_equal(scheme, "http") || ascii_equal(scheme, "https");
}

static int read_parts(CURLU *handle, url_parts *parts)
{
  char *port = part_of(handle, CURLUPART_PORT);
  int whole;
  parts->scheme = part_of(handle, CURLUPART_SCHEME);
  parts->host = part_of(handle, CURLUPART_HOST);
  parts->path = part_of(handle, CURLUPART_PATH);
  parts->query = part_of(handle, CURLUPART_QUERY);
  whole = port != NULL && parts->scheme != NULL && parts->host != NULL &&
          parts->path != NULL && parts->query != NULL;
  parts->port = whole ? atoi(port) : 0;
  parts->has_user =
      has_part(handle, CURLUPART_USER) || has_part(handle, CURLUPART_PASSWORD);
  free(port);
  if (!whole)
    return URL_MEMORY;
  return is_http(parts->scheme) ? URL_OK : URL_BAD;
}

int url_split(const char *url, url_parts *parts)
{
  CURLU *handle = curl_url();
  int status = URL_BAD;
  memset(parts, 0, sizeof *parts);
  if (handle == NULL)
    return URL_MEMORY;
  if (strlen(url) <= URL_LIMIT &&
      curl_url_set(handle, CURLUPART_URL, url, CURLU_PATH_AS_IS) == CURLUE_OK)
    status = read_parts(handle, parts);
  curl_url_cleanup(handle);
  if (status != URL_OK)
    url_parts_free(parts);
  return status;
}

void url_parts_free(url_parts *parts)
{
  free(parts->scheme);
  free(parts->host);
  free(parts->path);
  free(parts->query);
  memset(parts, 0, sizeof *parts);
}

int url_same_origin(const char *a, const char *b)
{
  url_parts left, right;
  int same;
  if (url_split(a, &left) != URL_OK)
    return 0;
  if (url_split(b, &right) != URL_OK) {
    url_parts_free(&left);
    return 0;
  }
  same = ascii_equal(left.scheme, right.scheme) &&
         ascii_equal(left.host, right.host) && left.port == right.port;
  url_parts_free(&left);
  url_parts_free(&right);
  return same;
}

size_t url_origin_length(const char *url)
{
  const char *mark = strstr(url, "://");
  const char *path = mark != NULL ? strchr(mark + 3, '/') : NULL;
  return path != NULL && path > mark + 3 ? (size_t)(path - url) : 0;
}

/* Only a valid address: "127.1.2.999" would be looked up as a name. */
static int is_ipv4_loopback(const char *host)
{
  struct in_addr address;
  return inet_pton(AF_INET, host, &address) == 1 &&
         ntohl(address.s_addr) >> 24 == 127;
}

int url_is_loopback(const char *host)
{
  return ascii_equal(host, "localhost") || strcmp(host, "[::1]") == 0 ||
         is_ipv4_loopback(host);
}

static const char *parts_fault(const url_parts *parts)
{
  if (parts->has_user)
    return "a URL must not carry a user name or a password";
  if (ascii_equal(parts->scheme, "http") && !url_is_loopback(parts->host))
    return "plain http is only allowed to this machine itself; use https";
  return NULL;
}

/* No handle: libcurl did not start, or there is no memory. */
static const char *handle_fault(void)
{
  const char *problem = libcurl_start();
  return problem != NULL ? problem : "not enough memory";
}

const char *url_fault(const char *url)
{
  url_parts parts;
  const char *fault;
  switch (url_split(url, &parts)) {
  case URL_OK:
    fault = parts_fault(&parts);
    url_parts_free(&parts);
    return fault;
  case URL_MEMORY:
    return handle_fault();
  default:
    return "not an absolute http or https URL";
  }
}
