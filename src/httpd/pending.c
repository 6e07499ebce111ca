/* pending.c - a request as it comes in: its headers and its body */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "httpd/httpd_parts.h"

enum { SMALLEST_BODY = 4096 }; /* a body's first allocation */

void pending_free_body(pending *p)
{
  free(p->body);
  p->body = NULL;
  p->seen.body = NULL;
  p->seen.length = 0;
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

/* tolower would ask the locale. */
static void lower(char *text)
{
  for (; *text != '\0'; text++)
    if (*text >= 'A' && *text <= 'Z')
      *text = (char)(*text - 'A' + 'a');
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

/* 0, or the status to refuse the request with. */
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
  p->seen.headers = p->headers;
  p->seen.header_count = sum.count;
  return 0;
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

/* Goes on in a temporary file with what memory can't hold. */
static unsigned open_spool(pending *p)
{
  static const char name[] = "/rackspace-XXXXXX";
  const char *folder = p->server->spool;
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
  status = write_all(p->spool, p->body, p->seen.length);
  pending_free_body(p);
  return status;
}

static unsigned add_to_memory(pending *p, const char *bytes, size_t length)
{
  size_t needed = p->seen.length + length;
  if (needed > p->room) {
    size_t room = p->room > 0 ? p->room : SMALLEST_BODY;
    char *body;
    while (room < needed)
      room *= 2;
    if (room > p->server->max_body)
      room = p->server->max_body;
    body = realloc(p->body, room);
    if (body == NULL)
      return MHD_HTTP_INTERNAL_SERVER_ERROR;
    p->body = body;
    p->room = room;
  }
  memcpy(p->body + p->seen.length, bytes, length);
  p->seen.body = p->body;
  p->seen.length = needed;
  return 0;
}

uint64_t pending_limit(const httpd_server *server)
{
  if (server->spool == NULL || server->max_file < server->max_body)
    return server->max_body;
  return server->max_file;
}

static unsigned add_to_body(pending *p, const char *bytes, size_t length)
{
  unsigned status = 0;
  if (p->received > pending_limit(p->server))
    return MHD_HTTP_CONTENT_TOO_LARGE;
  if (p->spool < 0 && p->received <= p->server->max_body)
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
  p->seen.file = NULL;
}

/* A refused body is read past, since closing on a client that still sends
   can cost it the answer; but not for ever. */
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
  return p->refusal != 0 && p->received > HTTPD_DISCARD ? MHD_NO : MHD_YES;
}

void pending_clear(pending *p)
{
  httpd_server *server = p->server;
  struct MHD_Connection *connection = p->connection;
  pending_close_spool(p);
  pending_delete_file(p);
  if (p->response != NULL)
    MHD_destroy_response(p->response);
  free(p->target);
  free(p->method);
  free(p->headers);
  free(p->body);
  memset(p, 0, sizeof *p);
  p->server = server;
  p->connection = connection;
  p->spool = -1;
}
