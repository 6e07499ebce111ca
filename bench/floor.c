/* floor.c - the baseline of GETs: libcurl alone */
/* SPDX-License-Identifier: MIT */

/* floor [-n COUNT | -s SECONDS] [-m HANDLES] [-c CA_FILE] [-r] [URL...]
   fetches the URLs (by default those on standard input) in turn, again and
   again: on one connection by the easy interface, or HANDLES at once by the
   multi interface. Prints fetches a second, or with -r the peak memory in KiB.
   Decodes nothing. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MOST_URLS = 20000, MOST_HANDLES = 8192 };

typedef struct body {
  char *bytes;
  size_t length, room;
} body;

static const char *urls[MOST_URLS];
static size_t url_count, next_url;
static unsigned long wanted, started, done;
static double seconds = 1, began;
static const char *ca_file;
static struct curl_slist *headers;
static body bodies[MOST_HANDLES];

static void fail(const char *what)
{
  fprintf(stderr, "floor: %s\n", what);
  exit(1);
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
  body *b = user;
  size_t length = size * count, room = b->room > 0 ? b->room : 4096;
  while (room - b->length < length)
    room *= 2;
  if (room > b->room) {
    char *grown = realloc(b->bytes, room);
    if (grown == NULL)
      return 0;
    b->bytes = grown;
    b->room = room;
  }
  memcpy(b->bytes + b->length, bytes, length);
  b->length += length;
  return length;
}

/* The headers that the API asks for. */
static void make_headers(void)
{
  headers = curl_slist_append(NULL, "Accept: application/json");
  headers = curl_slist_append(headers,
                              "X-Auth-Token: 0f6e9f1c2d5a4be38f7a1c90d3b2e4f5");
}

static CURL *make_handle(body *b)
{
  CURL *easy = curl_easy_init();
  if (easy == NULL)
    fail("not enough memory");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, b);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, b);
  if (ca_file != NULL) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
  }
  return easy;
}

static void check(CURL *easy, CURLcode code)
{
  body *b = NULL;
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&b);
  if (code != CURLE_OK)
    fail(curl_easy_strerror(code));
  if (status != 200 || b->length == 0)
    fail("the answer is not the one");
  b->length = 0;
  done++;
}

static void aim(CURL *easy)
{
  curl_easy_setopt(easy, CURLOPT_URL, urls[next_url]);
  next_url = (next_url + 1) % url_count;
  started++;
}

static int is_over(void)
{
  return wanted > 0 ? started >= wanted : now() - began >= seconds;
}

static void run_easy(void)
{
  CURL *easy = make_handle(&bodies[0]);
  aim(easy);
  check(easy, curl_easy_perform(easy)); /* connects, and is not counted */
  next_url = started = done = 0;
  for (began = now(); !is_over();) {
    aim(easy);
    check(easy, curl_easy_perform(easy));
  }
  curl_easy_cleanup(easy);
}

static void go_on(CURLM *multi)
{
  CURLMsg *message;
  int left;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    CURL *easy = message->easy_handle;
    check(easy, message->data.result);
    curl_multi_remove_handle(multi, easy);
    if (is_over())
      continue;
    aim(easy);
    curl_multi_add_handle(multi, easy);
  }
}

/* In milliseconds: libcurl 7.88 may leave read HTTP/2 data until it is called
   again. */
enum { LONGEST_WAIT = 1 };

/* Transfers that end in the second curl_multi_perform are collected in the next
   round, so `running` being 0 does not mean that all are done. */
static void run_multi(size_t count)
{
  CURLM *multi = curl_multi_init();
  int running;
  size_t i;
  began = now();
  for (i = 0; i < count && (wanted == 0 || started < wanted); i++) {
    CURL *easy = make_handle(&bodies[i]);
    aim(easy);
    curl_multi_add_handle(multi, easy);
  }
  while (done < started) {
    curl_multi_perform(multi, &running);
    go_on(multi);
    curl_multi_perform(multi, &running);
    if (running > 0)
      curl_multi_poll(multi, NULL, 0, LONGEST_WAIT, NULL);
  }
}

static void read_urls(void)
{
  static char line[4096];
  while (url_count < MOST_URLS && fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    urls[url_count++] = strdup(line);
  }
}

int main(int argc, char **argv)
{
  size_t handles = 0;
  int option, tells_memory = 0;
  struct rusage usage;
  while ((option = getopt(argc, argv, "n:s:m:c:r")) != -1)
    switch (option) {
    case 'n':
      wanted = strtoul(optarg, NULL, 10);
      break;
    case 's':
      seconds = strtod(optarg, NULL);
      break;
    case 'm':
      handles = strtoul(optarg, NULL, 10);
      break;
    case 'c':
      ca_file = optarg;
      break;
    case 'r':
      tells_memory = 1;
      break;
    default:
      return 2;
    }
  for (; optind < argc && url_count < MOST_URLS; optind++)
    urls[url_count++] = argv[optind];
  if (url_count == 0)
    read_urls();
  if (url_count == 0 || handles > MOST_HANDLES)
    fail("what is to be fetched?");
  curl_global_init(CURL_GLOBAL_DEFAULT);
  make_headers();
  if (handles > 0)
    run_multi(handles);
  else
    run_easy();
  if (tells_memory && getrusage(RUSAGE_SELF, &usage) == 0)
    printf("%ld\n", usage.ru_maxrss);
  else
    printf("%.1f\n", (double)done / (now() - began));
  return 0;
}
