/* pending.c - a request that is being received or waits for its answer */
/* SPDX-License-Identifier: MIT */
#include "httpd/pending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"

enum { SMALLEST_BODY = 4096 }; /* a body's first allocation */

void pending_free_body(pending *p)
{
  free(p->body);
  p->body = NULL;
  p->request.body = NULL;
  p->request.length = 0;
}

/* ---- a request's headers ------------------------------------------------- */

typedef struct header_sum {
  size_t count, bytes;
} header_sum;

static enum MHD_Result sum_header(void *closure, enum MHD_ValueKind kind,
                                  const char *name, size_t name_length,
                                  const char *value, size_t value_length)
{
  header_sum *sum = closure;
  (void)kind, (void)name, (void)value;
  sum->count++;
  sum->bytes += name_length + value_length + 2;
  return MHD_YES;
}

typedef struct header_copy {
  httpd_header *header;
  char *text;
} header_copy;

static const char *copy_text(header_copy *copy, const char *text, size_t length)
{
  char *start = copy->text;
  if (length > 0)
    memcpy(start, text, length);
  start[length] = '\0';
  copy->text += length + 1;
  return start;
}

static void lower(char *text)
{
  for (; *text != '\0'; text++)
    *text = ascii_lower(*text);
}

static enum MHD_Result copy_header(void *closure, enum MHD_ValueKind kind,
                                   const char *name, size_t name_length,
                                   const char *value, size_t value_length)
{
  header_copy *copy = closure;
  char *start = copy->text;
  (void)kind;
  copy->header->name = copy_text(copy, name, name_length);
  lower(start);
  copy->header->value = copy_text(copy, value, value_length);
  copy->header->name_length = name_length;
  copy->header->value_length = value_length;
  copy->header++;
  return MHD_YES;
}

/* Whether another server could see the body's end elsewhere: two lengths, or
   one beside Transfer-Encoding. libmicrohttpd before 1.0 accepts both. */
static int is_length_ambiguous(const pending *p)
{
  size_t i, lengths = 0;
  for (i = 0; i < p->request.header_count; i++)
    if (strcmp(p->headers[i].name, "content-length") == 0 ||
        strcmp(p->headers[i].name, "transfer-encoding") == 0)
      lengths++;
  return lengths > 1;
}

unsigned pending_read_headers(pending *p)
{
  header_sum sum = {0, 0};
  header_copy copy;
  MHD_get_connection_values_n(p->connection, MHD_HEADER_KIND, sum_header, &sum);
  if (sum.count > HTTPD_REQUEST_LINES || sum.bytes > HTTPD_REQUEST_HEADERS)
    return MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
  p->headers = malloc(sum.count * sizeof *p->headers + sum.bytes + 1);
  if (p->headers == NULL)
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  copy.header = p->headers;
  copy.text = (char *)(p->headers + sum.count);
  MHD_get_connection_values_n(p->connection, MHD_HEADER_KIND, copy_header,
                              &copy);
  p->request.headers = p->headers;
  p->request.header_count = sum.count;
  return is_length_ambiguous(p) ? MHD_HTTP_BAD_REQUEST : 0;
}

/* ---- a request's body ---------------------------------------------------- */

static unsigned write_all(int file, const char *bytes, size_t length)
{
  while (length > 0) {
    ssize_t written = write(file, bytes, length);
    if (written < 0 && errno != EINTR)
      return MHD_HTTP_INTERNAL_SERVER_ERROR;
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
    }
  }
  return 0;
}

/* Moves a body that is too long for memory to a temporary file. */
static unsigned open_spool(pending *p)
{
  static const char name[] = "/rackspace-XXXXXX";
  const char *folder = p->settings->spool;
  unsigned status;
  size_t room = strlen(folder) + sizeof name;
  char *path = malloc(room);
  if (path == NULL)
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  snprintf(path, room, "%s%s", folder, name);
  p->spool = mkstemp(path);
  if (p->spool < 0) {
    free(path);
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  }
  fcntl(p->spool, F_SETFD, FD_CLOEXEC);
  p->file = path;
  status = write_all(p->spool, p->body, p->request.length);
  pending_free_body(p);
  return status;
}

static unsigned add_to_memory(pending *p, const char *bytes, size_t length)
{
  size_t needed = p->request.length + length;
  if (needed > p->room) {
    size_t room = p->room > 0 ? p->room : SMALLEST_BODY;
    char *body;
    while (room < needed)
      room *= 2;
    if (room > p->settings->max_body)
      room = p->settings->max_body;
    body = realloc(p->body, room);
    if (body == NULL)
      return MHD_HTTP_INTERNAL_SERVER_ERROR;
    p->body = body;
    p->room = room;
  }
  memcpy(p->body + p->request.length, bytes, length);
  p->request.body = p->body;
  p->request.length = needed;
  return 0;
}

uint64_t pending_limit(const httpd_settings *settings)
{
  if (settings->spool == NULL || settings->max_file < settings->max_body)
    return settings->max_body;
  return settings->max_file;
}

int pending_must_ask(const pending *p, size_t length)
{
  uint64_t most = p->settings->max_open;
  return most > 0 && !p->is_admitted && p->refusal == 0 &&
         p->received + length > most;
}

static unsigned add_to_body(pending *p, const char *bytes, size_t length)
{
  unsigned status = 0;
  if (p->received > pending_limit(p->settings))
    return MHD_HTTP_CONTENT_TOO_LARGE;
  if (p->spool < 0 && p->received <= p->settings->max_body)
    return add_to_memory(p, bytes, length);
  if (p->spool < 0)
    status = open_spool(p);
  return status != 0 ? status : write_all(p->spool, bytes, length);
}

void pending_close_spool(pending *p)
{
  if (p->spool >= 0 && close(p->spool) != 0 && p->refusal == 0)
    p->refusal = MHD_HTTP_INTERNAL_SERVER_ERROR;
  p->spool = -1;
}

void pending_delete_file(pending *p)
{
  if (p->file != NULL)
    unlink(p->file);
  free(p->file);
  p->file = NULL;
  p->request.file = NULL;
}

/* A client that is still sending could lose the answer if its connection were
   closed, so a refused body is read, up to PENDING_DISCARD. */
enum MHD_Result pending_take_bytes(pending *p, const char *bytes, size_t length)
{
  p->received += length;
  if (p->refusal == 0) {
    p->refusal = add_to_body(p, bytes, length);
    if (p->refusal != 0) {
      pending_close_spool(p);
      pending_delete_file(p);
      pending_free_body(p);
      p->received = 0;
    }
  }
  return p->refusal != 0 && p->received > PENDING_DISCARD ? MHD_NO : MHD_YES;
}

void pending_keep_file(pending *p)
{
  free(p->file);
  p->file = NULL;
  p->request.file = NULL;
}

void pending_init(pending *p, const httpd_settings *settings)
{
  p->settings = settings;
  p->spool = -1;
}

void pending_clear(pending *p)
{
  pending kept = *p;
  pending_close_spool(p);
  pending_delete_file(p);
  if (p->response != NULL)
    MHD_destroy_response(p->response);
  free(p->target);
  free(p->method);
  free(p->headers);
  free(p->body);
  memset(p, 0, sizeof *p);
  p->server = kept.server;
  p->connection = kept.connection;
  pending_init(p, kept.settings);
}
