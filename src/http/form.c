/* form.c - a multipart body: its parts, and their way to libcurl */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http_parts.h"

struct form_part {
  struct form_part *next;
  char *name, *filename, *path; /* the last two may be NULL */
  buffer value;                 /* when there is no path */
};

static void part_free(struct form_part *part)
{
  free(part->name);
  free(part->filename);
  free(part->path);
  buffer_free(&part->value);
  free(part);
}

static struct form_part *part_new(const char *name, const char *filename)
{
  struct form_part *part = calloc(1, sizeof *part);
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

static void append(http_transfer *t, struct form_part *part)
{
  struct form_part **link = &t->parts;
  while (*link != NULL)
    link = &(*link)->next;
  *link = part;
  t->has_body = 1;
}

int transfer_add_value(http_transfer *t, const char *name, const char *filename,
                       const void *bytes, size_t length)
{
  struct form_part *part = part_new(name, filename);
  if (part == NULL)
    return -1;
  append(t, part);
  return buffer_add(&part->value, bytes, length) == BUFFER_OK ? 0 : -1;
}

/* libcurl takes a folder for an empty file. */
static int is_readable_file(const char *path)
{
  struct stat status;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int found = fd >= 0 && fstat(fd, &status) == 0;
  if (fd >= 0)
    close(fd);
  if (found && !S_ISREG(status.st_mode))
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
  return found && S_ISREG(status.st_mode);
}

int transfer_add_file(http_transfer *t, const char *name, const char *filename,
                      const char *path)
{
  struct form_part *part;
  if (!is_readable_file(path))
    return -2;
  part = part_new(name, filename);
  if (part == NULL)
    return -1;
  append(t, part);
  part->path = strdup(path);
  return part->path != NULL ? 0 : -1;
}

static CURLcode fill(curl_mimepart *to, const struct form_part *part)
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

int form_set(http_transfer *t)
{
  const struct form_part *part;
  CURLcode code = CURLE_OK;
  t->mime = curl_mime_init(t->easy);
  if (t->mime == NULL)
    code = CURLE_OUT_OF_MEMORY;
  for (part = t->parts; part != NULL && code == CURLE_OK; part = part->next) {
    curl_mimepart *to = curl_mime_addpart(t->mime);
    code = to != NULL ? fill(to, part) : CURLE_OUT_OF_MEMORY;
  }
  if (code == CURLE_OK)
    code = curl_easy_setopt(t->easy, CURLOPT_MIMEPOST, t->mime);
  if (code == CURLE_OK)
    return 0;
  if (code == CURLE_READ_ERROR)
    transfer_fail(t, HTTP_FILE, "a part's file could not be read");
  else
    transfer_fail(t, HTTP_MEMORY, "not enough memory");
  return -1;
}

void form_free(http_transfer *t)
{
  while (t->parts != NULL) {
    struct form_part *part = t->parts;
    t->parts = part->next;
    part_free(part);
  }
  curl_mime_free(t->mime);
  t->mime = NULL;
}
