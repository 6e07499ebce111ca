/* transfer_struct.h - a transfer's fields, for the files of this folder */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_TRANSFER_STRUCT_H
#define RACKSPACE_TRANSFER_STRUCT_H

#include <curl/curl.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "http/guard.h"
#include "http/multipart.h"
#include "http/sink.h"
#include "http/transfer.h"

#pragma GCC visibility push(hidden)

typedef enum transfer_state {
  TRANSFER_SETUP,   /* from transfer_new on */
  TRANSFER_RUNNING, /* from http_start on */
  TRANSFER_FINISHED
} transfer_state;

struct http_transfer {
  /* Its life and its place in the client; set by http.c. */
  struct http_client *client;     /* NULL once the client is freed */
  http_transfer *previous, *next; /* in the client's list; NULL at its ends */
  http_transfer *next_finished;   /* in the client's queue of finished ones */
  transfer_state state;
  CURL *easy;      /* NULL before it is started, and in a forked process */
  int to_loopback; /* the URL's host is this machine: no proxy is used */

  /* The request; set by transfer_set_* and transfer_add_*. */
  char *url;                      /* NULL: it can't be sent */
  char *method;                   /* NULL: GET */
  char *ca_file, *proxy;          /* NULL: libcurl's own choice */
  struct curl_slist *headers;     /* "Name: value"; NULL: none */
  struct curl_slist *last_header; /* the end of that list */
  buffer request;                 /* a body of bytes, */
  int file;                       /* or a file's descriptor, or -1, */
  multipart multipart;            /* or the parts of one */
  int has_body;                   /* one of the three was set */
  int fresh;                      /* use no connection that is open already */
  double connect_timeout;         /* all three in seconds, 0: none */
  double stall_timeout;
  double total_timeout;
  size_t header_limit; /* the most bytes of heads */
  sink sink;           /* where a successful body goes */
  guard guard;         /* what addresses are refused */

  /* Set by options.c. */
  int is_special; /* its handle has options that not every transfer sets */

  int has_begun; /* its connection stands, through the proxy too; set by a
                    callback before the first byte of the request is sent */

  /* The response; set by the callbacks in options.c. */
  buffer head;         /* the lines of the last head, without status line */
  buffer body;         /* its limit is set by transfer_set_bounds */
  size_t header_bytes; /* of all heads and trailers so far */
  size_t header_lines;
  int head_complete; /* the empty line after the last head was read */
  int was_open;      /* its connection was closed here, not by the server; set
                        by http.c */

  /* How it failed; set by the callbacks and by transfer_fail and its kin. */
  http_fault fault;
  char error[CURL_ERROR_SIZE]; /* libcurl's message, or "". From here on the
                                  fields are not cleared but for their NUL */
  char message[CURL_ERROR_SIZE + 160]; /* ours, or "" */
};

/* A transfer without a client, whose bodies are allocated by `from`; NULL when
   there is no memory. */
http_transfer *transfer_new(memory from);

/* Frees everything but the handle. */
void transfer_free(http_transfer *t);

/* Adds a whole header line for libcurl. Returns 0, or -1 when there is no
   memory. */
int transfer_add_line(http_transfer *t, const char *line);

/* Whether the response's body goes to the sink: that of a success does. */
int transfer_uses_sink(const http_transfer *t);

/* Sets the fault, and its message. */
void transfer_fail(http_transfer *t, http_fault fault, const char *message);

/* The same for a response that exceeds a limit: what ("body") has more than
   so many of something ("bytes"). */
void transfer_fail_limit(http_transfer *t, const char *what, size_t limit,
                         const char *of_what);

/* Sets the fault and the message by libcurl's code for the transfer's end, and
   closes its files. */
void transfer_settle(http_transfer *t, CURLcode code);

/* The same for one that is cancelled. */
void transfer_abandon(http_transfer *t);

#pragma GCC visibility pop

#endif
