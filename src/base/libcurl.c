/* libcurl.c - the start of libcurl, once in a process */
/* SPDX-License-Identifier: MIT */
#include "base/libcurl.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stddef.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

static void start(void)
{
  CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  problem = code != CURLE_OK ? curl_easy_strerror(code) : NULL;
}

const char *libcurl_start(void)
{
  pthread_once(&once, start);
  return problem;
}
