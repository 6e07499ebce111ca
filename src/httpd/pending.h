/* pending.h - a request that is being received or waits for its answer */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_PENDING_H
#define RACKSPACE_PENDING_H

#include <microhttpd.h>

#include "httpd/httpd.h"

#pragma GCC visibility push(hidden)

/* The bytes of a refused body that are still read. */
enum { PENDING_DISCARD = 64 << 20 };

typedef enum pending_stage {
  PENDING_RECEIVING, /* its body is being received; also after httpd_admit */
  PENDING_QUEUED,    /* its connection is suspended from here on */
  PENDING_WAITING,   /* the caller has taken it */
  PENDING_ANSWERED,  /* its connection is resumed */
  PENDING_DROPPED    /* likewise, to be closed */
} pending_stage;

/* The request of a connection; cleared for the next one. It belongs to the
   connection because libmicrohttpd does not report the end of every request
   that it gives up. */
typedef struct pending {
  httpd_request request; /* what httpd_next returns, so it must be first. Its
                            texts belong to the fields below */

  /* Set by httpd.c. */
  httpd_server *server;
  struct MHD_Connection *connection;
  struct pending *next;  /* in the queue, or NULL */
  struct pending *chain; /* in its bucket, or NULL */
  pending_stage stage;
  char *method, *target;         /* NULL until they are received */
  unsigned status;               /* of the answer */
  int is_admitted;               /* its body may pass max_open */
  struct MHD_Response *response; /* NULL until it is answered */

  /* Set by pending.c. */
  const httpd_settings *settings; /* the server's, by pending_init */
  unsigned refusal;               /* the status of the server's own answer; 0:
                                     the request is not refused */
  uint64_t received;              /* bytes of the body */
  httpd_header *headers;          /* one block with their texts */
  char *body;                     /* in memory; NULL: empty, or in the file */
  size_t room;                    /* allocated for it */
  char *file;                     /* the body's file, or NULL */
  int spool; /* its descriptor while it is written, or -1 */
} pending;

/* Makes a zeroed one ready. */
void pending_init(pending *p, const httpd_settings *settings);

/* Frees what it holds, and makes it ready for its connection's next request. */
void pending_clear(pending *p);

/* Copies the headers. Returns 0, or the status to refuse the request with. */
unsigned pending_read_headers(pending *p);

/* Adds bytes to the body, and refuses the request when it gets too long. Those
   of a refused request are discarded. MHD_NO: close the connection. */
enum MHD_Result pending_take_bytes(pending *p, const char *bytes,
                                   size_t length);

/* Whether the body would pass max_open with so many more bytes, and the request
   is not admitted. */
int pending_must_ask(const pending *p, size_t length);

/* The most bytes of a body. */
uint64_t pending_limit(const httpd_settings *settings);

/* Frees a body in memory. */
void pending_free_body(pending *p);

/* Closes the body's file; refuses the request if that fails. */
void pending_close_spool(pending *p);

/* Deletes the body's file. */
void pending_delete_file(pending *p);

/* Leaves the body's file to the caller. */
void pending_keep_file(pending *p);

#pragma GCC visibility pop

#endif
