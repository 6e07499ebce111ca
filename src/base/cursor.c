/* cursor.c - the query of the next page of a listing */
/* SPDX-License-Identifier: MIT */
#include "base/cursor.h"

#include <stdio.h>
#include <string.h>

#include "base/url.h"

/* More items than any page has; sums of it are exact in a double. */
#define MOST_ITEMS 1e12

/* FNV-1a. Two of 4,096 markers collide once in 10^12 listings. */
static uint64_t hash_of(const char *bytes, size_t length)
{
  uint64_t hash = UINT64_C(14695981039346656037);
  size_t i;
  for (i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  return hash;
}

static int was_visited(const cursor *c, uint64_t hash)
{
  size_t i;
  for (i = 0; i < c->visited_count; i++)
    if (c->visited[i] == hash)
      return 1;
  return 0;
}

static void remember(cursor *c, uint64_t hash)
{
  c->visited[c->visited_next] = hash;
  c->visited_next = (c->visited_next + 1) % CURSOR_MEMORY_SIZE;
  if (c->visited_count < CURSOR_MEMORY_SIZE)
    c->visited_count++;
}

/* Identifies a page: by its marker, or else by its whole query. */
static uint64_t page_hash(const char *query, size_t length)
{
  size_t marker_length;
  const char *marker = url_parameter(query, length, "marker", &marker_length);
  return marker != NULL ? hash_of(marker, marker_length)
                        : hash_of(query, length);
}

/* Encodes the bytes of a link that a query must not have. */
static int add_query(buffer *out, const char *bytes, size_t length)
{
  int status = BUFFER_OK;
  size_t i;
  for (i = 0; status == BUFFER_OK && i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    status = c <= 0x20 || c >= 0x7f || c == '"' || c == '<' || c == '>'
                 ? url_encode(out, bytes + i, 1)
                 : buffer_add(out, bytes + i, 1);
  }
  return status;
}

static cursor_status status_of(int buffer_status)
{
  if (buffer_status == BUFFER_OK)
    return CURSOR_MORE;
  return buffer_status == BUFFER_FULL ? CURSOR_TOO_LONG : CURSOR_NO_MEMORY;
}

/* When it fails, the cursor keeps its page. */
static cursor_status go_to(cursor *c, const char *query, size_t length)
{
  uint64_t hash = page_hash(query, length);
  buffer next;
  int status;
  if (was_visited(c, hash))
    return CURSOR_LOOP;
  buffer_init(&next, CURSOR_QUERY_LIMIT);
  status = add_query(&next, query, length);
  if (status != BUFFER_OK) {
    buffer_free(&next);
    return status_of(status);
  }
  remember(c, hash);
  buffer_free(&c->query);
  c->query = next;
  return CURSOR_MORE;
}

/* The offset in a query; 0 when there is none, or not a usable number. */
static double offset_of(const char *query, size_t length)
{
  size_t i, digits;
  const char *text = url_parameter(query, length, "offset", &digits);
  double offset = 0;
  if (text == NULL || digits > 15)
    return 0;
  for (i = 0; i < digits && text[i] >= '0' && text[i] <= '9'; i++)
    offset = offset * 10 + (text[i] - '0');
  return i == digits ? offset : 0;
}

cursor_status cursor_start(cursor *c, const char *query, size_t length)
{
  memset(c, 0, sizeof *c);
  buffer_init(&c->query, CURSOR_QUERY_LIMIT);
  c->offset = offset_of(query, length);
  return go_to(c, query, length);
}

cursor_status cursor_follow_link(cursor *c, const char *href, size_t length)
{
  const char *query;
  if (href == NULL)
    return CURSOR_END;
  query = url_query_of(href, length, &length);
  return query != NULL ? go_to(c, query, length) : go_to(c, "", 0);
}

/* Appends all parameters of a query except those of one name. */
static int add_others(buffer *out, const buffer *query, const char *name)
{
  const char *at = query->bytes != NULL ? query->bytes : "";
  const char *end = at + query->length;
  size_t name_length = strlen(name);
  int status = BUFFER_OK;
  while (status == BUFFER_OK && at < end) {
    const char *next = memchr(at, '&', (size_t)(end - at));
    const char *stop = next != NULL ? next : end;
    if ((size_t)(stop - at) <= name_length || at[name_length] != '=' ||
        memcmp(at, name, name_length) != 0) {
      if (out->length > 0)
        status = buffer_add_text(out, "&");
      if (status == BUFFER_OK)
        status = buffer_add(out, at, (size_t)(stop - at));
    }
    at = next != NULL ? next + 1 : end;
  }
  return status;
}

/* Goes to the current query with one parameter replaced. */
static cursor_status set_parameter(cursor *c, const char *name,
                                   const char *value, size_t length)
{
  cursor_status result;
  buffer query;
  int status;
  buffer_init(&query, CURSOR_QUERY_LIMIT);
  status = add_others(&query, &c->query, name);
  if (status == BUFFER_OK) {
    const char *texts[] = {query.length > 0 ? "&" : "", name, "=", NULL};
    status = buffer_add_all(&query, texts);
  }
  if (status == BUFFER_OK)
    status = url_encode(&query, value, length);
  result = status == BUFFER_OK ? go_to(c, query.bytes, query.length)
                               : status_of(status);
  buffer_free(&query);
  return result;
}

cursor_status cursor_follow_marker(cursor *c, const char *parameter,
                                   const char *marker, size_t length)
{
  if (marker == NULL)
    return CURSOR_END;
  return set_parameter(c, parameter, marker, length);
}

cursor_status cursor_follow_offset(cursor *c, const char *parameter,
                                   double items, double total)
{
  char text[32];
  if (!(items > 0 && items < MOST_ITEMS))
    return CURSOR_END;
  c->offset += items;
  if (total >= 0 && c->offset >= total)
    return CURSOR_END;
  snprintf(text, sizeof text, "%.0f", c->offset);
  return set_parameter(c, parameter, text, strlen(text));
}

void cursor_free(cursor *c)
{
  buffer_free(&c->query);
}
