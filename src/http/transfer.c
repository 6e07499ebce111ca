/* transfer.c - an HTTP request and its response */
/* SPDX-License-Identifier: MIT */
#include "http/transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/regular.h"
#include "base/secret.h"
#include "http/transfer_struct.h"
#include "http/trust.h"

/* ---- setting a transfer up --------------------------------------------- */

http_transfer *transfer_new(memory from)
{
  http_transfer *t = malloc(sizeof *t);
  if (t == NULL)
    return NULL;
  memset(t, 0, offsetof(http_transfer, error));
  t->error[0] = t->message[0] = '\0';
  t->file = -1;
  t->header_limit = SIZE_MAX;
  buffer_init(&t->request, SIZE_MAX / 2);
  buffer_init(&t->head, SIZE_MAX / 2);
  buffer_init(&t->body, SIZE_MAX / 2);
  t->request.memory = t->body.memory = from;
  return t;
}

/* A URL can hold a token or a signature, a proxy's a password. */
static void free_text(char *text)
{
  if (text != NULL)
    secret_wipe(text, strlen(text));
  free(text);
}

static int set_text(char **field, const char *text)
{
  char *copy = strdup(text);
  if (copy == NULL)
    return -1;
  free_text(*field);
  *field = copy;
  return 0;
}

int transfer_set_url(http_transfer *t, const char *url)
{
  return set_text(&t->url, url);
}

int transfer_set_method(http_transfer *t, const char *method)
{
  return set_text(&t->method, method);
}

int transfer_set_ca_file(http_transfer *t, const char *path)
{
  return set_text(&t->ca_file, path);
}

int transfer_set_proxy(http_transfer *t, const char *url)
{
  return set_text(&t->proxy, url);
}

/* Appends a list entry with room for a line; both are one allocation. */
static struct curl_slist *add_node(http_transfer *t, size_t length)
{
  struct curl_slist *node = malloc(sizeof *node + length + 1);
  if (node == NULL)
    return NULL;
  node->data = (char *)(node + 1);
  node->next = NULL;
  if (t->last_header != NULL)
    t->last_header->next = node;
  else
    t->headers = node;
  t->last_header = node;
  return node;
}

int transfer_add_line(http_transfer *t, const char *line)
{
  struct curl_slist *node = add_node(t, strlen(line));
  if (node == NULL)
    return -1;
  strcpy(node->data, line);
  return 0;
}

/* libcurl sends a header without value when it is written "Name;". */
int transfer_add_header(http_transfer *t, const char *name, const char *value,
                        size_t length)
{
  size_t name_length = strlen(name);
  struct curl_slist *node = add_node(t, name_length + 2 + length);
  char *at;
  if (node == NULL)
    return -1;
  at = node->data;
  memcpy(at, name, name_length);
  memcpy(at + name_length, length > 0 ? ": " : ";", length > 0 ? 3 : 2);
  if (length > 0) {
    memcpy(at + name_length + 2, value, length);
    at[name_length + 2 + length] = '\0';
  }
  return 0;
}

int transfer_set_body(http_transfer *t, const void *bytes, size_t length)
{
  t->has_body = 1;
  return buffer_add(&t->request, bytes, length) == BUFFER_OK ? 0 : -1;
}

int transfer_set_body_file(http_transfer *t, const char *path)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return -2;
  if (t->file >= 0)
    close(t->file);
  t->file = fd;
  t->has_body = 1;
  return 0;
}

int transfer_add_part(http_transfer *t, const char *name, const char *filename,
                      const void *bytes, size_t length)
{
  t->has_body = 1;
  return multipart_add_value(&t->multipart, name, filename, bytes, length);
}

int transfer_add_file_part(http_transfer *t, const char *name,
                           const char *filename, const char *path)
{
  t->has_body = 1;
  return multipart_add_file(&t->multipart, name, filename, path);
}

int transfer_set_sink(http_transfer *t, const char *path)
{
  return sink_set_path(&t->sink, path);
}

int transfer_set_service(http_transfer *t, const char *url)
{
  return set_text(&t->guard.service, url);
}

void transfer_set_new(http_transfer *t, int is_new)
{
  t->sink.is_new = is_new;
}

void transfer_set_timeouts(http_transfer *t, double connect, double stall,
                           double total)
{
  t->connect_timeout = connect;
  t->stall_timeout = stall;
  t->total_timeout = total;
}

void transfer_set_bounds(http_transfer *t, size_t body, size_t headers)
{
  t->body.limit = body < SIZE_MAX / 2 ? body : SIZE_MAX / 2;
  t->header_limit = headers;
}

void transfer_set_fresh(http_transfer *t, int fresh)
{
  t->fresh = fresh;
}

/* ---- faults ---------------------------------------------------------------
 */

/* CURLE_TOO_LARGE, which libcurl has since 8.6. */
enum { TOO_LARGE = 100 };

static http_fault fault_of(CURLcode code)
{
  switch ((int)code) {
  case CURLE_OK:
    return HTTP_NONE;
  case CURLE_OPERATION_TIMEDOUT:
    return HTTP_TIMEOUT;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_INVALIDCERTSTATUS:
  case CURLE_USE_SSL_FAILED:
    return HTTP_TLS;
  case CURLE_URL_MALFORMAT:
  case CURLE_BAD_FUNCTION_ARGUMENT:
  case CURLE_NOT_BUILT_IN:
  case CURLE_COULDNT_RESOLVE_PROXY:
    return HTTP_CONFIG;
  case CURLE_READ_ERROR:
    return HTTP_FILE;
  case CURLE_OUT_OF_MEMORY:
    return HTTP_MEMORY;
  case CURLE_UNSUPPORTED_PROTOCOL: /* the response's; the URL was checked */
  case CURLE_BAD_CONTENT_ENCODING:
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_WRITE_ERROR:
  case TOO_LARGE:
    return HTTP_PROTOCOL;
  default:
    return HTTP_NETWORK;
  }
}

void transfer_fail(http_transfer *t, http_fault fault, const char *message)
{
  t->fault = fault;
  snprintf(t->message, sizeof t->message, "%s", message);
}

/* libcurl's message for a failure. One about a proxy that it can't use has the
   whole URL in it, with its password, as far as there is room. */
static const char *text_of_failure(const http_transfer *t, CURLcode code)
{
  if (t->error[0] == '\0')
    return curl_easy_strerror(code);
  if (strchr(t->error, '@') != NULL || strlen(t->error) >= sizeof t->error - 1)
    return "the proxy's URL can't be used";
  return t->error;
}

void transfer_fail_limit(http_transfer *t, const char *what, size_t limit,
                         const char *of_what)
{
  t->fault = HTTP_PROTOCOL;
  snprintf(t->message, sizeof t->message,
           "the response's %s passes the bound of %zu %s", what, limit,
           of_what);
}

static long number_of(const http_transfer *t, CURLINFO what)
{
  long number = 0;
  curl_easy_getinfo(t->easy, what, &number);
  return number;
}

/* A line over libcurl's own limit; libcurl before 8.6 calls it "out of memory".
   Such a line can also be one of the request. */
static int is_line_too_long(const http_transfer *t, CURLcode code)
{
  return ((int)code == TOO_LARGE || code == CURLE_OUT_OF_MEMORY) &&
         !t->head_complete && number_of(t, CURLINFO_REQUEST_SIZE) > 0;
}

/* libcurl does not report why it got no socket, so this tries to get one. */
static int is_without_descriptor(CURLcode code)
{
  int fd;
  if (code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_HOST)
    return 0;
  fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd >= 0)
    close(fd);
  return fd < 0 && errno == EMFILE;
}

static void fail_by_file(http_transfer *t)
{
  t->fault = HTTP_FILE;
  if (t->sink.problem != NULL)
    snprintf(t->message, sizeof t->message, "%s can't be written: %s",
             regular_shown(t->sink.path), t->sink.problem);
  else
    snprintf(t->message, sizeof t->message,
             "the body's file could not be read");
}

int transfer_uses_sink(const http_transfer *t)
{
  long status = transfer_status(t);
  return t->sink.path != NULL && status >= 200 && status <= 299;
}

/* A failure that another attempt could mend is one of the file where that would
   write the body's beginning once more. */
static void fail_if_spent(http_transfer *t)
{
  size_t length = strlen(t->message);
  if (t->fault != HTTP_NETWORK || !sink_is_spent(&t->sink))
    return;
  t->fault = HTTP_FILE;
  snprintf(t->message + length, sizeof t->message - length,
           "; not repeated: %s has %.0f bytes of it, and is no file to begin "
           "anew",
           regular_shown(t->sink.path), t->sink.written);
}

/* Closes the files that the body came from and the response went to: Lua may
   keep the transfer for long. */
static void close_files(http_transfer *t)
{
  int takes = t->fault == HTTP_NONE && transfer_uses_sink(t);
  if (sink_finish(&t->sink, takes) != 0 && t->fault == HTTP_NONE)
    fail_by_file(t);
  multipart_free(&t->multipart);
  if (t->file >= 0)
    close(t->file);
  t->file = -1;
}

/* libcurl reports malformed chunks with the code of a broken connection. A
   socket that breaks leaves an errno, and one that ends has other codes; but
   TLS that is cut off has this code, too. */
static int is_malformed(const http_transfer *t, CURLcode code)
{
  if (transfer_status(t) == 0)
    return 0;
  if ((int)code == TOO_LARGE)
    return 1; /* a line of a trailer */
  return code == CURLE_RECV_ERROR && number_of(t, CURLINFO_OS_ERRNO) == 0 &&
         (t->was_open || !ascii_begins(t->url, "https:"));
}

/* No address was left that the guard allows. */
static int is_refused(const http_transfer *t, CURLcode code)
{
  return t->guard.has_refused &&
         (code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK);
}

/* The status by which a proxy refused to connect to the origin, or 0. */
static long refusal_of_proxy(const http_transfer *t, CURLcode code)
{
  long status = number_of(t, CURLINFO_HTTP_CONNECTCODE);
  return code != CURLE_OK && !t->has_begun && status >= 300 ? status : 0;
}

static void fail_by_proxy(http_transfer *t, long status)
{
  if (status == 407) {
    transfer_fail(t, HTTP_CONFIG,
                  "the proxy refused to connect (407): the user name and the "
                  "password in its URL are missing or wrong");
    return;
  }
  t->fault = HTTP_NETWORK;
  snprintf(t->message, sizeof t->message, "the proxy refused to connect (%ld)",
           status);
}

static void fail_by_code(http_transfer *t, CURLcode code)
{
  t->fault = fault_of(code);
  snprintf(t->message, sizeof t->message, "%s%s", text_of_failure(t, code),
           trust_advice(t->easy, code));
}

static int is_status_valid(const http_transfer *t)
{
  long status = transfer_status(t);
  return status >= 100 && status <= 599;
}

/* A fault set by one of our callbacks says more than libcurl's code for it.
   libcurl 7.88 reports an incomplete head as a response without a body, and
   later ones read "99999" as the status 999. */
void transfer_settle(http_transfer *t, CURLcode code)
{
  if (t->fault == HTTP_NONE && is_refused(t, code))
    transfer_fail(t, HTTP_PROTOCOL,
                  "the URL's host is not at an address of the internet, and "
                  "the service that named it is elsewhere");
  else if (t->fault == HTTP_NONE && is_line_too_long(t, code))
    transfer_fail(t, HTTP_PROTOCOL,
                  "a line of the response's head is too long");
  else if (t->fault == HTTP_NONE && code == CURLE_FILESIZE_EXCEEDED)
    transfer_fail_limit(t, "body", t->body.limit, "bytes");
  else if (t->fault == HTTP_NONE && refusal_of_proxy(t, code) != 0)
    fail_by_proxy(t, refusal_of_proxy(t, code));
  else if (t->fault == HTTP_NONE && is_malformed(t, code))
    transfer_fail(t, HTTP_PROTOCOL, "the response's framing is malformed");
  else if (t->fault == HTTP_MEMORY || code == CURLE_OUT_OF_MEMORY)
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
  else if (t->fault == HTTP_FILE)
    fail_by_file(t);
  else if (t->fault == HTTP_NONE && is_without_descriptor(code))
    transfer_fail(t, HTTP_NETWORK,
                  "no connection could be opened: Too many open files");
  else if (t->fault == HTTP_NONE && code != CURLE_OK)
    fail_by_code(t, code);
  else if (t->fault == HTTP_NONE && !t->head_complete)
    transfer_fail(t, HTTP_NETWORK,
                  "the connection ended in the middle of the response's head");
  else if (t->fault == HTTP_NONE && !is_status_valid(t))
    transfer_fail(t, HTTP_PROTOCOL, "the response's status is not one of HTTP");
  fail_if_spent(t);
  close_files(t);
}

void transfer_abandon(http_transfer *t)
{
  transfer_fail(t, HTTP_CANCELLED, "cancelled");
  close_files(t);
}

/* ---- the end ------------------------------------------------------------ */

static void wipe_headers(http_transfer *t)
{
  while (t->headers != NULL) {
    struct curl_slist *line = t->headers;
    t->headers = line->next;
    secret_wipe(line->data, strlen(line->data));
    free(line);
  }
}

void transfer_free(http_transfer *t)
{
  multipart_free(&t->multipart);
  sink_free(&t->sink);
  guard_free(&t->guard);
  wipe_headers(t);
  free_text(t->url);
  free(t->method);
  free(t->ca_file);
  free_text(t->proxy);
  buffer_free(&t->request);
  buffer_free(&t->head);
  buffer_free(&t->body);
  if (t->file >= 0)
    close(t->file);
  free(t);
}

int transfer_is_running(const http_transfer *t)
{
  return t->state == TRANSFER_RUNNING;
}

int transfer_is_finished(const http_transfer *t)
{
  return t->state == TRANSFER_FINISHED;
}

/* ---- reading ----------------------------------------------------------- */

http_fault transfer_fault_of(const http_transfer *t)
{
  return t->fault;
}

const char *transfer_message(const http_transfer *t)
{
  return t->message;
}

long transfer_status(const http_transfer *t)
{
  long status = 0;
  if (t->easy != NULL)
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

const char *transfer_body(const http_transfer *t, size_t *length)
{
  *length = t->body.length;
  return t->body.bytes != NULL ? t->body.bytes : "";
}

const char *transfer_head(const http_transfer *t, size_t *length)
{
  *length = t->head.length;
  return t->head.bytes != NULL ? t->head.bytes : "";
}

static double seconds_of(const http_transfer *t, CURLINFO what)
{
  curl_off_t microseconds = 0;
  curl_easy_getinfo(t->easy, what, &microseconds);
  return (double)microseconds / 1e6;
}

double transfer_seconds(const http_transfer *t)
{
  return t->easy != NULL ? seconds_of(t, CURLINFO_TOTAL_TIME_T) : 0;
}

static int version_of(const http_transfer *t)
{
  switch (number_of(t, CURLINFO_HTTP_VERSION)) {
  case CURL_HTTP_VERSION_1_0:
    return 10;
  case CURL_HTTP_VERSION_1_1:
    return 11;
  case CURL_HTTP_VERSION_2_0:
    return 20;
  case CURL_HTTP_VERSION_3:
    return 30;
  default:
    return 0;
  }
}

void transfer_read_facts(const http_transfer *t, http_facts *facts)
{
  curl_off_t uploaded = 0, to_upload = -1, downloaded = 0, expected = -1;
  memset(facts, 0, sizeof *facts);
  facts->to_upload = facts->expected = -1;
  if (t->easy == NULL)
    return;
  facts->seconds = transfer_seconds(t);
  facts->lookup = seconds_of(t, CURLINFO_NAMELOOKUP_TIME_T);
  facts->connect = seconds_of(t, CURLINFO_CONNECT_TIME_T);
  facts->tls = seconds_of(t, CURLINFO_APPCONNECT_TIME_T);
  facts->first_byte = seconds_of(t, CURLINFO_STARTTRANSFER_TIME_T);
  facts->http_version = version_of(t);
  if (t->has_begun)
    facts->request_bytes = (size_t)number_of(t, CURLINFO_REQUEST_SIZE);
  facts->reused =
      facts->request_bytes > 0 && number_of(t, CURLINFO_NUM_CONNECTS) == 0;
  facts->local_port = (int)number_of(t, CURLINFO_LOCAL_PORT);
  curl_easy_getinfo(t->easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
  facts->uploaded = (size_t)uploaded;
  curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_UPLOAD_T, &to_upload);
  facts->to_upload = (double)to_upload;
  curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &downloaded);
  facts->downloaded = (size_t)downloaded;
  curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
  facts->expected = (double)expected;
}
