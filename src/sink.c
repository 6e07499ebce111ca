/* sink.c - a file that a response's body goes to */
/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http_parts.h"

int transfer_set_sink(http_transfer *t, const char *path)
{
  char *copy = strdup(path);
  if (copy == NULL)
    return -1;
  free(t->sink_path);
  t->sink_path = copy;
  return 0;
}

/* A file that was there may be one that others can read. */
static int is_private(int fd)
{
  struct stat status;
  return fstat(fd, &status) == 0 &&
         (!S_ISREG(status.st_mode) || fchmod(fd, S_IRUSR | S_IWUSR) == 0);
}

/* The file is made with the first bytes of a success, so that an error's
   answer leaves what was there alone. */
static int open_sink(http_transfer *t)
{
  int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
  int fd = open(t->sink_path, flags, S_IRUSR | S_IWUSR);
  if (fd < 0)
    return -1;
  if (is_private(fd))
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

int sink_finish(http_transfer *t)
{
  int status = 0;
  if (t->fault == HTTP_NONE && sink_takes(t))
    status = sink_write(t, "", 0); /* an empty body makes an empty file */
  if (t->sink != NULL && fclose(t->sink) != 0)
    status = -1;
  t->sink = NULL;
  return status;
}

void sink_free(http_transfer *t)
{
  if (t->sink != NULL)
    fclose(t->sink);
  t->sink = NULL;
  free(t->sink_path);
}
