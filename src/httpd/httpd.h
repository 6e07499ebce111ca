/* httpd.h - a polled HTTP server on loopback, on libmicrohttpd */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTPD_H
#define RACKSPACE_HTTPD_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* The server receives whole requests in bounded memory and queues them; the
   connection of a queued request is suspended until it is answered. There are
   no callbacks, threads or signal handlers. Work is done in httpd_poll only: an
   answer is sent by the next poll, or by httpd_close. */

typedef struct httpd_server httpd_server;

enum {
  HTTPD_REQUEST_HEADERS = 16384, /* bytes; more of them are refused with 431 */
  HTTPD_REQUEST_LINES = 100,     /* header lines, likewise */
  HTTPD_ANSWER_HEADERS = 8192,   /* bytes of an answer's headers */
  HTTPD_MESSAGE = 512            /* room for a message */
};

typedef struct httpd_settings {
  const char *host;  /* an IPv4 address that httpd_is_loopback accepts */
  uint16_t port;     /* 0: the system chooses */
  size_t max_body;   /* bytes of a body that are kept in memory */
  const char *spool; /* a folder for longer bodies, or NULL: refuse them */
  uint64_t max_file; /* bytes of a body that goes there */
  uint64_t max_open; /* bytes of a body before httpd_admit; 0: any number */
} httpd_settings;

typedef struct httpd_header {
  const char *name, *value;
  size_t name_length, value_length; /* without the NUL that follows */
} httpd_header;

typedef struct httpd_request {
  double id; /* a whole number, unique in a server */
  const char *method;
  const char *target;          /* as sent: nothing is decoded or split */
  const httpd_header *headers; /* names in lower case, repeated as sent */
  size_t header_count;
  const char *body; /* NULL when it is empty or in `file` */
  size_t length;
  const char *file; /* the body's temporary file, or NULL */
  int is_partial;   /* its body passes max_open, and the rest is awaited */
} httpd_request;

/* Set by the caller of httpd_respond. */

typedef struct httpd_answer {
  unsigned status;             /* 200 to 999 */
  const httpd_header *headers; /* header_fault accepts each of them */
  size_t header_count;
  const char *body;
  size_t length;
  const char *file; /* the body, when not NULL */
  int keep;         /* leave the request's temporary file to the caller */
} httpd_answer;

/* Whether the text is an IPv4 address of 127.0.0.0/8. */
int httpd_is_loopback(const char *host);

/* Starts a server; NULL, and a message, when that fails. */
httpd_server *httpd_listen(const httpd_settings *settings,
                           char message[HTTPD_MESSAGE]);

/* Closes every connection and frees the server. Answers that fit into the
   sockets' buffers are still sent; requests without one are dropped, and their
   files deleted. */
void httpd_close(httpd_server *server);

uint16_t httpd_port(const httpd_server *server);

/* Serves for at most `seconds`; returns early when a request is queued and on
   a signal. Returns 0, or an errno. */
int httpd_poll(httpd_server *server, double seconds);

/* The queued request after `previous` (NULL: the first), or NULL. */
const httpd_request *httpd_next(const httpd_server *server,
                                const httpd_request *previous);

/* Empties the queue: its requests now wait for an answer by their ids, and
   their bodies in memory are freed. */
void httpd_take(httpd_server *server);

/* Answers a request. Returns 0; or -1 and a message when no such request waits,
   when its client has closed the connection (the request is dropped), or when
   the answer can't be made (the request still waits). Content-Length,
   Transfer-Encoding, and Connection other than "close" are set by the server:
   those given are ignored. */
int httpd_respond(httpd_server *server, double id, const httpd_answer *answer,
                  char message[HTTPD_MESSAGE]);

/* Lets a partial request send its whole body; then it is queued again, with
   another id. Returns 0, or -1 and a message when no such request waits. */
int httpd_admit(httpd_server *server, double id, char message[HTTPD_MESSAGE]);

/* Closes a request's connection without an answer. Returns 0, or -1 and a
   message when no such request waits. */
int httpd_drop(httpd_server *server, double id, char message[HTTPD_MESSAGE]);

#pragma GCC visibility pop

#endif
