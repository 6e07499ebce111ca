/* transfer.h - one HTTP request in flight, and its response */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_TRANSFER_H
#define RACKSPACE_TRANSFER_H

#include "http/http.h"

#pragma GCC visibility push(hidden)

/* Why there is no response. A status that the server sent is never one. */
typedef enum http_fault {
  HTTP_NONE,
  HTTP_NETWORK,   /* no connection, or it broke */
  HTTP_TIMEOUT,   /* connect, stall or total time-out */
  HTTP_TLS,       /* the server could not be trusted */
  HTTP_PROTOCOL,  /* the answer is not HTTP, or passes a bound */
  HTTP_CANCELLED, /* by transfer_cancel or the client's end */
  HTTP_CONFIG,    /* the request itself cannot be sent */
  HTTP_FILE,      /* the body's file cannot be read, or the sink written */
  HTTP_MEMORY
} http_fault;

/* ---- setting a transfer up; 0, or -1 when there is no memory ----------- */

http_transfer *transfer_new(http_client *client);
int transfer_set_url(http_transfer *t, const char *url);
int transfer_set_method(http_transfer *t, const char *method);
int transfer_set_ca_file(http_transfer *t, const char *path);
int transfer_set_proxy(http_transfer *t, const char *url);

/* The value may be binary-unsafe only in that it must hold no CR, LF, NUL;
   the caller checks with transfer_header_fault. It is wiped after use. */
int transfer_add_header(http_transfer *t, const char *name, const char *value,
                        size_t length);

/* Why a header must not be sent, or NULL when it may be. */
const char *transfer_header_fault(const char *name, size_t name_length,
                                  const char *value, size_t length);

/* The bytes are copied, and wiped after use. */
int transfer_set_body(http_transfer *t, const void *bytes, size_t length);

/* A body streamed from a file; -2 when it can't be opened (errno says why).
   All of it from its beginning. */
int transfer_set_body_file(http_transfer *t, const char *path);

/* A part of a multipart body, of the given bytes or of a file's content; the
   filename may be NULL. Names hold no line break. -2 when the file can't be
   opened (errno says why). */
int transfer_add_value(http_transfer *t, const char *name, const char *filename,
                       const void *bytes, size_t length);
int transfer_add_file(http_transfer *t, const char *name, const char *filename,
                      const char *path);

/* The body of a success goes to this file, which nobody else can read, and no
   bound applies to it; any other answer's to memory. */
int transfer_set_sink(http_transfer *t, const char *path);

/* Seconds; 0 is no bound, but for connecting libcurl's own (300 seconds). A
   stall is timed in whole seconds. */
void transfer_set_timeouts(http_transfer *t, double connect, double stall,
                           double total);

/* The most bytes of a body (after decompression) and of all headers. There
   may be 1,000 lines of these, whatever is set. */
void transfer_set_bounds(http_transfer *t, size_t body, size_t headers);

/* Never on a connection that was used before. */
void transfer_set_fresh(http_transfer *t, int fresh);

/* ---- a transfer's life -------------------------------------------------- */

/* Sends it. A request that cannot be sent finishes at once, with a fault. */
void transfer_start(http_transfer *t);

/* Stops it; it then is finished, as HTTP_CANCELLED. One that had finished
   keeps its response. Neither is handed out by http_finished any more. */
void transfer_cancel(http_transfer *t);

/* Cancels and frees it. */
void transfer_free(http_transfer *t);

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

/* What is known of how it went. */
typedef struct transfer_facts {
  double seconds;                          /* from start to end */
  double lookup, connect, tls, first_byte; /* from start to each phase's end */
  int http_version;     /* 10, 11, 20, 30; 0 when there was no response */
  int reused;           /* it went over a connection that was used before */
  size_t request_bytes; /* of the head that were sent; 0: surely nothing was */
  size_t uploaded;      /* of the body */
  double to_upload;     /* as many as it has; -1 when nobody knows */
  size_t downloaded;    /* of the answer's, as it came over the wire */
  double expected;      /* as many as it says it has; -1 when it doesn't */
  int local_port;
} transfer_facts;

void transfer_read_facts(const http_transfer *t, transfer_facts *facts);

#pragma GCC visibility pop

#endif
