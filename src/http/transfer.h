/* transfer.h - an HTTP request and its response */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_TRANSFER_H
#define RACKSPACE_TRANSFER_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A transfer belongs to the client that made it: see http.h. */
typedef struct http_transfer http_transfer;

/* Why there is no response. A status that the server sent is never a fault. */
typedef enum http_fault {
  HTTP_NONE,
  HTTP_NETWORK,   /* no connection, or it broke */
  HTTP_TIMEOUT,   /* connect, stall or total time-out */
  HTTP_TLS,       /* the server could not be trusted */
  HTTP_PROTOCOL,  /* the response is not HTTP, or exceeds a limit */
  HTTP_CANCELLED, /* by http_cancel, or because the client was freed */
  HTTP_CONFIG,    /* the request itself cannot be sent */
  HTTP_FILE,      /* the body's file cannot be read, or the sink written */
  HTTP_MEMORY
} http_fault;

/* ---- setting a transfer up; 0, or -1 when there is no memory ----------- */

int transfer_set_url(http_transfer *t, const char *url);
int transfer_set_method(http_transfer *t, const char *method);
int transfer_set_ca_file(http_transfer *t, const char *path);
int transfer_set_proxy(http_transfer *t, const char *url);

/* The caller has checked name and value with header_fault. The value
   is wiped after use. */
int transfer_add_header(http_transfer *t, const char *name, const char *value,
                        size_t length);

/* The bytes are copied, and wiped after use. */
int transfer_set_body(http_transfer *t, const void *bytes, size_t length);

/* A body that is streamed from a file, from its beginning to its end. Returns
   -2 when the file can't be opened (errno says why). */
int transfer_set_body_file(http_transfer *t, const char *path);

/* Adds a part of a multipart body: given bytes, or the content of a file. The
   filename may be NULL. Names hold no line break. Returns -2 when the file
   can't be opened (errno says why). */
int transfer_add_part(http_transfer *t, const char *name, const char *filename,
                      const void *bytes, size_t length);
int transfer_add_file_part(http_transfer *t, const char *name,
                           const char *filename, const char *path);

/* The body of a success goes to this file, which only this user can read, and
   has no limit. Any other body goes to memory. */
int transfer_set_sink(http_transfer *t, const char *path);

/* The URL of the service that has named the transfer's own. An address that is
   not public, as in a private network, is refused then, unless the service is
   at one of the same kind. */
int transfer_set_service(http_transfer *t, const char *url);

/* Whether the sink has to be a new file: none is replaced then. */
void transfer_set_new(http_transfer *t, int is_new);

/* Seconds; 0 is no limit, but 300 seconds, libcurl's own, for connecting. A
   stall is measured in whole seconds. */
void transfer_set_timeouts(http_transfer *t, double connect, double stall,
                           double total);

/* The most bytes of a body (after decompression) and of all headers. More
   than 1,000 lines of headers are always refused. */
void transfer_set_bounds(http_transfer *t, size_t body, size_t headers);

/* Whether to open a new connection in any case. */
void transfer_set_fresh(http_transfer *t, int fresh);

/* ---- its state ---------------------------------------------------------- */

int transfer_is_running(const http_transfer *t);
int transfer_is_finished(const http_transfer *t);

/* ---- reading a finished transfer ---------------------------------------- */

http_fault transfer_fault_of(const http_transfer *t);

/* One line that says what went wrong, or "". */
const char *transfer_message(const http_transfer *t);

long transfer_status(const http_transfer *t);
const char *transfer_body(const http_transfer *t, size_t *length);

/* The final response's headers as they came, for head_next to read. */
const char *transfer_head(const http_transfer *t, size_t *length);

/* From start to end. */
double transfer_seconds(const http_transfer *t);

/* What is known about its course so far. */
typedef struct http_facts {
  double seconds; /* from start to end */
  double lookup;  /* from start to the end of each phase */
  double connect;
  double tls;
  double first_byte;
  int http_version;     /* 10, 11, 20, 30; 0 when there was no response */
  int reused;           /* it went over a connection that was used before */
  size_t request_bytes; /* of the head that were sent; 0: nothing was sent */
  size_t uploaded;      /* bytes of the body that were sent */
  double to_upload;     /* the body's length; -1 when it is not known */
  size_t downloaded;    /* bytes of the response's body, as transmitted */
  double expected;      /* its Content-Length; -1 when it has none */
  int local_port;
} http_facts;

void transfer_read_facts(const http_transfer *t, http_facts *facts);

#pragma GCC visibility pop

#endif
