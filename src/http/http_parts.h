/* http_parts.h - what http.c, transfer.c and options.c share */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HTTP_PARTS_H
#define RACKSPACE_HTTP_PARTS_H

#include <curl/curl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "http/transfer.h"

#pragma GCC visibility push(hidden)

/* libcurl's time for reading a head out grows with the square of its lines. */
enum {
  IDLE_HANDLES = 64,
  HEADER_LINES = 1000,
  MESSAGE_SIZE = CURL_ERROR_SIZE + 160
};

typedef enum transfer_state { SETUP, RUNNING, FINISHED } transfer_state;

struct http_transfer {
  http_client *client;            /* NULL once the client is gone */
  http_transfer *previous, *next; /* in the client's list of all */
  http_transfer *next_finished;
  transfer_state state;
  CURL *easy;
  struct curl_slist *headers, *last_header;
  char *url, *method, *ca_file, *proxy;
  buffer request;
  buffer head;
  buffer body;
  FILE *file;
  struct form_part *parts; /* of a multipart body */
  curl_mime *mime;
  char *sink_path; /* where a success's body goes, or NULL: to memory */
  char *part_path; /* where it is until it is whole, or NULL */
  FILE *sink;
  double connect_timeout, stall_timeout, total_timeout;
  size_t header_bytes, header_limit, header_lines;
  int to_loopback, has_body, fresh, head_complete;
  int is_special; /* its handle has more options than every transfer sets */
  http_fault fault;
  char error[CURL_ERROR_SIZE]; /* the texts come last: they are only ended */
  char message[MESSAGE_SIZE];
};

struct http_client {
  CURLM *multi;
  http_transfer *all;
  http_transfer *finished, *last_finished;
  size_t running;
  struct pollfd *polled; /* the wake pipe's reading end, what http_watch
                            names or nothing, then libcurl's */
  size_t polled_count, polled_room;
  unsigned long opened; /* sockets added so far */
  struct pollfd *ready; /* as much room as `polled` */
  struct pollfd *rest;  /* see idle.c */
  size_t rest_count, rest_room;
  double deadline; /* when libcurl wants to be called; < 0: never */
  int wake_pipe[2];
  pid_t owner;   /* the process that made it */
  memory memory; /* for the bodies of its transfers */
  int failed;    /* a callback ran out of memory */
  char *origin;  /* the last one that was found good, as URLs write it */
  int origin_is_loopback;
  CURL *idle[IDLE_HANDLES];
  size_t idle_count;
};

/* transfer.c */
int transfer_add_line(http_transfer *t, const char *line);
void transfer_fail(http_transfer *t, http_fault fault, const char *message);

/* An answer has more of something than it may. */
void transfer_pass_bound(http_transfer *t, const char *what, size_t limit,
                         const char *of_what);

/* Settles why a transfer ended, from libcurl's code for it. */
void transfer_settle(http_transfer *t, CURLcode code);

/* options.c: what all of a handle's transfers have in common, and what each
   has; 0, or -1 with the fault set. */
void options_prepare(CURL *easy);
int options_set(http_transfer *t);

/* form.c: 0, or -1 with the fault set. */
int form_set(http_transfer *t);
void form_free(http_transfer *t);

/* sink.c: the file is in its place only when all of it has come. */
int sink_takes(const http_transfer *t); /* whether this answer goes there */
int sink_write(http_transfer *t, const char *bytes, size_t length);
int sink_finish(http_transfer *t); /* 0, or -1 when it is not whole */
void sink_free(http_transfer *t);

/* idle.c: the connection of a transfer that has ended; one that is used again;
   the socket's end; and what is done before a request goes out. */
void idle_add(http_transfer *t);
void idle_remove(http_client *client, curl_socket_t fd);
int idle_close(void *user, curl_socket_t fd);
void idle_sweep(http_client *client);

/* trust.c: to be put behind the message of a failure of TLS; or "". */
const char *trust_advice(const http_transfer *t, CURLcode code);

/* http.c */
void http_act_on_timer(http_client *client);
CURL *http_take_handle(http_client *client);
void http_give_handle(http_transfer *t);
void http_detach(http_transfer *t);
void http_push_finished(http_transfer *t);
void http_forget_finished(http_transfer *t);

#pragma GCC visibility pop

#endif
