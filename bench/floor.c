/* floor.c - the least that a GET can cost: libcurl's easy interface alone */
/* SPDX-License-Identifier: MIT */

/* floor URL SECONDS fetches the URL over and over for that long, one after
   another on one kept connection, and prints how many it did in a second.
   Nothing is decoded. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct body {
  char *bytes;
  size_t length, room;
} body;

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

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The headers that the API asks for, so that both sides send the same. */
static struct curl_slist *make_headers(void)
{
  static const char token[] = "X-Auth-Token: 0f6e9f1c2d5a4be38f7a1c90d3b2e4f5";
  struct curl_slist *first =
      curl_slist_append(NULL, "Accept: application/json");
  struct curl_slist *both =
      first != NULL ? curl_slist_append(first, token) : NULL;
  if (both == NULL)
    curl_slist_free_all(first);
  return both;
}

static void set_options(CURL *easy, const char *url, struct curl_slist *headers,
                        body *b)
{
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, b);
}

static int fetch(CURL *easy, body *b)
{
  CURLcode code;
  long status = 0;
  b->length = 0;
  code = curl_easy_perform(easy);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status == 200 && b->length > 0)
    return 0;
  fprintf(stderr, "floor: %s, status %ld, %lu bytes\n",
          curl_easy_strerror(code), status, (unsigned long)b->length);
  return -1;
}

/* The first one connects and is not counted. */
static int run(CURL *easy, body *b, double seconds)
{
  unsigned long count = 0;
  double start, end;
  if (fetch(easy, b) != 0)
    return -1;
  start = end = now();
  while (end - start < seconds) {
    if (fetch(easy, b) != 0)
      return -1;
    count++;
    end = now();
  }
  printf("%.1f\n", (double)count / (end - start));
  return 0;
}

int main(int argc, char **argv)
{
  double seconds = argc == 3 ? strtod(argv[2], NULL) : 0;
  body b = {NULL, 0, 0};
  struct curl_slist *headers;
  CURL *easy;
  int status = -1;
  if (seconds <= 0) {
    fputs("usage: floor URL SECONDS\n", stderr);
    return 2;
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  easy = curl_easy_init();
  headers = make_headers();
  if (easy != NULL && headers != NULL) {
    set_options(easy, argv[1], headers, &b);
    status = run(easy, &b, seconds);
  }
  curl_slist_free_all(headers);
  curl_easy_cleanup(easy);
  curl_global_cleanup();
  free(b.bytes);
  return status == 0 ? 0 : 1;
}
