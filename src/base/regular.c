/* regular.c - opens regular files */
/* SPDX-License-Identifier: MIT */
#include "base/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Closes a descriptor that may be -1, and sets errno. */
static int fail(int fd, int code)
{
  if (fd >= 0)
    close(fd);
  errno = code;
  return -1;
}

int regular_open(const char *path, struct stat *status, const char **problem)
{
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, status) != 0) {
    int code = errno;
    *problem = strerror(code);
    return fail(fd, code);
  }
  if (S_ISREG(status->st_mode))
    return fd;
  *problem = S_ISDIR(status->st_mode) ? strerror(EISDIR) : "not a regular file";
  return fail(fd, S_ISDIR(status->st_mode) ? EISDIR : EINVAL);
}

const char *regular_shown(const char *path)
{
  enum { LONGEST = 256 };
  return strlen(path) <= LONGEST ? path : "the file";
}
