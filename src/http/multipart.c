/* multipart.c - a multipart/form-data request body */
/* SPDX-License-Identifier: MIT */
#include "http/multipart.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/regular.h"

struct multipart_part {
  multipart_part *next; /* NULL: the last one */
  char *name;
  char *filename; /* NULL: none is sent */
  char *path;     /* the file with the content; NULL: `value` has it */
  buffer value;   /* the content, when there is no path */
};

static void part_free(multipart_part *part)
{
  free(part->name);
  free(part->filename);
  free(part->path);
  buffer_free(&part->value);
  free(part);
}

static multipart_part *part_new(const char *name, const char *filename)
{
  multipart_part *part = calloc(1, sizeof *part);
  if (part == NULL)
    return NULL;
  buffer_init(&part->value, SIZE_MAX / 2);
  part->name = strdup(name);
  part->filename = filename != NULL ? strdup(filename) : NULL;
  if (part->name == NULL || (filename != NULL && part->filename == NULL)) {
    part_free(part);
    return NULL;
  }
  return part;
}

static void append(multipart *m, multipart_part *part)
{
  multipart_part **link = &m->first;
  while (*link != NULL)
    link = &(*link)->next;
  *link = part;
}

int multipart_add_value(multipart *m, const char *name, const char *filename,
                        const void *bytes, size_t length)
{
  multipart_part *part = part_new(name, filename);
  if (part == NULL)
    return -1;
  append(m, part);
  return buffer_add(&part->value, bytes, length) == BUFFER_OK ? 0 : -1;
}

/* libcurl would send a folder as an empty file. Sets errno. */
static int is_readable_file(const char *path)
{
  struct stat status;
  const char *problem;
  int fd = regular_open(path, &status, &problem);
  if (fd >= 0)
    close(fd);
  return fd >= 0;
}

int multipart_add_file(multipart *m, const char *name, const char *filename,
                       const char *path)
{
  multipart_part *part;
  if (!is_readable_file(path))
    return -2;
  part = part_new(name, filename);
  if (part == NULL)
    return -1;
  append(m, part);
  part->path = strdup(path);
  return part->path != NULL ? 0 : -1;
}

static CURLcode fill(curl_mimepart *to, const multipart_part *part)
{
  const char *bytes = part->value.bytes != NULL ? part->value.bytes : "";
  CURLcode code = curl_mime_name(to, part->name);
  if (code == CURLE_OK)
    code = part->path != NULL ? curl_mime_filedata(to, part->path)
                              : curl_mime_data(to, bytes, part->value.length);
  if (code == CURLE_OK && part->filename != NULL)
    code = curl_mime_filename(to, part->filename);
  return code;
}

CURLcode multipart_set(multipart *m, CURL *easy)
{
  const multipart_part *part;
  CURLcode code = CURLE_OK;
  m->mime = curl_mime_init(easy);
  if (m->mime == NULL)
    return CURLE_OUT_OF_MEMORY;
  for (part = m->first; part != NULL && code == CURLE_OK; part = part->next) {
    curl_mimepart *to = curl_mime_addpart(m->mime);
    code = to != NULL ? fill(to, part) : CURLE_OUT_OF_MEMORY;
  }
  if (code == CURLE_OK)
    code = curl_easy_setopt(easy, CURLOPT_MIMEPOST, m->mime);
  return code;
}

void multipart_free(multipart *m)
{
  while (m->first != NULL) {
    multipart_part *part = m->first;
    m->first = part->next;
    part_free(part);
  }
  curl_mime_free(m->mime);
  m->mime = NULL;
}
