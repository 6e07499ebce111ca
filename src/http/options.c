/* options.c - a transfer's libcurl options, and what libcurl calls for it */
/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/url.h"
#include "http/http_parts.h"

/* What an answer may be compressed by. */
#define CODING "gzip"

/* The callbacks only copy bytes between libcurl and the transfer. */

/* Ends the transfer with a fault of our own. */
static size_t refuse(http_transfer *t, const char *what, size_t limit,
                     const char *of_what)
{
  transfer_pass_bound(t, what, limit, of_what);
  return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
  http_transfer *t = user;
  size_t length = size * count;
  if (sink_takes(t)) {
    if (sink_write(t, bytes, length) == 0)
      return length;
    t->fault = HTTP_FILE;
    return 0;
  }
  switch (buffer_add(&t->body, bytes, length)) {
  case BUFFER_OK:
    return length;
  case BUFFER_FULL:
    return refuse(t, "body", t->body.limit, "bytes");
  default:
    t->fault = HTTP_MEMORY;
    return 0;
  }
}

static size_t check_memory(http_transfer *t, int status, size_t length)
{
  if (status == BUFFER_OK)
    return length;
  t->fault = HTTP_MEMORY;
  return 0;
}

/* The empty line that ends a head tells a whole head from a broken one. What
   comes after it is an interim answer's successor, or a trailer, which is not
   kept. */
static size_t on_header(char *bytes, size_t size, size_t count, void *user)
{
  http_transfer *t = user;
  size_t length = size * count;
  t->header_bytes += length;
  if (t->header_bytes > t->header_limit)
    return refuse(t, "head", t->header_limit, "bytes");
  if (++t->header_lines > HEADER_LINES)
    return refuse(t, "head", HEADER_LINES, "lines");
  if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
    t->head_complete = 0;
    t->head.length = 0;
  } else if (bytes[0] == '\r' || bytes[0] == '\n') {
    t->head_complete = 1;
  } else if (!t->head_complete) {
    return check_memory(t, buffer_add(&t->head, bytes, length), length);
  }
  return length;
}

static size_t on_read(char *bytes, size_t size, size_t count, void *user)
{
  http_transfer *t = user;
  size_t length = fread(bytes, size, count, t->file);
  if (length == 0 && ferror(t->file)) {
    t->fault = HTTP_FILE;
    return CURL_READFUNC_ABORT;
  }
  return length;
}

/* libcurl rewinds a body when it has to send it again. */
static int on_seek(void *user, curl_off_t offset, int origin)
{
  http_transfer *t = user;
  return fseeko(t->file, (off_t)offset, origin) == 0 ? CURL_SEEKFUNC_OK
                                                     : CURL_SEEKFUNC_FAIL;
}

/* A program that the host starts must not hold the connection open. */
static int on_open(void *user, curl_socket_t fd, curlsocktype purpose)
{
  (void)user, (void)purpose;
  return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK
                                             : CURL_SOCKOPT_ERROR;
}

static long milliseconds(double seconds)
{
  if (seconds <= 0)
    return 0;
  return seconds > 2e6 ? 2000000000L : (long)ceil(seconds * 1000);
}

/* The Content-Length that is refused at once. What HEAD declares does not come,
   and what goes to a file is not kept in memory; 0 is no limit. */
static size_t declared_limit(const http_transfer *t)
{
  int is_head = t->method != NULL && strcmp(t->method, "HEAD") == 0;
  return is_head || t->sink_path != NULL ? 0 : t->body.limit;
}

void options_prepare(CURL *easy)
{
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, CODING);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, idle_close);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
}

static void set_answer_options(http_transfer *t)
{
  CURL *easy = t->easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->error);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                   (curl_off_t)declared_limit(t));
}

static void set_time_options(http_transfer *t)
{
  CURL *easy = t->easy;
  long stall = (milliseconds(t->stall_timeout) + 999) / 1000;
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   milliseconds(t->connect_timeout));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(t->total_timeout));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, stall > 0 ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, stall);
}

static int is_to_loopback(const http_transfer *t)
{
  url_parts parts;
  int loopback;
  if (url_split(t->url, &parts) != URL_OK)
    return 0;
  loopback = url_is_loopback(parts.host);
  url_parts_free(&parts);
  return loopback;
}

static int is_same_origin(const char *origin, const char *url, size_t length)
{
  return origin != NULL && length > 0 && strncmp(origin, url, length) == 0 &&
         origin[length] == '\0';
}

/* What url_fault judges stands before the path, so that a client's next
   requests to the same origin need no second look. libcurl refuses what is
   malformed behind it. */
static const char *check_url(http_transfer *t)
{
  http_client *client = t->client;
  size_t length = url_origin_length(t->url);
  const char *fault;
  if (is_same_origin(client->origin, t->url, length)) {
    t->to_loopback = client->origin_is_loopback;
    return NULL;
  }
  fault = url_fault(t->url);
  t->to_loopback = fault == NULL && is_to_loopback(t);
  if (fault == NULL && length > 0) {
    free(client->origin);
    client->origin = strndup(t->url, length);
    client->origin_is_loopback = t->to_loopback;
  }
  return fault;
}

/* Waiting for a connection to share is for https, where it may be HTTP/2; on
   plain http it would hold each call until the one before is answered. */
static void set_peer_options(http_transfer *t)
{
  CURL *easy = t->easy;
  curl_easy_setopt(easy, CURLOPT_URL, t->url);
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT,
                   strncasecmp(t->url, "https:", 6) == 0 ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t->fresh ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, t->client);
  curl_easy_setopt(easy, CURLOPT_PROXY, t->to_loopback ? "" : t->proxy);
  if (t->ca_file != NULL) {
    t->is_special = 1;
    curl_easy_setopt(easy, CURLOPT_CAINFO, t->ca_file);
  }
}

static void set_file_options(http_transfer *t)
{
  struct stat status;
  curl_easy_setopt(t->easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(t->easy, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt(t->easy, CURLOPT_READDATA, t);
  curl_easy_setopt(t->easy, CURLOPT_SEEKFUNCTION, on_seek);
  curl_easy_setopt(t->easy, CURLOPT_SEEKDATA, t);
  if (fstat(fileno(t->file), &status) == 0 && S_ISREG(status.st_mode))
    curl_easy_setopt(t->easy, CURLOPT_INFILESIZE_LARGE,
                     (curl_off_t)status.st_size);
}

static void set_bytes_options(http_transfer *t)
{
  const char *bytes = t->request.bytes != NULL ? t->request.bytes : "";
  curl_easy_setopt(t->easy, CURLOPT_POST, 1L);
  curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   (curl_off_t)t->request.length);
  curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, bytes);
}

/* POST, PUT and PATCH have a body even when it is empty, so that they say
   Content-Length: 0; the others only when they were given one. */
static int set_method_options(http_transfer *t)
{
  const char *method = t->method != NULL ? t->method : "GET";
  int writes = strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ||
               strcmp(method, "PATCH") == 0;
  int status = 0;
  if (strcmp(method, "GET") == 0 && !t->has_body)
    return 0;
  t->is_special = 1;
  if (t->parts != NULL)
    status = form_set(t);
  else if (t->file != NULL)
    set_file_options(t);
  else if (writes || t->has_body)
    set_bytes_options(t);
  if (strcmp(method, "HEAD") == 0)
    curl_easy_setopt(t->easy, CURLOPT_NOBODY, 1L);
  else
    curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, method);
  return status;
}

/* Adds a line unless the request has a header of its name. */
static int add_missing(http_transfer *t, const char *line)
{
  size_t length = strcspn(line, ":");
  const struct curl_slist *own;
  for (own = t->headers; own != NULL; own = own->next)
    if (strncasecmp(own->data, line, length) == 0 &&
        (own->data[length] == ':' || own->data[length] == ';'))
      return 0;
  return transfer_add_line(t, line);
}

/* libcurl would add some to a body of its own accord, which "Name:" keeps it
   from; and what it accepts it would write twice, byte by byte. */
static int set_header_options(http_transfer *t)
{
  int plain = t->method == NULL || strcmp(t->method, "GET") == 0;
  int has_body = !plain || t->has_body;
  if (add_missing(t, "Accept-Encoding: " CODING) != 0)
    return -1;
  if (has_body && add_missing(t, "Expect:") != 0)
    return -1;
  if (has_body && t->parts == NULL && add_missing(t, "Content-Type:") != 0)
    return -1; /* a form's tells the boundary */
  curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
  return 0;
}

int options_set(http_transfer *t)
{
  const char *fault = t->url != NULL ? check_url(t) : "there is no URL";
  if (fault != NULL) {
    transfer_fail(t, HTTP_CONFIG, fault);
    return -1;
  }
  t->easy = http_take_handle(t->client);
  if (t->easy == NULL || set_header_options(t) != 0) {
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
    return -1;
  }
  set_answer_options(t);
  set_time_options(t);
  set_peer_options(t);
  return set_method_options(t);
}
