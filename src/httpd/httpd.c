/* httpd.c - a polled HTTP server on loopback, on libmicrohttpd */
/* SPDX-License-Identifier: MIT */
#include "httpd/httpd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "httpd/answer.h"
#include "httpd/pending.h"
#include "httpd/watch.h"

enum {
  IDLE = 120,               /* seconds until an idle connection is closed */
  CONNECTIONS = 8192,       /* at most */
  SPARE_DESCRIPTORS = 64,   /* descriptors that are left to the host */
  LAST_ROUNDS = 16,         /* of work when the server closes */
  LONGEST_WAIT = 3600 * 24, /* seconds; longer waits take several */
  BUCKETS = 1024            /* of the table of requests by id */
};

struct httpd_server {
  struct MHD_Daemon *daemon;
  pid_t owner;             /* the process that made it */
  httpd_settings settings; /* `spool` is a copy of our own; `host` is unset */
  unsigned most;           /* connections */
  double last_id;          /* of the last request that was queued */
  int closing;             /* httpd_close has begun */
  int eager;               /* libmicrohttpd has work that no descriptor shows */
  pending *first, *last;   /* the queue; NULL: empty */
  pending *buckets[BUCKETS]; /* queued and waiting requests, by id */
};

/* ---- requests by id ------------------------------------------------------ */

static pending **find_place(httpd_server *server, double id)
{
  pending **place = &server->buckets[(uint64_t)id % BUCKETS];
  while (*place != NULL && (*place)->request.id != id)
    place = &(*place)->chain;
  return place;
}

static void enqueue(httpd_server *server, pending *p)
{
  p->stage = PENDING_QUEUED;
  p->request.id = ++server->last_id;
  *find_place(server, p->request.id) = p;
  if (server->last != NULL)
    server->last->next = p;
  else
    server->first = p;
  server->last = p;
}

const httpd_request *httpd_next(const httpd_server *server,
                                const httpd_request *previous)
{
  const pending *p = (const pending *)previous;
  p = p == NULL ? server->first : p->next;
  return p == NULL ? NULL : &p->request;
}

void httpd_take(httpd_server *server)
{
  pending *p = server->first;
  while (p != NULL) {
    pending *next = p->next;
    p->next = NULL;
    p->stage = PENDING_WAITING;
    if (!p->request.is_partial)
      pending_free_body(p);
    p = next;
  }
  server->first = server->last = NULL;
}

/* ---- answers ------------------------------------------------------------- */

/* Removes a request from the table and resumes its connection. */
static void wake(pending *p, pending_stage next)
{
  *find_place(p->server, p->request.id) = p->chain;
  p->chain = NULL;
  p->stage = next;
  p->server->eager = 1;
  MHD_resume_connection(p->connection);
}

/* libmicrohttpd doesn't poll a suspended connection. A client that only
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
  if (keep)
    pending_keep_file(p);
  else
    pending_delete_file(p);
}

/* The request that waits for an answer; NULL, and a message, when none does. */
static pending *find_waiting(httpd_server *server, double id, char *message)
{
  pending *p = NULL;
  if (id >= 1 && id <= server->last_id)
    p = *find_place(server, id);
  if (p != NULL && p->stage == PENDING_WAITING)
    return p;
  snprintf(message, HTTPD_MESSAGE, "no request %.14g waits for an answer", id);
  return NULL;
}

int httpd_drop(httpd_server *server, double id, char message[HTTPD_MESSAGE])
{
  pending *p = find_waiting(server, id, message);
  if (p == NULL)
    return -1;
  release_file(p, 0);
  wake(p, PENDING_DROPPED);
  return 0;
}

int httpd_admit(httpd_server *server, double id, char message[HTTPD_MESSAGE])
{
  pending *p = find_waiting(server, id, message);
  if (p == NULL)
    return -1;
  p->is_admitted = 1;
  wake(p, PENDING_RECEIVING);
  return 0;
}

int httpd_respond(httpd_server *server, double id, const httpd_answer *answer,
                  char message[HTTPD_MESSAGE])
{
  pending *p = find_waiting(server, id, message);
  if (p == NULL)
    return -1;
  if (is_gone(p)) {
    snprintf(message, HTTPD_MESSAGE,
             "request %.14g is gone: its client closed the connection", id);
    release_file(p, answer->keep);
    wake(p, PENDING_DROPPED);
    return -1;
  }
  p->response = answer_make(answer, message);
  if (p->response == NULL)
    return -1;
  p->status = answer->status;
  release_file(p, answer->keep);
  wake(p, PENDING_ANSWERED);
  return 0;
}

/* The server's own answer to a request that is not queued. */
static enum MHD_Result refuse(pending *p)
{
  static const httpd_header headers[] = {{"Content-Type", "text/plain", 12, 10},
                                         {"Connection", "close", 10, 5}};
  char text[128], message[HTTPD_MESSAGE];
  httpd_answer answer = {0, headers, 2, NULL, 0, NULL, 0};
  if (p->refusal == MHD_HTTP_CONTENT_TOO_LARGE)
    snprintf(text, sizeof text, "the body passes the bound of %llu bytes\n",
             (unsigned long long)pending_limit(p->settings));
  else if (p->refusal == MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE)
    snprintf(text, sizeof text, "the headers pass %d bytes or %d lines\n",
             HTTPD_REQUEST_HEADERS, HTTPD_REQUEST_LINES);
  else if (p->refusal == MHD_HTTP_BAD_REQUEST)
    snprintf(text, sizeof text, "the body's length is given twice\n");
  else
    snprintf(text, sizeof text, "the request could not be stored\n");
  answer.body = text;
  answer.length = strlen(text);
  p->response = answer_make(&answer, message);
  p->stage = PENDING_ANSWERED;
  if (p->response == NULL)
    return MHD_NO;
  return MHD_queue_response(p->connection, p->refusal, p->response);
}

/* ---- callbacks of libmicrohttpd ------------------------------------------ */

static void on_connection(void *closure, struct MHD_Connection *connection,
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
    pending_init(p, &p->server->settings);
  } else if (p != NULL) {
    pending_clear(p);
    free(p);
  }
}

/* Called first for each request, with the target as it was sent. */
static void *on_target(void *closure, const char *target,
                       struct MHD_Connection *connection)
{
  pending *p =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
          ->socket_context;
  (void)closure;
  if (p == NULL)
    return NULL;
  pending_clear(p);
  p->request.target = p->target = strdup(target != NULL ? target : "");
  return p->target != NULL ? p : NULL;
}

/* Decodes nothing: the target is given to the caller as it was sent. */
static size_t on_unescape(void *closure, struct MHD_Connection *connection,
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

/* A body that the client still holds back, a very long one, or one whose end
   is not clear, is refused before it comes; any other is read past first. */
static enum MHD_Result on_headers(pending *p, const char *method)
{
  const char *length = header_value(p, MHD_HTTP_HEADER_CONTENT_LENGTH);
  unsigned long long declared = strtoull(length, NULL, 10);
  p->request.method = p->method = strdup(method);
  if (p->method == NULL)
    return MHD_NO;
  p->refusal = pending_read_headers(p);
  if (p->refusal == 0 && declared > pending_limit(p->settings))
    p->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
  if (p->refusal != 0 &&
      (p->refusal == MHD_HTTP_BAD_REQUEST || declared > PENDING_DISCARD ||
       *header_value(p, MHD_HTTP_HEADER_EXPECT) != '\0'))
    return refuse(p);
  return MHD_YES;
}

static enum MHD_Result hand_over(pending *p, int is_partial)
{
  p->request.is_partial = is_partial;
  MHD_suspend_connection(p->connection);
  enqueue(p->server, p);
  return MHD_YES;
}

static enum MHD_Result on_end(pending *p)
{
  pending_close_spool(p);
  if (p->refusal != 0)
    return refuse(p);
  p->request.file = p->file;
  return hand_over(p, 0);
}

/* The rest of the body is not taken before the caller has decided. */
static enum MHD_Result on_bytes(pending *p, const char *bytes, size_t *length)
{
  size_t count = *length;
  if (pending_must_ask(p, count))
    return hand_over(p, 1);
  *length = 0;
  return pending_take_bytes(p, bytes, count);
}

/* What is left of the body of a partial request is read past before the answer
   is sent, as that of a refused one. */
static enum MHD_Result on_answered(pending *p, size_t *length)
{
  if (*length == 0)
    return MHD_queue_response(p->connection, p->status, p->response);
  p->received += *length;
  *length = 0;
  return p->received > PENDING_DISCARD ? MHD_NO : MHD_YES;
}

/* Called with the headers, with each part of the body, at the request's end,
   and when its connection was woken. */
static enum MHD_Result on_request(void *closure,
                                  struct MHD_Connection *connection,
                                  const char *url, const char *method,
                                  const char *version, const char *bytes,
                                  size_t *length, void **context)
{
  const httpd_server *server = closure;
  pending *p = *context;
  (void)url, (void)version, (void)connection;
  if (p == NULL || p->stage == PENDING_DROPPED)
    return MHD_NO;
  if (p->stage == PENDING_ANSWERED)
    return on_answered(p, length);
  if (server->closing)
    return MHD_NO;
  if (p->method == NULL)
    return on_headers(p, method);
  return *length > 0 ? on_bytes(p, bytes, length) : on_end(p);
}

/* Frees what a request holds before the connection's next one. */
static void on_completion(void *closure, struct MHD_Connection *connection,
                          void **context, enum MHD_RequestTerminationCode code)
{
  (void)closure, (void)connection, (void)code;
  if (*context != NULL)
    pending_clear(*context);
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

/* More clients than that wait to be accepted. */
static unsigned connection_limit(void)
{
  long descriptors = sysconf(_SC_OPEN_MAX);
  int most = watch_limit();
  if (most > 0 && (descriptors < 0 || descriptors > most))
    descriptors = most;
  if (descriptors < 0 || descriptors - SPARE_DESCRIPTORS > CONNECTIONS)
    return CONNECTIONS;
  if (descriptors - SPARE_DESCRIPTORS <= SPARE_DESCRIPTORS)
    return SPARE_DESCRIPTORS;
  return (unsigned)(descriptors - SPARE_DESCRIPTORS);
}

/* A socket of our own, so that errno tells why it can't listen; -1: it can't.
   A port whose server was closed can be taken again at once. */
static int open_listener(const struct sockaddr_in *address)
{
  int reuse = 1, problem;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return -1;
  if (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
      setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) == 0 &&
      bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 &&
      listen(fd, SOMAXCONN) == 0)
    return fd;
  problem = errno;
  close(fd);
  errno = problem;
  return -1;
}

/* Strict, since the clients are to be tested here: refused are a request
   without Host, a space in its target, a folded header, a bare line feed, and
   a chunked body with a Content-Length. RFC 9112 allows a server to refuse
   all of them. It is MHD_OPTION_CLIENT_DISCIPLINE_LVL 1 of libmicrohttpd 1.0,
   which at any level takes the line feed after a chunk extension for a byte of
   the chunk, and then refuses the body as malformed. */
static struct MHD_Daemon *start_daemon(httpd_server *server, int listener)
{
  server->most = connection_limit();
  return MHD_start_daemon(
      watch_flag() | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request,
      server, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_URI_LOG_CALLBACK,
      on_target, server, MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, on_completion, NULL,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, server->most, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned)IDLE, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

/* Returns what is wrong, or NULL. The listener belongs to libmicrohttpd, which
   closes it when it does not start, too. */
static const char *start(httpd_server *server,
                         const struct sockaddr_in *address)
{
  int listener = open_listener(address);
  if (listener < 0)
    return strerror(errno);
  errno = 0;
  server->daemon = start_daemon(server, listener);
  if (server->daemon != NULL)
    return NULL;
  return errno != 0 ? strerror(errno) : "the server did not start";
}

static void free_server(httpd_server *server)
{
  free((char *)(uintptr_t)server->settings.spool);
  free(server);
}

static httpd_server *make_server(const httpd_settings *settings)
{
  httpd_server *server = calloc(1, sizeof *server);
  if (server == NULL)
    return NULL;
  server->owner = getpid();
  server->settings = *settings;
  server->settings.host = NULL;
  if (settings->spool != NULL) {
    server->settings.spool = strdup(settings->spool);
    if (server->settings.spool == NULL) {
      free(server);
      return NULL;
    }
  }
  return server;
}

/* What is wrong with the settings, or NULL. */
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
    fault = start(server, &address);
    if (fault == NULL)
      return server;
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

/* Milliseconds, rounded up so that the last wait is not repeated. */
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

/* Two things libmicrohttpd does only when it runs again, though neither its
   time-out nor its descriptor says so: it goes on with a connection that was
   woken, and it listens again when connections fell below the limit. */
static int run(httpd_server *server, int milliseconds)
{
  unsigned before = watch_connections(server->daemon);
  int failure = watch_run(server->daemon, milliseconds, server->most);
  if (failure == 0)
    server->eager = watch_connections(server->daemon) < before;
  return failure;
}

int httpd_poll(httpd_server *server, double seconds)
{
  double end = clock_monotonic() + (seconds > 0 ? seconds : 0);
  double left = seconds;
  int failure;
  if (server->owner != getpid())
    return EPERM;
  do {
    failure = run(server, wait_time(server, left));
    if (failure != 0)
      return failure == EINTR ? 0 : failure;
    left = end - clock_monotonic();
  } while (server->first == NULL && left > 0);
  return 0;
}

/* libmicrohttpd must not be stopped while a connection is suspended. */
static void wake_all(httpd_server *server)
{
  size_t i;
  for (i = 0; i < BUCKETS; i++)
    while (server->buckets[i] != NULL)
      wake(server->buckets[i], PENDING_DROPPED);
}

/* A fork shares its connections and files with the process that made it, and
   leaves all of them alone. */
void httpd_close(httpd_server *server)
{
  int i;
  if (server->owner != getpid())
    return;
  server->closing = 1;
  server->first = server->last = NULL;
  wake_all(server);
  for (i = 0; i < LAST_ROUNDS; i++)
    MHD_run(server->daemon);
  MHD_stop_daemon(server->daemon);
  free_server(server);
}
