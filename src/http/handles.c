/* handles.c - a client's pool of libcurl handles */
/* SPDX-License-Identifier: MIT */
#include "http/handles.h"

#include "http/options.h"

CURL *handles_take(handles *pool)
{
  CURL *easy;
  if (pool->count > 0)
    return pool->kept[--pool->count];
  easy = curl_easy_init();
  if (easy != NULL)
    options_prepare(easy);
  return easy;
}

void handles_give(handles *pool, CURL *easy, int is_special)
{
  if (pool->count == HANDLES_KEPT) {
    curl_easy_cleanup(easy);
    return;
  }
  if (is_special) {
    curl_easy_reset(easy);
    options_prepare(easy);
  }
  pool->kept[pool->count++] = easy;
}

void handles_free(handles *pool)
{
  while (pool->count > 0)
    curl_easy_cleanup(pool->kept[--pool->count]);
}
