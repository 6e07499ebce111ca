/* sink.c - a file that a response's body goes to */
/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http_parts.h"

int transfer_set_sink(http_transfer *t, const char *path)
{
  char *copy = strdup(path);
  if (copy == NULL)
    return -1;
  free(t->sink_path);
  t->sink_path = copy;
  return 0;
}

/* The body goes to a file beside the wanted one first, by a name that nobody
   else can have taken: what was there stays until all of it has come. */
static int open_part(http_transfer *t)
{
  static const char suffix[] = ".part-XXXXXX";
  size_t length = strlen(t->sink_path);
  int fd;
  t->part_path = malloc(length + sizeof suffix);
  if (t->part_path == NULL)
    return -1;
  memcpy(t->part_path, t->sink_path, length);
  memcpy(t->part_path + length, suffix, sizeof suffix);
  fd = mkstemp(t->part_path);
  if (fd < 0) {
    free(t->part_path);
    t->part_path = NULL;
  } else {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  return fd;
}

/* What is there and is no file, such as a pipe or a device, is written to,
   not replaced. */
static int open_file(http_transfer *t)
{
  struct stat status;
  if (stat(t->sink_path, &status) != 0 || S_ISREG(status.st_mode))
    return open_part(t);
  return open(t->sink_path, O_WRONLY | O_CLOEXEC);
}

static int open_sink(http_transfer *t)
{
  int fd = open_file(t);
  if (fd < 0)
    return -1;
  t->sink = fdopen(fd, "wb");
  if (t->sink == NULL)
    close(fd);
  return t->sink != NULL ? 0 : -1;
}

int sink_takes(const http_transfer *t)
{
  long status = transfer_status(t);
  return t->sink_path != NULL && status >= 200 && status <= 299;
}

int sink_write(http_transfer *t, const char *bytes, size_t length)
{
  if (t->sink == NULL && open_sink(t) != 0)
    return -1;
  return fwrite(bytes, 1, length, t->sink) == length ? 0 : -1;
}

/* Puts the file in its place when it is whole, else removes it. */
static int settle_part(http_transfer *t, int is_whole)
{
  int status = 0;
  if (t->part_path != NULL && is_whole)
    status = rename(t->part_path, t->sink_path);
  if (t->part_path != NULL && (!is_whole || status != 0))
    unlink(t->part_path);
  free(t->part_path);
  t->part_path = NULL;
  return status;
}

int sink_finish(http_transfer *t)
{
  int is_whole = t->fault == HTTP_NONE, status = 0;
  if (is_whole && sink_takes(t))
    status = sink_write(t, "", 0); /* an empty body makes an empty file */
  if (t->sink != NULL && fclose(t->sink) != 0)
    status = -1;
  t->sink = NULL;
  return settle_part(t, is_whole && status == 0) != 0 ? -1 : status;
}

void sink_free(http_transfer *t)
{
  if (t->sink != NULL)
    fclose(t->sink);
  t->sink = NULL;
  settle_part(t, 0);
  free(t->sink_path);
}
