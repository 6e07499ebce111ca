/* options.c - the libcurl options of a transfer, and its callbacks */
/* SPDX-License-Identifier: MIT */
#include "http/options.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "http/transfer_struct.h"

/* The compression that is accepted. */
#define CODING "gzip"

/* libcurl's time for reading a head grows with the square of its lines. */
enum { HEADER_LINES = 1000 };

/* ---- the callbacks: they only copy bytes ------------------------------- */

/* Ends the transfer because it exceeds a limit. */
static size_t refuse(http_transfer *t, const char *what, size_t limit,
                     const char *of_what)
{
  transfer_fail_limit(t, what, limit, of_what);
  return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
  http_transfer *t = user;
  size_t length = size * count;
  if (transfer_uses_sink(t)) {
    if (sink_write(&t->sink, bytes, length) == 0)
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

/* An empty line ends a head. What follows it is the head of the next response,
   after an interim one, or a trailer, which is not kept. */
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
  ssize_t length;
  do
    length = read(t->file, bytes, size * count);
  while (length < 0 && errno == EINTR);
  if (length < 0) {
    t->fault = HTTP_FILE;
    return CURL_READFUNC_ABORT;
  }
  return (size_t)length;
}

/* libcurl rewinds a body that it has to send again. */
static int on_seek(void *user, curl_off_t offset, int origin)
{
  http_transfer *t = user;
  return lseek(t->file, (off_t)offset, origin) >= 0 ? CURL_SEEKFUNC_OK
                                                    : CURL_SEEKFUNC_FAIL;
}

/* Called before a request goes out on its connection: what was sent up to here
   was sent to the proxy. */
static int on_begin(void *user, char *ip, char *local_ip, int port,
                    int local_port)
{
  http_transfer *t = user;
  (void)local_ip, (void)port, (void)local_port;
  if (!guard_allows_peer(&t->guard, ip))
    return CURL_PREREQFUNC_ABORT;
  t->has_begun = 1;
  return CURL_PREREQFUNC_OK;
}

/* A program that the host starts must not inherit the connection. */
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

/* The Content-Length above which libcurl ends the transfer at once; 0: no
   limit. The response to HEAD has no body, and a sink needs no memory. */
static size_t declared_limit(const http_transfer *t)
{
  int is_head = t->method != NULL && strcmp(t->method, "HEAD") == 0;
  return is_head || t->sink.path != NULL ? 0 : t->body.limit;
}

/* ---- the options -------------------------------------------------------- */

void options_prepare(CURL *easy)
{
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_begin);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, CODING);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, idle_close);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L); /* else /a/%2e%2e/b is /b */
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
}

static void set_response_options(http_transfer *t)
{
  CURL *easy = t->easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->error);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, t);
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

/* With PIPEWAIT a request waits for a connection that it may share. Only https
   may become HTTP/2; plain http would send one request after another. */
static void set_peer_options(http_transfer *t, idle *connections)
{
  CURL *easy = t->easy;
  curl_easy_setopt(easy, CURLOPT_URL, t->url);
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT,
                   ascii_begins(t->url, "https:") ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t->fresh ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, connections);
  curl_easy_setopt(easy, CURLOPT_PROXY, t->to_loopback ? "" : t->proxy);
  if (guard_set_options(&t->guard, easy, t->url, t->proxy))
    t->is_special = 1;
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
  if (fstat(t->file, &status) == 0 && S_ISREG(status.st_mode))
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

static int set_multipart_options(http_transfer *t)
{
  CURLcode code = multipart_set(&t->multipart, t->easy);
  if (code == CURLE_OK)
    return 0;
  if (code == CURLE_READ_ERROR)
    transfer_fail(t, HTTP_FILE, "a part's file could not be read");
  else
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
  return -1;
}

/* POST, PUT and PATCH send "Content-Length: 0" when they have no body. */
static int set_method_options(http_transfer *t)
{
  const char *method = t->method != NULL ? t->method : "GET";
  int writes = strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ||
               strcmp(method, "PATCH") == 0;
  int status = 0;
  if (strcmp(method, "GET") == 0 && !t->has_body)
    return 0;
  t->is_special = 1;
  if (t->multipart.first != NULL)
    status = set_multipart_options(t);
  else if (t->file >= 0)
    set_file_options(t);
  else if (writes || t->has_body)
    set_bytes_options(t);
  if (strcmp(method, "HEAD") == 0)
    curl_easy_setopt(t->easy, CURLOPT_NOBODY, 1L);
  else
    curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, method);
  return status;
}

static int has_header(const http_transfer *t, const char *name)
{
  size_t length = strlen(name);
  const struct curl_slist *line;
  for (line = t->headers; line != NULL; line = line->next)
    if (ascii_begins(line->data, name) &&
        (line->data[length] == ':' || line->data[length] == ';'))
      return 1;
  return 0;
}

/* Adds a line unless the caller has set a header of this name. */
static int add_missing(http_transfer *t, const char *name, const char *line)
{
  return has_header(t, name) ? 0 : transfer_add_line(t, line);
}

/* "Name:" keeps libcurl from adding a header of its own. Accept-Encoding is
   given here because libcurl would copy its own twice. */
static int set_header_options(http_transfer *t)
{
  int plain = t->method == NULL || strcmp(t->method, "GET") == 0;
  int has_body = !plain || t->has_body;
  if (add_missing(t, "Accept-Encoding", "Accept-Encoding: " CODING) != 0)
    return -1;
  if (has_body && add_missing(t, "Expect", "Expect:") != 0)
    return -1;
  if (has_body && t->multipart.first == NULL &&
      add_missing(t, "Content-Type", "Content-Type:") != 0)
    return -1; /* that of a multipart body has the boundary */
  curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
  return 0;
}

int options_set(http_transfer *t, idle *connections)
{
  if (set_header_options(t) != 0) {
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
    return -1;
  }
  set_response_options(t);
  set_time_options(t);
  set_peer_options(t, connections);
  return set_method_options(t);
}
