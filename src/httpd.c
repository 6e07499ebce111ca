/* httpd.c - an HTTP server on loopback that is polled, on libmicrohttpd */
/* SPDX-License-Identifier: MIT */
#include "httpd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"

enum {
  BUCKETS = 1024,          /* of the table of requests by id */
  SMALLEST_BODY = 4096,    /* a body's first allocation */
  DISCARD = 64 << 20,      /* bytes of a refused body that are read past */
  IDLE = 120,              /* seconds until a silent connection is closed */
  CONNECTIONS = 8192,      /* at most, */
  SPARE_DESCRIPTORS = 64,  /* less what the host may need for itself */
  LAST_ROUNDS = 16,        /* of work when the server closes */
  LONGEST_WAIT = 3600 * 24 /* seconds; longer waits are made of such */
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
  pending *buckets[BUCKETS];
};

/* ---- requests by id ------------------------------------------------------ */

static pending **find_place(httpd_server *server, double id)
{
  pending **place = &server->buckets[(uint64_t)id % BUCKETS];
  while (*place != NULL && (*place)->seen.id != id)
    place = &(*place)->chain;
  return place;
}

static void enqueue(httpd_server *server, pending *p)
{
  p->stage = QUEUED;
  p->seen.id = ++server->last_id;
  *find_place(server, p->seen.id) = p;
  if (server->last != NULL)
    server->last->next = p;
  else
    server->first = p;
  server->last = p;
}

static void free_body(pending *p)
{
  free(p->body);
  p->body = NULL;
  p->seen.body = NULL;
  p->seen.length = 0;
}

const httpd_request *httpd_next(const httpd_server *server,
                                const httpd_request *previous)
{
  const pending *p = (const pending *)previous;
  p = p == NULL ? server->first : p->next;
  return p == NULL ? NULL : &p->seen;
}

void httpd_take(httpd_server *server)
{
  pending *p = server->first;
  while (p != NULL) {
    pending *next = p->next;
    p->next = NULL;
    p->stage = WAITING;
    free_body(p);
    p = next;
  }
  server->first = server->last = NULL;
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
static unsigned read_headers(pending *p)
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
  char *path = malloc(strlen(folder) + sizeof name);
  if (path == NULL)
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  strcpy(path, folder);
  strcat(path, name);
  p->spool = mkstemp(path);
  if (p->spool < 0) {
    free(path);
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  }
  fcntl(p->spool, F_SETFD, FD_CLOEXEC);
  p->file = path;
  status = write_all(p->spool, p->body, p->seen.length);
  free_body(p);
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

static uint64_t body_limit(const httpd_server *server)
{
  if (server->spool == NULL || server->max_file < server->max_body)
    return server->max_body;
  return server->max_file;
}

static unsigned add_to_body(pending *p, const char *bytes, size_t length)
{
  unsigned status = 0;
  if (p->received > body_limit(p->server))
    return MHD_HTTP_CONTENT_TOO_LARGE;
  if (p->spool < 0 && p->received <= p->server->max_body)
    return add_to_memory(p, bytes, length);
  if (p->spool < 0)
    status = open_spool(p);
  return status != 0 ? status : write_all(p->spool, bytes, length);
}

static void close_spool(pending *p)
{
  if (p->spool >= 0 && close(p->spool) != 0 && p->refusal == 0)
    p->refusal = MHD_HTTP_INTERNAL_SERVER_ERROR;
  p->spool = -1;
}

static void delete_file(pending *p)
{
  if (p->file != NULL)
    unlink(p->file);
  free(p->file);
  p->file = NULL;
  p->seen.file = NULL;
}

/* A refused body is read past, since closing on a client that still sends
   can cost it the answer; but not for ever. */
static enum MHD_Result take_bytes(pending *p, const char *bytes, size_t length)
{
  p->received += length;
  if (p->refusal == 0) {
    p->refusal = add_to_body(p, bytes, length);
    if (p->refusal != 0) {
      close_spool(p);
      delete_file(p);
      free_body(p);
      p->received = 0;
    }
  }
  return p->refusal != 0 && p->received > DISCARD ? MHD_NO : MHD_YES;
}

/* ---- answers ------------------------------------------------------------- */

const char *httpd_header_fault(const httpd_header *header)
{
  static const char separators[] = "()<>@,;:\\\"/[]?={}";
  size_t i;
  if (header->name_length == 0)
    return "its name is empty";
  for (i = 0; i < header->name_length; i++)
    if (header->name[i] <= ' ' || header->name[i] > '~' ||
        strchr(separators, header->name[i]) != NULL)
      return "its name holds a character that is not allowed";
  for (i = 0; i < header->value_length; i++)
    if (strchr("\r\n", header->value[i]) != NULL) /* finds a NUL, too */
      return "its value holds a CR, an LF or a NUL";
  return NULL;
}

static int is_framing(const httpd_header *header)
{
  if (strcasecmp(header->name, MHD_HTTP_HEADER_CONNECTION) == 0)
    return strcasecmp(header->value, "close") != 0;
  return strcasecmp(header->name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0 ||
         strcasecmp(header->name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
}

/* libmicrohttpd refuses an empty value; a space reads as one. */
static int add_header(struct MHD_Response *response, const httpd_header *header)
{
  const char *value = header->value_length > 0 ? header->value : " ";
  if (is_framing(header))
    return 0;
  return MHD_add_response_header(response, header->name, value) == MHD_YES ? 0
                                                                           : -1;
}

/* Opened without waiting: the name could be a pipe's. */
static struct MHD_Response *response_from_file(const char *path, char *message)
{
  struct MHD_Response *response = NULL;
  struct stat facts;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int fine = file >= 0 && fstat(file, &facts) == 0;
  if (fine && S_ISREG(facts.st_mode))
    response = MHD_create_response_from_fd64((uint64_t)facts.st_size, file);
  if (response == NULL) {
    snprintf(message, HTTPD_MESSAGE, "cannot send %s: %s", path,
             !fine                    ? strerror(errno)
             : S_ISREG(facts.st_mode) ? "not enough memory"
                                      : "not a regular file");
    if (file >= 0)
      close(file);
  }
  return response;
}

static struct MHD_Response *response_from_bytes(const char *bytes,
                                                size_t length, char *message)
{
  struct MHD_Response *response = MHD_create_response_from_buffer(
      length, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
  if (response == NULL)
    snprintf(message, HTTPD_MESSAGE, "not enough memory");
  return response;
}

static struct MHD_Response *make_response(const httpd_answer *answer,
                                          char *message)
{
  struct MHD_Response *response =
      answer->file != NULL
          ? response_from_file(answer->file, message)
          : response_from_bytes(answer->body, answer->length, message);
  size_t i;
  for (i = 0; response != NULL && i < answer->header_count; i++)
    if (add_header(response, &answer->headers[i]) != 0) {
      snprintf(message, HTTPD_MESSAGE, "the header %.100s cannot be sent",
               answer->headers[i].name);
      MHD_destroy_response(response);
      response = NULL;
    }
  return response;
}

/* Takes a request out of the table, and lets its connection go on. */
static void wake(pending *p, stage next)
{
  *find_place(p->server, p->seen.id) = p->chain;
  p->chain = NULL;
  p->stage = next;
  p->server->eager = 1;
  MHD_resume_connection(p->connection);
}

/* libmicrohttpd doesn't look at a connection that sleeps. A client that only
   ended its sending counts as gone, too: there is no telling them apart. */
static int is_gone(const pending *p)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(p->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  char byte;
  ssize_t got;
  if (info == NULL)
    return 1;
  got = recv(info->connect_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 ||
         (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

static void release_file(pending *p, int keep)
{
  if (keep) {
    free(p->file);
    p->file = NULL;
  }
  delete_file(p);
}

static pending *find_waiting(httpd_server *server, double id)
{
  pending *p = NULL;
  if (id >= 1 && id <= server->last_id)
    p = *find_place(server, id);
  return p != NULL && p->stage == WAITING ? p : NULL;
}

int httpd_respond(httpd_server *server, double id, const httpd_answer *answer,
                  char message[HTTPD_MESSAGE])
{
  pending *p = find_waiting(server, id);
  if (p == NULL) {
    snprintf(message, HTTPD_MESSAGE, "no request %.14g waits for an answer",
             id);
    return -1;
  }
  if (is_gone(p)) {
    snprintf(message, HTTPD_MESSAGE,
             "request %.14g is gone: its client closed the connection", id);
    release_file(p, answer->keep);
    wake(p, GONE);
    return -1;
  }
  p->response = make_response(answer, message);
  if (p->response == NULL)
    return -1;
  p->status = answer->status;
  release_file(p, answer->keep);
  wake(p, ANSWERED);
  return 0;
}

/* The answer of a request that Lua never sees. */
static enum MHD_Result refuse(pending *p)
{
  static const httpd_header headers[] = {{"Content-Type", "text/plain", 12, 10},
                                         {"Connection", "close", 10, 5}};
  char text[128], message[HTTPD_MESSAGE];
  httpd_answer answer = {0, headers, 2, NULL, 0, NULL, 0};
  if (p->refusal == MHD_HTTP_CONTENT_TOO_LARGE)
    snprintf(text, sizeof text, "the body passes the bound of %llu bytes\n",
             (unsigned long long)body_limit(p->server));
  else if (p->refusal == MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE)
    snprintf(text, sizeof text, "the headers pass %d bytes or %d lines\n",
             HTTPD_REQUEST_HEADERS, HTTPD_REQUEST_LINES);
  else
    snprintf(text, sizeof text, "the request could not be stored\n");
  answer.body = text;
  answer.length = strlen(text);
  p->response = make_response(&answer, message);
  p->stage = ANSWERED;
  if (p->response == NULL)
    return MHD_NO;
  return MHD_queue_response(p->connection, p->refusal, p->response);
}

/* ---- what libmicrohttpd calls -------------------------------------------- */

static void clear(pending *p)
{
  httpd_server *server = p->server;
  struct MHD_Connection *connection = p->connection;
  close_spool(p);
  delete_file(p);
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

static void see_connection(void *closure, struct MHD_Connection *connection,
                           void **context,
                           enum MHD_ConnectionNotificationCode code)
{
  pending *p = *context;
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    *context = p = calloc(1, sizeof *p);
    if (p == NULL)
      return;
    p->server = closure;
    p->connection = connection;
    p->spool = -1;
  } else if (p != NULL) {
    clear(p);
    free(p);
  }
}

/* The first that is heard of a request; the target is still as sent. */
static void *see_target(void *closure, const char *target,
                        struct MHD_Connection *connection)
{
  pending *p =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
          ->socket_context;
  (void)closure;
  if (p == NULL)
    return NULL;
  clear(p);
  p->seen.target = p->target = strdup(target != NULL ? target : "");
  return p->target != NULL ? p : NULL;
}

/* Nothing is decoded: the target is the caller's to read. */
static size_t leave_escapes(void *closure, struct MHD_Connection *connection,
                            char *text)
{
  (void)closure, (void)connection;
  return strlen(text);
}

static const char *header_value(const pending *p, const char *name)
{
  const char *value =
      MHD_lookup_connection_value(p->connection, MHD_HEADER_KIND, name);
  return value != NULL ? value : "";
}

/* A body that the client still holds back, or a very long one, is refused
   before it comes; any other is read past first. */
static enum MHD_Result see_headers(pending *p, const char *method)
{
  const char *length = header_value(p, MHD_HTTP_HEADER_CONTENT_LENGTH);
  unsigned long long declared = strtoull(length, NULL, 10);
  p->seen.method = p->method = strdup(method);
  if (p->method == NULL)
    return MHD_NO;
  p->refusal = read_headers(p);
  if (p->refusal == 0 && declared > body_limit(p->server))
    p->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
  if (p->refusal != 0 &&
      (declared > DISCARD || *header_value(p, MHD_HTTP_HEADER_EXPECT) != '\0'))
    return refuse(p);
  return MHD_YES;
}

static enum MHD_Result see_end(pending *p)
{
  close_spool(p);
  if (p->refusal != 0)
    return refuse(p);
  p->seen.file = p->file;
  MHD_suspend_connection(p->connection);
  enqueue(p->server, p);
  return MHD_YES;
}

/* Called with the headers, with each part of the body, at the request's end,
   and when its connection was woken. */
static enum MHD_Result see_request(void *closure,
                                   struct MHD_Connection *connection,
                                   const char *url, const char *method,
                                   const char *version, const char *bytes,
                                   size_t *length, void **context)
{
  const httpd_server *server = closure;
  pending *p = *context;
  size_t count = *length;
  (void)url, (void)version;
  if (p == NULL || p->stage == GONE)
    return MHD_NO;
  if (p->stage == ANSWERED)
    return MHD_queue_response(connection, p->status, p->response);
  if (server->closing)
    return MHD_NO;
  if (p->method == NULL)
    return see_headers(p, method);
  *length = 0;
  return count > 0 ? take_bytes(p, bytes, count) : see_end(p);
}

/* What a request held needn't wait for the connection's next one. */
static void see_completion(void *closure, struct MHD_Connection *connection,
                           void **context, enum MHD_RequestTerminationCode code)
{
  (void)closure, (void)connection, (void)code;
  if (*context != NULL)
    clear(*context);
  *context = NULL;
}

/* ---- the server ---------------------------------------------------------- */

static int read_address(const char *host, struct sockaddr_in *address)
{
  memset(address, 0, sizeof *address);
  address->sin_family = AF_INET;
  return inet_pton(AF_INET, host, &address->sin_addr) == 1 &&
         ntohl(address->sin_addr.s_addr) >> 24 == 127;
}

int httpd_is_loopback(const char *host)
{
  struct sockaddr_in address;
  return read_address(host, &address);
}

/* Past it, clients wait to be accepted. */
static unsigned connection_limit(void)
{
  long descriptors = sysconf(_SC_OPEN_MAX);
  if (descriptors < 0 || descriptors - SPARE_DESCRIPTORS > CONNECTIONS)
    return CONNECTIONS;
  if (descriptors <= 2 * SPARE_DESCRIPTORS)
    return SPARE_DESCRIPTORS;
  return (unsigned)(descriptors - SPARE_DESCRIPTORS);
}

/* Strict, since the clients are to be tested here: a request without Host or
   with a space in its target is refused. */
static struct MHD_Daemon *start_daemon(httpd_server *server,
                                       const struct sockaddr_in *address)
{
  return MHD_start_daemon(
      MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, ntohs(address->sin_port), NULL,
      NULL, see_request, server, MHD_OPTION_SOCK_ADDR,
      (const struct sockaddr *)address, MHD_OPTION_URI_LOG_CALLBACK, see_target,
      server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, see_completion, NULL,
      MHD_OPTION_NOTIFY_CONNECTION, see_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static void free_server(httpd_server *server)
{
  free(server->spool);
  free(server);
}

static httpd_server *make_server(const httpd_settings *settings)
{
  httpd_server *server = calloc(1, sizeof *server);
  if (server == NULL)
    return NULL;
  server->max_body = settings->max_body;
  server->max_file = settings->max_file;
  if (settings->spool != NULL) {
    server->spool = strdup(settings->spool);
    if (server->spool == NULL) {
      free(server);
      return NULL;
    }
  }
  return server;
}

/* NULL when the settings can be served. */
static const char *settings_fault(const httpd_settings *settings,
                                  struct sockaddr_in *address)
{
  if (!read_address(settings->host, address))
    return "not a loopback address";
  address->sin_port = htons(settings->port);
  if (settings->spool != NULL && access(settings->spool, W_OK | X_OK) != 0)
    return "the spool folder cannot be written to";
  return NULL;
}

httpd_server *httpd_listen(const httpd_settings *settings,
                           char message[HTTPD_MESSAGE])
{
  struct sockaddr_in address;
  const char *fault = settings_fault(settings, &address);
  httpd_server *server = fault == NULL ? make_server(settings) : NULL;
  if (server != NULL) {
    errno = 0;
    server->daemon = start_daemon(server, &address);
    if (server->daemon != NULL)
      return server;
    fault = errno != 0 ? strerror(errno) : "the server did not start";
    free_server(server);
  }
  snprintf(message, HTTPD_MESSAGE, "cannot listen on %s:%u: %s", settings->host,
           (unsigned)settings->port,
           fault != NULL ? fault : "not enough memory");
  return NULL;
}

uint16_t httpd_port(const httpd_server *server)
{
  return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

static unsigned connection_count(const httpd_server *server)
{
  return MHD_get_daemon_info(server->daemon,
                             MHD_DAEMON_INFO_CURRENT_CONNECTIONS)
      ->num_connections;
}

/* Two things libmicrohttpd does only when it runs again, though neither its
   time-out nor its descriptor says so: it goes on with a connection that was
   woken, and it listens again when connections fell below the limit. */
static int run(httpd_server *server)
{
  unsigned before = connection_count(server);
  if (MHD_run(server->daemon) != MHD_YES)
    return EIO;
  server->eager = connection_count(server) < before;
  return 0;
}

/* Milliseconds, rounded up so as not to spin before the end. */
static int wait_time(httpd_server *server, double seconds)
{
  MHD_UNSIGNED_LONG_LONG most;
  int time = 0;
  if (server->eager || server->first != NULL)
    return 0;
  if (seconds > LONGEST_WAIT)
    seconds = LONGEST_WAIT;
  if (seconds > 0)
    time = (int)(seconds * 1000 + 0.999);
  if (MHD_get_timeout(server->daemon, &most) == MHD_YES &&
      most < (unsigned)time)
    time = (int)most;
  return time;
}

int httpd_poll(httpd_server *server, double seconds)
{
  double end = clock_monotonic() + (seconds > 0 ? seconds : 0);
  double left = seconds;
  struct pollfd watched;
  int failure;
  watched.fd =
      MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  watched.events = POLLIN;
  do {
    if (poll(&watched, 1, wait_time(server, left)) < 0)
      return errno == EINTR ? 0 : errno;
    failure = run(server);
    if (failure != 0)
      return failure;
    left = end - clock_monotonic();
  } while (server->first == NULL && left > 0);
  return 0;
}

/* libmicrohttpd must not be stopped while a connection sleeps. */
static void wake_all(httpd_server *server)
{
  size_t i;
  for (i = 0; i < BUCKETS; i++)
    while (server->buckets[i] != NULL)
      wake(server->buckets[i], GONE);
}

void httpd_close(httpd_server *server)
{
  MHD_UNSIGNED_LONG_LONG wait;
  int i;
  server->closing = 1;
  server->first = server->last = NULL;
  wake_all(server);
  for (i = 0; i < LAST_ROUNDS; i++) {
    MHD_run(server->daemon);
    if (MHD_get_timeout(server->daemon, &wait) == MHD_NO || wait > 0)
      break;
  }
  MHD_stop_daemon(server->daemon);
  free_server(server);
}
