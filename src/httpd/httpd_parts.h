/* httpd_parts.h - what httpd.c, pending.c and answer.c share */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTPD_PARTS_H
#define RACKSPACE_HTTPD_PARTS_H

#include <microhttpd.h>

#include "httpd/httpd.h"

#pragma GCC visibility push(hidden)

enum {
  HTTPD_BUCKETS = 1024,    /* of the table of requests by id */
  HTTPD_DISCARD = 64 << 20 /* bytes of a refused body that are read past */
};

typedef enum stage {
  GATHERING, /* bytes come in */
  QUEUED,    /* its connection sleeps from here on */
  WAITING,   /* was handed out */
  ANSWERED,  /* its connection is awake again */
  GONE       /* likewise, to be closed */
} stage;

/* A connection's request, cleared for the next one. It belongs to the
   connection, since libmicrohttpd doesn't tell of the end of every request
   that it gave up by itself. */
typedef struct pending {
  httpd_request seen; /* must be first: this is what httpd_next gives out */
  httpd_server *server;
  struct MHD_Connection *connection;
  struct pending *next;  /* in the queue */
  struct pending *chain; /* in its bucket */
  stage stage;
  unsigned refusal; /* the status that the server answers by itself, or 0 */
  uint64_t received;
  char *method, *target, *body, *file;
  httpd_header *headers; /* their texts follow in the same block */
  size_t room;           /* of the body in memory */
  int spool;             /* the file while it is written, or -1 */
  unsigned status;       /* of the answer */
  struct MHD_Response *response;
} pending;

struct httpd_server {
  struct MHD_Daemon *daemon;
  size_t max_body;
  uint64_t max_file;
  char *spool;
  double last_id;
  int closing;
  int eager;             /* there is work that no descriptor tells of */
  pending *first, *last; /* the queue */
  pending *buckets[HTTPD_BUCKETS];
};

/* pending.c: 0, or the status by which the request is refused */
unsigned pending_read_headers(pending *p);
enum MHD_Result pending_take_bytes(pending *p, const char *bytes,
                                   size_t length);
uint64_t pending_limit(const httpd_server *server);
void pending_free_body(pending *p);
void pending_close_spool(pending *p);
void pending_delete_file(pending *p);
void pending_clear(pending *p);

/* answer.c: NULL with a message when it can't be made */
struct MHD_Response *answer_make(const httpd_answer *answer, char *message);
struct MHD_Response *answer_from_bytes(const char *bytes, size_t length,
                                       char *message);

#pragma GCC visibility pop

#endif
