/* http_units.c - units of http.c, transfer.c and options.c */
/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/head.h"
#include "http/transfer.h"
#include "peer.h"
#include "unit.h"

/* Nothing here takes this long; it is where a unit fails instead of hanging. */
#define PATIENCE 20.0

#define OK_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

static http_client *client;
static peer server;

static int open_client(void **state)
{
  (void)state;
  client = http_client_new();
  return client != NULL ? 0 : -1;
}

static int close_client(void **state)
{
  (void)state;
  peer_stop(&server); /* first: its thread may know the client */
  http_client_free(client);
  client = NULL;
  return 0;
}

/* ---- helpers ---------------------------------------------------------------
 */

static void serve_bytes(const char *answer, size_t length)
{
  server.answer = answer;
  server.answer_length = length;
  peer_start(&server);
}

static void serve(const char *answer)
{
  serve_bytes(answer, strlen(answer));
}

static http_transfer *make_to(int port, const char *method, const char *path)
{
  http_transfer *t = http_transfer_new(client);
  char url[256];
  assert_non_null(t);
  snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
  assert_int_equal(transfer_set_url(t, url), 0);
  assert_int_equal(transfer_set_method(t, method), 0);
  transfer_set_timeouts(t, PATIENCE, PATIENCE, PATIENCE);
  transfer_set_bounds(t, 1048576, 262144);
  return t;
}

static http_transfer *make(const char *method, const char *path)
{
  return make_to(server.port, method, path);
}

static http_transfer *next_finished(void)
{
  double end = clock_monotonic() + PATIENCE;
  http_transfer *t;
  while ((t = http_finished(client)) == NULL) {
    if (clock_monotonic() > end)
      fail_msg("no transfer finished within %g seconds", PATIENCE);
    http_wait(client, PATIENCE);
  }
  return t;
}

static void run(http_transfer *t)
{
  http_start(t);
  assert_ptr_equal(next_finished(), t);
  assert_true(transfer_is_finished(t));
  assert_false(transfer_is_running(t));
  assert_null(http_finished(client));
}

static http_transfer *get(const char *path)
{
  http_transfer *t = make("GET", path);
  run(t);
  return t;
}

/* Drives the client until the peer has read so many requests. */
static void await_requests(size_t count)
{
  double end = clock_monotonic() + PATIENCE;
  while (peer_read(&server, &server.requests) < count) {
    if (clock_monotonic() > end)
      fail_msg("the requests did not come within %g seconds", PATIENCE);
    http_wait(client, 0.01);
  }
}

static void assert_body(const http_transfer *t, const char *bytes,
                        size_t expected)
{
  size_t length;
  const char *body = transfer_body(t, &length);
  assert_int_equal(length, expected);
  assert_memory_equal(body, bytes, expected);
}

static void assert_answer(const http_transfer *t, long status, const char *body)
{
  if (transfer_fault_of(t) != HTTP_NONE)
    fail_msg("%s", transfer_message(t));
  assert_string_equal(transfer_message(t), "");
  assert_int_equal(transfer_status(t), status);
  assert_body(t, body, strlen(body));
}

/* Frees it, too. */
static void assert_fault(http_transfer *t, http_fault fault, const char *words)
{
  if (transfer_fault_of(t) != fault)
    fail_msg("fault %d: %s", (int)transfer_fault_of(t), transfer_message(t));
  if (strstr(transfer_message(t), words) == NULL)
    fail_msg("'%s' does not say '%s'", transfer_message(t), words);
  assert_null(strchr(transfer_message(t), '\n'));
  http_transfer_free(t);
}

static const char *last_request(void)
{
  return server.last.bytes != NULL ? server.last.bytes : "";
}

/* The line is a whole one of the last request's head. */
static int was_sent(const char *line)
{
  const char *head = last_request(), *end = strstr(head, "\r\n\r\n");
  const char *at = strstr(head, line);
  return at != NULL && end != NULL && at <= end &&
         strncmp(at + strlen(line), "\r\n", 2) == 0 &&
         (at == head || at[-1] == '\n');
}

static const char *body_sent(size_t *length)
{
  const char *head = last_request(), *end = strstr(head, "\r\n\r\n");
  assert_non_null(end);
  *length = server.last.length - (size_t)(end + 4 - head);
  return end + 4;
}

/* ---- requests --------------------------------------------------------------
 */

static void sends_a_get(void **state)
{
  http_facts facts;
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = get("/hello?x=1");
  assert_answer(t, 200, "hi");
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.http_version, 11);
  assert_int_equal(facts.reused, 0);
  assert_int_equal(facts.uploaded, 0);
  assert_int_equal(facts.request_bytes, strlen(last_request()));
  assert_true(facts.local_port > 0);
  assert_true(facts.lookup > 0 && facts.lookup <= facts.connect);
  assert_true(facts.connect > 0 && facts.connect <= facts.first_byte);
  assert_true(facts.first_byte <= facts.seconds && facts.seconds < PATIENCE);
  http_transfer_free(t);
  assert_true(was_sent("GET /hello?x=1 HTTP/1.1"));
  assert_null(strstr(last_request(), "Content-"));
  assert_null(strstr(last_request(), "User-Agent"));
}

static void gets_when_no_method_is_set(void **state)
{
  http_transfer *t;
  char url[64];
  (void)state;
  serve(OK_ANSWER);
  t = http_transfer_new(client);
  snprintf(url, sizeof url, "http://localhost:%d", server.port);
  assert_int_equal(transfer_set_url(t, url), 0);
  transfer_set_bounds(t, 100, 1000);
  run(t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_true(was_sent("GET / HTTP/1.1"));
}

/* libcurl 8 takes %2e for a dot, and would send /c. Its newest versions write
   hexadecimal digits in upper case, as every path that is built here has. */
static void sends_the_path_as_it_is(void **state)
{
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = get("/a/%2E%2E/%2E/b/..%2Fc");
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_true(was_sent("GET /a/%2E%2E/%2E/b/..%2Fc HTTP/1.1"));
}

/* A server that waits for the length of what does not come would hang. */
static void says_that_a_body_is_empty(void **state)
{
  static const char *const methods[] = {"POST", "PUT", "PATCH"};
  size_t i;
  (void)state;
  serve(OK_ANSWER);
  for (i = 0; i < COUNT(methods); i++) {
    char line[64];
    http_transfer *t = make(methods[i], "/x");
    run(t);
    assert_answer(t, 200, "hi");
    http_transfer_free(t);
    snprintf(line, sizeof line, "%s /x HTTP/1.1", methods[i]);
    assert_true(was_sent(line));
    assert_true(was_sent("Content-Length: 0"));
    assert_null(strstr(last_request(), "Content-Type"));
    assert_null(strstr(last_request(), "Expect"));
  }
}

static void sends_no_length_without_a_body(void **state)
{
  static const char *const methods[] = {"DELETE", "OPTIONS"};
  size_t i;
  (void)state;
  serve(OK_ANSWER);
  for (i = 0; i < COUNT(methods); i++) {
    http_transfer *t = make(methods[i], "/x");
    run(t);
    assert_answer(t, 200, "hi");
    http_transfer_free(t);
    assert_memory_equal(last_request(), methods[i], strlen(methods[i]));
    assert_null(strstr(last_request(), "Content-"));
  }
}

static void send_body(const char *method)
{
  size_t length;
  http_facts facts;
  const char *body;
  http_transfer *t = make(method, "/x");
  assert_int_equal(transfer_set_body(t, LITERAL("a\0\r\n\xff")), 0);
  run(t);
  assert_answer(t, 200, "hi");
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.uploaded, 5);
  http_transfer_free(t);
  assert_memory_equal(last_request(), method, strlen(method));
  assert_true(was_sent("Content-Length: 5"));
  body = body_sent(&length);
  assert_int_equal(length, 5);
  assert_memory_equal(body, "a\0\r\n\xff", 5);
}

static void sends_bodies_of_any_bytes(void **state)
{
  (void)state;
  serve(OK_ANSWER);
  send_body("POST");
  send_body("PUT");
  send_body("PATCH");
  send_body("DELETE");
  send_body("GET");
}

/* Over 1 MB libcurl would ask with "Expect: 100-continue" and wait. */
static void sends_large_bodies_at_once(void **state)
{
  enum { SIZE = 3000000 };
  char *bytes = malloc(SIZE);
  const char *body;
  size_t length;
  http_transfer *t;
  (void)state;
  assert_non_null(bytes);
  memset(bytes, 'b', SIZE);
  serve(OK_ANSWER);
  t = make("POST", "/x");
  assert_int_equal(transfer_set_body(t, bytes, SIZE), 0);
  run(t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_null(strstr(last_request(), "Expect"));
  body = body_sent(&length);
  assert_int_equal(length, SIZE);
  assert_memory_equal(body, bytes, SIZE);
  free(bytes);
}

static void heads(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  t = make("HEAD", "/x");
  run(t);
  assert_answer(t, 200, "");
  http_transfer_free(t);
  assert_true(was_sent("HEAD /x HTTP/1.1"));
}

static void add_header(http_transfer *t, const char *name, const char *value)
{
  assert_int_equal(transfer_add_header(t, name, value, strlen(value)), 0);
}

static void sends_headers(void **state)
{
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = make("POST", "/x");
  add_header(t, "X-Auth-Token", "secret: \xc3\xa9;");
  add_header(t, "X-Empty", "");
  add_header(t, "content-type", "application/json");
  add_header(t, "Accept", "text/xml");
  add_header(t, "User-Agent", "agent/1");
  run(t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_true(was_sent("X-Auth-Token: secret: \xc3\xa9;"));
  assert_true(was_sent("X-Empty:"));
  assert_true(was_sent("content-type: application/json"));
  assert_true(was_sent("Accept: text/xml"));
  assert_true(was_sent("User-Agent: agent/1"));
  assert_null(strstr(last_request(), "Content-Type"));
  assert_null(strstr(last_request(), "*/*"));
}

/* ---- answers ---------------------------------------------------------------
 */

static void reads_headers(void **state)
{
  static const char *const expected[] = {"X-One", "1", "x-two",          "b, c",
                                         "X-One", "",  "Content-Length", "0"};
  const char *at;
  head_line line;
  http_transfer *t;
  size_t i, length;
  (void)state;
  serve("HTTP/1.1 404 Not Found\r\nX-One: 1\r\nx-two:   b, c  \r\nX-One:\r\n"
        "Content-Length: 0\r\n\r\n");
  t = get("/x");
  assert_answer(t, 404, "");
  at = transfer_head(t, &length);
  for (i = 0; i < COUNT(expected); i += 2) {
    assert_true(head_next(&at, strchr(at, '\0'), &line));
    assert_int_equal(line.name_length, strlen(expected[i]));
    assert_memory_equal(line.name, expected[i], line.name_length);
    assert_int_equal(line.value_length, strlen(expected[i + 1]));
    assert_memory_equal(line.value, expected[i + 1], line.value_length);
  }
  assert_false(head_next(&at, strchr(at, '\0'), &line));
  http_transfer_free(t);
}

static void reads_bodies_that_end_with_the_connection(void **state)
{
  http_transfer *t;
  (void)state;
  server.closes = 1;
  serve("HTTP/1.0 200 OK\r\n\r\na\r\n\r\nb");
  t = get("/x");
  assert_answer(t, 200, "a\r\n\r\nb");
  http_transfer_free(t);
}

static void reads_chunked_bodies(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n");
  t = get("/x");
  assert_answer(t, 200, "abcde");
  http_transfer_free(t);
}

static void reads_trailers(void **state)
{
  http_transfer *t;
  size_t length;
  (void)state;
  serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
        "2\r\nab\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n");
  t = get("/x");
  assert_answer(t, 200, "ab");
  assert_string_equal(transfer_head(t, &length),
                      "Transfer-Encoding: chunked\r\nTrailer: X-T\r\n");
  http_transfer_free(t);
}

static void reads_past_interim_answers(void **state)
{
  http_transfer *t;
  size_t length;
  (void)state;
  serve("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
        "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx");
  t = get("/x");
  assert_answer(t, 201, "x");
  assert_string_equal(transfer_head(t, &length), "Content-Length: 1\r\n");
  http_transfer_free(t);
}

static void follows_no_redirect(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 4\r\n\r\n"
        "gone");
  t = get("/x");
  assert_answer(t, 302, "gone");
  http_transfer_free(t);
  assert_int_equal(peer_read(&server, &server.requests), 1);
}

/* head -c 1000 /dev/zero | gzip -n9 */
static const unsigned char zeros[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03,
    0x63, 0x60, 0x18, 0x05, 0xa3, 0x60, 0x14, 0x0c, 0x77, 0x00,
    0x00, 0x80, 0x17, 0x0b, 0x06, 0xe8, 0x03, 0x00, 0x00};

static void serve_zeros(char answer[200])
{
  int head = snprintf(answer, 200,
                      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                      "Content-Length: %zu\r\n\r\n",
                      sizeof zeros);
  memcpy(answer + head, zeros, sizeof zeros);
  serve_bytes(answer, (size_t)head + sizeof zeros);
}

static void unpacks_bodies(void **state)
{
  static const char expected[1000];
  char answer[200];
  http_transfer *t;
  (void)state;
  serve_zeros(answer);
  t = get("/x");
  assert_int_equal(transfer_fault_of(t), HTTP_NONE);
  assert_body(t, expected, sizeof expected);
  http_transfer_free(t);
  assert_non_null(strstr(last_request(), "gzip"));
}

/* ---- bounds ----------------------------------------------------------------
 */

static void bounds_bodies(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world");
  t = make("GET", "/x");
  transfer_set_bounds(t, 11, 1000);
  run(t);
  assert_answer(t, 200, "hello world");
  http_transfer_free(t);
  t = make("GET", "/x");
  transfer_set_bounds(t, 10, 1000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "body passes the bound of 10 bytes");
  t = make("GET", "/x");
  transfer_set_bounds(t, 0, 1000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "body passes the bound of 0 bytes");
}

static void bounds_bodies_as_unpacked(void **state)
{
  char answer[200];
  http_transfer *t;
  (void)state;
  serve_zeros(answer);
  t = make("GET", "/x");
  transfer_set_bounds(t, 999, 1000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "body passes the bound of 999 bytes");
}

static void bounds_bodies_without_an_end(void **state)
{
  enum { SIZE = 1000000 };
  static char answer[SIZE];
  static const char head[] = "HTTP/1.1 200 OK\r\n\r\n";
  http_transfer *t;
  (void)state;
  memset(answer, 'x', sizeof answer);
  memcpy(answer, head, sizeof head - 1);
  serve_bytes(answer, sizeof answer);
  t = make("GET", "/x");
  transfer_set_bounds(t, SIZE / 2, 1000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "body passes the bound of 500000 bytes");
}

/* 17 + 20 + 2 bytes of head. */
static void bounds_heads(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 200 OK\r\n"
        "Content-Length: 0 \r\n"
        "\r\n");
  t = make("GET", "/x");
  transfer_set_bounds(t, 1000, 39);
  run(t);
  assert_answer(t, 200, "");
  http_transfer_free(t);
  t = make("GET", "/x");
  transfer_set_bounds(t, 1000, 38);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "head passes the bound of 38 bytes");
}

/* Interim answers have heads too, and need not come to an end. */
static void bounds_the_heads_of_interim_answers(void **state)
{
  static char answer[100000];
  http_transfer *t;
  size_t length = 0;
  (void)state;
  while (length < sizeof answer - 1100)
    length +=
        (size_t)snprintf(answer + length, sizeof answer - length,
                         "HTTP/1.1 103 Early Hints\r\nX: %999d\r\n\r\n", 1);
  serve_bytes(answer, length);
  t = make("GET", "/x");
  transfer_set_bounds(t, 1000, 50000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "head passes the bound of 50000 bytes");
}

static size_t lines_of(char *answer, size_t lines)
{
  size_t i, length = 0;
  length += (size_t)sprintf(answer, "HTTP/1.1 200 OK\r\n");
  for (i = 0; i < lines - 3; i++)
    length += (size_t)sprintf(answer + length, "a:b\r\n");
  return length + (size_t)sprintf(answer + length, "Content-Length: 0\r\n\r\n");
}

static void assert_lines(size_t lines, http_fault fault, const char *words)
{
  static char answer[10000];
  http_transfer *t;
  serve_bytes(answer, lines_of(answer, lines));
  t = make("GET", "/x");
  run(t);
  assert_fault(t, fault, words);
  peer_stop(&server);
}

static void bounds_the_lines_of_a_head(void **state)
{
  (void)state;
  assert_lines(1000, HTTP_NONE, "");
  assert_lines(1001, HTTP_PROTOCOL, "head passes the bound of 1000 lines");
}

/* libcurl has a bound of its own for one line. */
static void bounds_a_line_of_the_head(void **state)
{
  static char answer[200001];
  http_transfer *t;
  (void)state;
  snprintf(answer, sizeof answer,
           "HTTP/1.1 200 OK\r\nX-Long: %0199000d\r\n\r\n", 1);
  serve(answer);
  t = make("GET", "/x");
  transfer_set_bounds(t, 1000, 1000000);
  run(t);
  assert_fault(t, HTTP_PROTOCOL, "line");
}

/* ---- broken answers --------------------------------------------------------
 */

static void assert_breaks(const char *answer, http_fault fault,
                          const char *words)
{
  http_transfer *t;
  server.closes = 1;
  serve(answer);
  t = make("GET", "/x");
  transfer_set_fresh(t, 1);
  run(t);
  assert_fault(t, fault, words);
  peer_stop(&server);
}

static void reports_an_answer_that_ends_too_soon(void **state)
{
  (void)state;
  assert_breaks("", HTTP_NETWORK, "Empty reply");
  assert_breaks("HTTP/1.1 200 OK\r\nContent-Le", HTTP_NETWORK, "head");
  assert_breaks("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", HTTP_NETWORK,
                "head");
  assert_breaks("HTTP/1.1 200 OK\r\n", HTTP_NETWORK, "head");
  assert_breaks("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nX: ",
                HTTP_NETWORK, "head");
  assert_breaks("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", HTTP_NETWORK,
                "6 bytes ");
  assert_breaks("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "9\r\nabc",
                HTTP_NETWORK, "");
  assert_breaks("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "3\r\nabc\r\n",
                HTTP_NETWORK, "");
}

static void reports_an_interim_answer_alone(void **state)
{
  (void)state;
  assert_breaks("HTTP/1.1 100 Continue\r\n\r\n", HTTP_NETWORK, "");
  assert_breaks("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n", HTTP_NETWORK, "");
}

static void reports_what_is_not_http(void **state)
{
  (void)state;
  assert_breaks("220 mail.example.com ESMTP\r\n", HTTP_PROTOCOL, "HTTP/0.9");
  assert_breaks("<html></html>", HTTP_PROTOCOL, "HTTP/0.9");
  assert_breaks("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                "Content-Length: 3\r\n\r\nabc",
                HTTP_PROTOCOL, "");
  assert_breaks("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc",
                HTTP_PROTOCOL, "Content-Length");
}

static void reports_a_status_that_is_none(void **state)
{
  static const char *const statuses[] = {"000", "099", "600", "999", "99999"};
  char answer[64];
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(statuses); i++) {
    snprintf(answer, sizeof answer,
             "HTTP/1.1 %s Odd\r\nContent-Length: 0\r\n\r\n", statuses[i]);
    assert_breaks(answer, HTTP_PROTOCOL, "");
  }
}

/* A reset leaves an errno on the handle, which the next transfer takes. */
static void reports_malformed_chunks(void **state)
{
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
  static char trailer[200001];
  (void)state;
  server.resets = 1;
  assert_breaks(CHUNKED "9\r\nabc", HTTP_NETWORK, "");
  assert_breaks(CHUNKED "zz\r\n{}\r\n0\r\n\r\n", HTTP_PROTOCOL, "malformed");
  assert_breaks(CHUNKED "\r\n", HTTP_PROTOCOL, "malformed");
  assert_breaks(CHUNKED "2\r\n{}x\r\n", HTTP_PROTOCOL, "malformed");
  snprintf(trailer, sizeof trailer, CHUNKED "0\r\nX-Long: %0199000d\r\n\r\n",
           1);
  assert_breaks(trailer, HTTP_PROTOCOL, "malformed");
#undef CHUNKED
}

/* ---- the network -----------------------------------------------------------
 */

static void reports_a_refused_connection(void **state)
{
  http_facts facts;
  http_transfer *t;
  int port, held = hold_on_loopback(&port);
  (void)state;
  t = make_to(port, "GET", "/x");
  run(t);
  close(held);
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.request_bytes, 0);
  assert_int_equal(facts.http_version, 0);
  assert_int_equal(facts.reused, 0);
  assert_int_equal(transfer_status(t), 0);
  assert_fault(t, HTTP_NETWORK, "Failed to connect");
}

static void reports_a_host_without_address(void **state)
{
  http_transfer *t = http_transfer_new(client);
  (void)state;
  assert_int_equal(transfer_set_url(t, "https://nowhere.invalid/"), 0);
  transfer_set_timeouts(t, PATIENCE, PATIENCE, PATIENCE);
  run(t);
  assert_fault(t, HTTP_NETWORK, "nowhere.invalid");
}

static void reports_a_peer_without_tls(void **state)
{
  http_transfer *t;
  char url[64];
  (void)state;
  server.greets = 1;
  serve(OK_ANSWER);
  t = http_transfer_new(client);
  snprintf(url, sizeof url, "https://127.0.0.1:%d/", server.port);
  assert_int_equal(transfer_set_url(t, url), 0);
  transfer_set_timeouts(t, PATIENCE, PATIENCE, PATIENCE);
  run(t);
  assert_int_equal(transfer_status(t), 0);
  assert_fault(t, HTTP_TLS, "SSL");
}

static void reports_a_missing_ca_file(void **state)
{
  http_transfer *t;
  char url[64];
  (void)state;
  serve(OK_ANSWER);
  t = http_transfer_new(client);
  snprintf(url, sizeof url, "https://127.0.0.1:%d/", server.port);
  assert_int_equal(transfer_set_url(t, url), 0);
  assert_int_equal(transfer_set_ca_file(t, "/nowhere/ca.pem"), 0);
  run(t);
  assert_fault(t, HTTP_TLS, "/nowhere/ca.pem");
}

/* ---- time-outs -------------------------------------------------------------
 */

static void assert_times_out(http_transfer *t, double least, double most)
{
  double start = clock_monotonic(), seconds;
  run(t);
  seconds = clock_monotonic() - start;
  if (seconds < least || seconds > most)
    fail_msg("%f seconds, not %g to %g", seconds, least, most);
  assert_fault(t, HTTP_TIMEOUT, "");
}

static void ends_at_the_total_time_out(void **state)
{
  http_transfer *t;
  (void)state;
  serve_bytes(NULL, 0);
  t = make("GET", "/x");
  transfer_set_timeouts(t, 0, 0, 0.2);
  assert_times_out(t, 0.2, 5);
}

static void ends_at_the_stall_time_out(void **state)
{
  http_transfer *t;
  (void)state;
  serve_bytes(NULL, 0);
  t = make("POST", "/x");
  transfer_set_timeouts(t, 0, 0.5, 0);
  assert_times_out(t, 0.5, 8);
}

static void ends_when_a_body_stalls(void **state)
{
  http_transfer *t;
  (void)state;
  serve("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome of it");
  t = make("GET", "/x");
  transfer_set_timeouts(t, 0, 1, 0);
  assert_times_out(t, 1, 15);
}

/* Connects until the queue of a socket that accepts nothing is full: what
   comes then gets no answer. */
static size_t fill_queue(int port, int *fds, size_t room)
{
  struct sockaddr_in address;
  size_t count = 0;
  int pending = 0;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  while (!pending && count < room) {
    struct pollfd polled = {0, POLLOUT, 0};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    (void)connect(fd, (struct sockaddr *)&address, sizeof address);
    polled.fd = fds[count++] = fd;
    pending = poll(&polled, 1, 100) == 0;
  }
  assert_true(pending);
  return count;
}

static void ends_at_the_connect_time_out(void **state)
{
  int fds[64], port, listener = listen_on_loopback(0, &port);
  size_t count = fill_queue(port, fds, COUNT(fds));
  http_facts facts;
  http_transfer *t = make_to(port, "GET", "/x");
  (void)state;
  transfer_set_timeouts(t, 0.2, 0, 0);
  run(t);
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.request_bytes, 0);
  assert_true(facts.seconds >= 0.2 && facts.seconds < 5);
  assert_fault(t, HTTP_TIMEOUT, "");
  while (count > 0)
    close(fds[--count]);
  close(listener);
}

static void takes_any_time_out(void **state)
{
  static const double seconds[] = {1e-9, 1e9, 1e300};
  size_t i;
  (void)state;
  serve(OK_ANSWER);
  for (i = 1; i < COUNT(seconds); i++) {
    http_transfer *t = make("GET", "/x");
    transfer_set_timeouts(t, seconds[i], seconds[i], seconds[i]);
    run(t);
    assert_answer(t, 200, "hi");
    http_transfer_free(t);
  }
}

/* ---- what is never sent ----------------------------------------------------
 */

static void refuse(const char *url, const char *words)
{
  http_transfer *t = http_transfer_new(client);
  assert_non_null(t);
  if (url != NULL)
    assert_int_equal(transfer_set_url(t, url), 0);
  http_start(t);
  assert_true(transfer_is_finished(t));
  assert_true(http_timeout(client) == 0);
  assert_ptr_equal(http_finished(client), t);
  assert_int_equal(transfer_status(t), 0);
  assert_fault(t, HTTP_CONFIG, words);
}

static void refuses_what_must_not_be_sent(void **state)
{
  (void)state;
  refuse(NULL, "no URL");
  refuse("", "not an absolute http or https URL");
  refuse("/path", "not an absolute http or https URL");
  refuse("file:///etc/passwd", "not an absolute http or https URL");
  refuse("ftp://127.0.0.1/", "not an absolute http or https URL");
  refuse("http://example.com/", "plain http");
  refuse("http://127.0.0.1.example.com/", "plain http");
  refuse("https://user:password@127.0.0.1/", "user name");
  refuse("http://user@127.0.0.1/", "user name");
  assert_int_equal(http_running(client), 0);
}

/* ---- proxies ---------------------------------------------------------------
 */

static void uses_no_proxy_for_this_machine(void **state)
{
  int port, held = hold_on_loopback(&port);
  char dead[64];
  http_transfer *t;
  (void)state;
  snprintf(dead, sizeof dead, "http://127.0.0.1:%d", port);
  setenv("http_proxy", dead, 1);
  setenv("ALL_PROXY", dead, 1);
  serve(OK_ANSWER);
  t = make("GET", "/x");
  assert_int_equal(transfer_set_proxy(t, dead), 0);
  run(t);
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  close(held);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
}

static void asks_a_proxy_for_others(void **state)
{
  char proxy[64];
  http_transfer *t;
  (void)state;
  server.closes = 1;
  serve("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  t = http_transfer_new(client);
  snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", server.port);
  assert_int_equal(transfer_set_url(t, "https://nowhere.invalid/x"), 0);
  assert_int_equal(transfer_set_proxy(t, proxy), 0);
  add_header(t, "X-Auth-Token", "for-the-server-alone");
  run(t);
  assert_int_equal(transfer_fault_of(t), HTTP_NETWORK);
  http_transfer_free(t);
  assert_true(was_sent("CONNECT nowhere.invalid:443 HTTP/1.1"));
  assert_null(strstr(last_request(), "for-the-server-alone"));
}

/* ---- bodies from files -----------------------------------------------------
 */

static void write_file(char path[32], size_t size)
{
  FILE *file;
  int fd;
  size_t i;
  memcpy(path, "/tmp/rackspace-XXXXXX", 22);
  fd = mkstemp(path);
  file = fdopen(fd, "wb");
  assert_non_null(file);
  for (i = 0; i < size; i++)
    fputc((int)(i * 7 % 251), file);
  assert_int_equal(fclose(file), 0);
}

static void assert_file_sent(size_t size)
{
  size_t i, length;
  const char *body = body_sent(&length);
  assert_int_equal(length, size);
  for (i = 0; i < size; i++)
    if ((unsigned char)body[i] != i * 7 % 251)
      fail_msg("byte %zu is another", i);
}

static void send_file(size_t size)
{
  char path[32], line[64];
  http_facts facts;
  http_transfer *t = make("POST", "/x");
  write_file(path, size);
  assert_int_equal(transfer_set_body_file(t, path), 0);
  assert_int_equal(unlink(path), 0);
  run(t);
  assert_answer(t, 200, "hi");
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.uploaded, size);
  http_transfer_free(t);
  snprintf(line, sizeof line, "Content-Length: %zu", size);
  assert_true(was_sent(line));
  assert_true(was_sent("POST /x HTTP/1.1"));
  assert_null(strstr(last_request(), "Expect"));
  assert_file_sent(size);
}

static void streams_files(void **state)
{
  (void)state;
  serve(OK_ANSWER);
  send_file(300001);
  send_file(1);
  send_file(0);
}

static void streams_what_has_no_size(void **state)
{
  http_transfer *t;
  size_t length;
  (void)state;
  serve(OK_ANSWER);
  t = make("PUT", "/x");
  assert_int_equal(transfer_set_body_file(t, "/dev/null"), 0);
  run(t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_true(was_sent("Transfer-Encoding: chunked"));
  assert_memory_equal(body_sent(&length), "0\r\n\r\n", 5);
}

static void reports_a_file_that_cannot_be_read(void **state)
{
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = make("POST", "/x");
  assert_int_equal(transfer_set_body_file(t, "/nowhere/file"), -2);
  assert_int_equal(transfer_set_body_file(t, "/"), 0);
  run(t);
  assert_fault(t, HTTP_FILE, "could not be read");
}

static void takes_the_last_file_set(void **state)
{
  char first[32], last[32];
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  write_file(first, 10);
  write_file(last, 20);
  t = make("POST", "/x");
  assert_int_equal(transfer_set_body_file(t, first), 0);
  assert_int_equal(transfer_set_body_file(t, last), 0);
  unlink(first);
  unlink(last);
  run(t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_file_sent(20);
}

/* ---- connections -----------------------------------------------------------
 */

static int is_reused(http_transfer *t)
{
  http_facts facts;
  run(t);
  assert_answer(t, 200, "hi");
  transfer_read_facts(t, &facts);
  http_transfer_free(t);
  return facts.reused;
}

static void keeps_connections(void **state)
{
  (void)state;
  serve(OK_ANSWER);
  assert_false(is_reused(make("GET", "/x")));
  assert_true(is_reused(make("GET", "/x")));
  assert_true(is_reused(make("POST", "/x")));
  assert_int_equal(peer_read(&server, &server.accepted), 1);
}

static void makes_fresh_connections(void **state)
{
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  assert_false(is_reused(make("GET", "/x")));
  t = make("POST", "/x");
  transfer_set_fresh(t, 1);
  assert_false(is_reused(t));
  assert_int_equal(peer_read(&server, &server.accepted), 2);
  t = make("GET", "/x");
  transfer_set_fresh(t, 0);
  assert_true(is_reused(t));
}

/* A handle that served one request brings nothing of it to the next. */
static void forgets_the_request_before(void **state)
{
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = make("PUT", "/x");
  add_header(t, "X-Auth-Token", "once");
  assert_int_equal(transfer_set_body(t, LITERAL("body")), 0);
  run(t);
  http_transfer_free(t);
  t = get("/y");
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  assert_true(was_sent("GET /y HTTP/1.1"));
  assert_null(strstr(last_request(), "once"));
  assert_null(strstr(last_request(), "Content-Length"));
}

/* The peer answers none before all are there: more sockets than the client
   had room for at first, and more handles than it keeps. */
static void runs_many_at_once(void **state)
{
  enum { MANY = 80 };
  http_transfer *transfers[MANY];
  size_t i;
  (void)state;
  server.hold = MANY;
  serve(OK_ANSWER);
  for (i = 0; i < MANY; i++) {
    transfers[i] = make("GET", "/x");
    http_start(transfers[i]);
    assert_true(transfer_is_running(transfers[i]));
    assert_int_equal(http_running(client), i + 1);
  }
  for (i = 0; i < MANY; i++)
    assert_answer(next_finished(), 200, "hi");
  assert_int_equal(http_running(client), 0);
  assert_null(http_finished(client));
  for (i = 0; i < MANY; i++)
    http_transfer_free(transfers[i]);
  assert_int_equal(peer_read(&server, &server.accepted), MANY);
}

/* ---- cancelling ------------------------------------------------------------
 */

static void cancels_in_flight(void **state)
{
  http_transfer *t;
  (void)state;
  serve_bytes(NULL, 0);
  t = make("POST", "/x");
  http_start(t);
  await_requests(1);
  assert_int_equal(http_running(client), 1);
  http_cancel(t);
  assert_true(transfer_is_finished(t));
  assert_int_equal(http_running(client), 0);
  http_wait(client, 0);
  assert_null(http_finished(client));
  assert_fault(t, HTTP_CANCELLED, "cancelled");
}

static void cancels_before_the_start(void **state)
{
  http_transfer *t = make_to(1, "GET", "/x");
  (void)state;
  http_cancel(t);
  http_start(t);
  assert_true(transfer_is_finished(t));
  http_wait(client, 0);
  assert_null(http_finished(client));
  assert_fault(t, HTTP_CANCELLED, "cancelled");
}

/* It keeps its answer, but is not handed out any more. */
static void cancels_what_has_finished(void **state)
{
  http_transfer *first, *second, *third;
  (void)state;
  serve(OK_ANSWER);
  first = make("GET", "/x");
  http_start(first);
  while (!transfer_is_finished(first))
    http_wait(client, PATIENCE);
  second = http_transfer_new(client);
  http_start(second);
  third = http_transfer_new(client);
  http_start(third);
  http_cancel(first);
  http_cancel(third);
  http_cancel(third);
  assert_ptr_equal(http_finished(client), second);
  assert_null(http_finished(client));
  assert_answer(first, 200, "hi");
  http_transfer_free(first);
  assert_fault(second, HTTP_CONFIG, "no URL");
  assert_fault(third, HTTP_CONFIG, "no URL");
}

static void frees_in_any_state(void **state)
{
  http_transfer *setup, *running, *finished[3];
  size_t i;
  (void)state;
  serve_bytes(NULL, 0);
  setup = make("POST", "/x");
  assert_int_equal(transfer_set_body(setup, LITERAL("x")), 0);
  running = make("GET", "/x");
  http_start(running);
  await_requests(1);
  for (i = 0; i < 3; i++) {
    finished[i] = http_transfer_new(client);
    http_start(finished[i]);
  }
  http_transfer_free(setup);
  http_transfer_free(running);
  http_transfer_free(finished[2]);
  http_transfer_free(finished[0]);
  http_transfer_free(NULL);
  assert_int_equal(http_running(client), 0);
  assert_ptr_equal(http_finished(client), finished[1]);
  assert_null(http_finished(client));
  http_transfer_free(finished[1]);
}

static void is_freed_with_transfers_in_flight(void **state)
{
  http_transfer *setup, *running[3];
  size_t i;
  (void)state;
  serve_bytes(NULL, 0);
  setup = make("GET", "/x");
  for (i = 0; i < 3; i++) {
    running[i] = make("GET", "/x");
    http_start(running[i]);
  }
  await_requests(3);
  http_client_free(client);
  client = NULL;
  for (i = 0; i < 3; i++) {
    assert_true(transfer_is_finished(running[i]));
    http_cancel(running[i]);
    http_start(running[i]);
    assert_fault(running[i], HTTP_CANCELLED, "cancelled");
  }
  assert_fault(setup, HTTP_CANCELLED, "cancelled");
}

static void leaves_answers_when_freed(void **state)
{
  http_facts facts;
  http_transfer *t;
  size_t length;
  (void)state;
  serve(OK_ANSWER);
  t = get("/x");
  http_client_free(client);
  client = NULL;
  assert_answer(t, 200, "hi");
  assert_string_equal(transfer_head(t, &length), "Content-Length: 2\r\n");
  assert_int_equal(length, 19);
  transfer_read_facts(t, &facts);
  assert_int_equal(facts.http_version, 11);
  http_transfer_free(t);
}

static void frees_no_client(void **state)
{
  (void)state;
  http_client_free(NULL);
}

/* ---- waiting ---------------------------------------------------------------
 */

static void waits_no_longer_than_told(void **state)
{
  double start = clock_monotonic(), seconds;
  (void)state;
  http_wait(client, 0.1);
  seconds = clock_monotonic() - start;
  assert_true(seconds >= 0.1 && seconds < 5);
  http_wait(client, 0);
  http_wait(client, -1);
  assert_true(clock_monotonic() - start < 5);
}

static void is_woken_before_a_wait(void **state)
{
  double start = clock_monotonic();
  int i;
  (void)state;
  for (i = 0; i < 100000; i++) /* more than a pipe holds */
    http_wakeup(client);
  http_wait(client, PATIENCE);
  assert_true(clock_monotonic() - start < PATIENCE / 2);
  http_wait(client, 0.05); /* nothing of it is left */
  assert_true(http_timeout(client) < 0);
  start = clock_monotonic();
  http_wait(client, 0.05);
  assert_true(clock_monotonic() - start >= 0.05);
}

/* The request is sent by the wait itself, and the peer's thread wakes it. */
static void is_woken_by_another_thread(void **state)
{
  double start = clock_monotonic();
  http_transfer *t;
  (void)state;
  server.wakes = client;
  serve_bytes(NULL, 0);
  t = make("GET", "/x");
  http_start(t);
  http_wait(client, PATIENCE);
  assert_true(clock_monotonic() - start < PATIENCE / 2);
  assert_true(transfer_is_running(t));
  assert_null(http_finished(client));
  http_transfer_free(t);
}

/* Waits as a foreign loop does. Returns whether the pollset was ready. */
static int poll_foreign(const pollset *set)
{
  struct pollfd polled = {set->fd, POLLIN, 0};
  double timeout = http_timeout(client);
  return poll(&polled, 1, timeout < 0 ? 1000 : (int)(timeout * 1000) + 1) > 0;
}

static void runs_in_a_foreign_loop(void **state)
{
  double end = clock_monotonic() + PATIENCE;
  http_transfer *t;
  pollset set;
  (void)state;
  assert_int_equal(pollset_open(&set), 0);
  assert_int_equal(http_use_pollset(client, &set), 0);
  serve(OK_ANSWER);
  t = make("POST", "/x");
  http_start(t);
  while (!transfer_is_finished(t) && clock_monotonic() < end) {
    poll_foreign(&set);
    http_step(client, 0.005);
  }
  assert_true(http_timeout(client) == 0);
  assert_ptr_equal(http_finished(client), t);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
  http_client_free(client);
  client = NULL;
  pollset_close(&set);
}

static void is_woken_in_a_foreign_loop(void **state)
{
  pollset set;
  (void)state;
  assert_int_equal(pollset_open(&set), 0);
  assert_int_equal(http_use_pollset(client, &set), 0);
  http_wakeup(client);
  assert_true(poll_foreign(&set));
  http_step(client, 0);
  assert_false(poll_foreign(&set));
  http_client_free(client);
  client = NULL;
  pollset_close(&set);
}

static void steps_without_a_pollset(void **state)
{
  double end = clock_monotonic() + PATIENCE;
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = make("GET", "/x");
  http_start(t);
  while (!transfer_is_finished(t) && clock_monotonic() < end)
    http_step(client, 0);
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
}

/* ---- resources -------------------------------------------------------------
 */

static void is_not_made_without_descriptors(void **state)
{
  struct rlimit before, none;
  http_client *second;
  (void)state;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  none = before;
  none.rlim_cur = 0;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
  second = http_client_new();
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
  assert_null(second);
}

static void reports_that_no_socket_is_left(void **state)
{
  struct rlimit before, none;
  http_transfer *t;
  (void)state;
  serve(OK_ANSWER);
  t = make("GET", "/x");
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  none = before;
  none.rlim_cur = 0;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
  run(t);
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
  assert_fault(t, HTTP_NETWORK, "");
  t = get("/x");
  assert_answer(t, 200, "hi");
  http_transfer_free(t);
}

static void names_its_library(void **state)
{
  (void)state;
  assert_memory_equal(http_library(), "libcurl/", 8);
}

#define UNIT(function) \
  cmocka_unit_test_setup_teardown(function, open_client, close_client)

static const struct CMUnitTest tests[] = {
    UNIT(sends_a_get),
    UNIT(gets_when_no_method_is_set),
    UNIT(sends_the_path_as_it_is),
    UNIT(says_that_a_body_is_empty),
    UNIT(sends_no_length_without_a_body),
    UNIT(sends_bodies_of_any_bytes),
    UNIT(sends_large_bodies_at_once),
    UNIT(heads),
    UNIT(sends_headers),
    UNIT(reads_headers),
    UNIT(reads_bodies_that_end_with_the_connection),
    UNIT(reads_chunked_bodies),
    UNIT(reads_trailers),
    UNIT(reads_past_interim_answers),
    UNIT(follows_no_redirect),
    UNIT(unpacks_bodies),
    UNIT(bounds_bodies),
    UNIT(bounds_bodies_as_unpacked),
    UNIT(bounds_bodies_without_an_end),
    UNIT(bounds_heads),
    UNIT(bounds_the_heads_of_interim_answers),
    UNIT(bounds_the_lines_of_a_head),
    UNIT(bounds_a_line_of_the_head),
    UNIT(reports_an_answer_that_ends_too_soon),
    UNIT(reports_an_interim_answer_alone),
    UNIT(reports_what_is_not_http),
    UNIT(reports_a_status_that_is_none),
    UNIT(reports_malformed_chunks),
    UNIT(reports_a_refused_connection),
    UNIT(reports_a_host_without_address),
    UNIT(reports_a_peer_without_tls),
    UNIT(reports_a_missing_ca_file),
    UNIT(ends_at_the_total_time_out),
    UNIT(ends_at_the_stall_time_out),
    UNIT(ends_when_a_body_stalls),
    UNIT(ends_at_the_connect_time_out),
    UNIT(takes_any_time_out),
    UNIT(refuses_what_must_not_be_sent),
    UNIT(uses_no_proxy_for_this_machine),
    UNIT(asks_a_proxy_for_others),
    UNIT(streams_files),
    UNIT(streams_what_has_no_size),
    UNIT(reports_a_file_that_cannot_be_read),
    UNIT(takes_the_last_file_set),
    UNIT(keeps_connections),
    UNIT(makes_fresh_connections),
    UNIT(forgets_the_request_before),
    UNIT(runs_many_at_once),
    UNIT(cancels_in_flight),
    UNIT(cancels_before_the_start),
    UNIT(cancels_what_has_finished),
    UNIT(frees_in_any_state),
    UNIT(is_freed_with_transfers_in_flight),
    UNIT(leaves_answers_when_freed),
    UNIT(frees_no_client),
    UNIT(waits_no_longer_than_told),
    UNIT(is_woken_before_a_wait),
    UNIT(is_woken_by_another_thread),
    UNIT(runs_in_a_foreign_loop),
    UNIT(is_woken_in_a_foreign_loop),
    UNIT(steps_without_a_pollset),
    UNIT(is_not_made_without_descriptors),
    UNIT(reports_that_no_socket_is_left),
    UNIT(names_its_library),
};

int main(void)
{
  return cmocka_run_group_tests(tests, NULL, NULL);
}
