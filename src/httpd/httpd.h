/* httpd.h - an HTTP server on loopback that is polled, on libmicrohttpd */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTPD_H
#define RACKSPACE_HTTPD_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* The server gathers whole requests in bounded memory and queues them; the
   connection of a queued request sleeps until the request is answered.
   Nothing here calls back, starts a thread, prints or installs a signal
   handler. Work is done in httpd_poll only: an answer leaves with the next
   poll, or with httpd_close. */

typedef struct httpd_server httpd_server;

enum {
  HTTPD_REQUEST_HEADERS = 16384, /* bytes of a request's headers, or 431 */
  HTTPD_REQUEST_LINES = 100,     /* and how many */
  HTTPD_ANSWER_HEADERS = 8192,   /* bytes of an answer's headers */
  HTTPD_MESSAGE = 512            /* room for a message */
};

typedef struct httpd_settings {
  const char *host;  /* an IPv4 address that httpd_is_loopback accepts */
  uint16_t port;     /* 0: the system chooses */
  size_t max_body;   /* bytes of a body that are kept in memory */
  const char *spool; /* a folder for longer bodies, or NULL: refuse them */
  uint64_t max_file; /* bytes of a body that goes there */
} httpd_settings;

typedef struct httpd_header {
  const char *name, *value; /* with a NUL that the lengths don't count */
  size_t name_length, value_length;
} httpd_header;

typedef struct httpd_request {
  double id; /* whole, never used twice */
  const char *method;
  const char *target;          /* as sent: nothing is decoded or split */
  const httpd_header *headers; /* names in lower case, repeated as sent */
  size_t header_count;
  const char *body; /* NULL when it is empty or in the file */
  size_t length;
  const char *file; /* the body's temporary file, or NULL */
} httpd_request;

typedef struct httpd_answer {
  unsigned status;             /* 200 to 999 */
  const httpd_header *headers; /* header_fault accepts each of them */
  size_t header_count;
  const char *body;
  size_t length;
  const char *file; /* its content is the body, when not NULL */
  int keep;         /* the request's temporary file is not deleted */
} httpd_answer;

/* Whether the text is an IPv4 address of 127.0.0.0/8. */
int httpd_is_loopback(const char *host);

/* NULL, and a message, when the server can't be started. */
httpd_server *httpd_listen(const httpd_settings *settings,
                           char message[HTTPD_MESSAGE]);

/* Ends every connection. Answers that fit into the sockets' buffers still
   leave; requests without an answer, and their files, go. */
void httpd_close(httpd_server *server);

uint16_t httpd_port(const httpd_server *server);

/* Serves for at most `seconds`; returns early when a request is queued or a
   signal came in. 0, or an errno. */
int httpd_poll(httpd_server *server, double seconds);

/* The queued request after `previous` (NULL: the first), or NULL. */
const httpd_request *httpd_next(const httpd_server *server,
                                const httpd_request *previous);

/* Empties the queue: what was in it now waits for its answer by id only, and
   its bodies in memory are freed. */
void httpd_take(httpd_server *server);

/* Answers a request. -1, and a message, when no such request waits, when its
   client has closed the connection (the request then is done with), and when
   the answer can't be made (the request then still waits). Headers that frame
   the message (Content-Length, Transfer-Encoding, and Connection but for
   "close") are the server's own: those given are passed over. */
int httpd_respond(httpd_server *server, double id, const httpd_answer *answer,
                  char message[HTTPD_MESSAGE]);

/* Closes a request's connection without an answer. -1, and a message, when no
   such request waits. */
int httpd_drop(httpd_server *server, double id, char message[HTTPD_MESSAGE]);

#pragma GCC visibility pop

#endif
