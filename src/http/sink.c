/* sink.c - a file that receives a response's body */
/* SPDX-License-Identifier: MIT */
#include "http/sink.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int sink_set_path(sink *s, const char *path)
{
  char *copy = strdup(path);
  if (copy == NULL)
    return -1;
  free(s->path);
  s->path = copy;
  return 0;
}

/* The body is written to a temporary file in the same folder first, so that an
   existing file stays as it is until the whole body has arrived. */
static int open_part(sink *s)
{
  static const char suffix[] = ".part-XXXXXX";
  size_t length = strlen(s->path);
  int fd;
  s->part_path = malloc(length + sizeof suffix);
  if (s->part_path == NULL)
    return -1;
  memcpy(s->part_path, s->path, length);
  memcpy(s->part_path + length, suffix, sizeof suffix);
  fd = mkstemp(s->part_path);
  if (fd < 0) {
    free(s->part_path);
    s->part_path = NULL;
  } else {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  return fd;
}

/* An existing pipe or device is written to, not replaced. */
static int open_file(sink *s)
{
  struct stat status;
  if (stat(s->path, &status) != 0 || S_ISREG(status.st_mode))
    return open_part(s);
  return open(s->path, O_WRONLY | O_CLOEXEC);
}

static int open_sink(sink *s)
{
  int fd = open_file(s);
  if (fd < 0)
    return -1;
  s->file = fdopen(fd, "wb");
  if (s->file == NULL)
    close(fd);
  return s->file != NULL ? 0 : -1;
}

int sink_write(sink *s, const char *bytes, size_t length)
{
  if (s->file == NULL && open_sink(s) != 0)
    return -1;
  return fwrite(bytes, 1, length, s->file) == length ? 0 : -1;
}

/* Renames the temporary file when it is complete; removes it otherwise. */
static int settle_part(sink *s, int is_whole)
{
  int status = 0;
  if (s->part_path != NULL && is_whole)
    status = rename(s->part_path, s->path);
  if (s->part_path != NULL && (!is_whole || status != 0))
    unlink(s->part_path);
  free(s->part_path);
  s->part_path = NULL;
  return status;
}

int sink_finish(sink *s, int takes)
{
  int status = 0;
  if (takes)
    status = sink_write(s, "", 0); /* an empty body makes an empty file */
  if (s->file != NULL && fclose(s->file) != 0)
    status = -1;
  s->file = NULL;
  return settle_part(s, takes && status == 0) != 0 ? -1 : status;
}

void sink_free(sink *s)
{
  if (s->file != NULL)
    fclose(s->file);
  s->file = NULL;
  settle_part(s, 0);
  free(s->path);
  s->path = NULL;
}
