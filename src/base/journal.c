/* journal.c - a file of one process, which grows by whole records */
/* SPDX-License-Identifier: MIT */
#include "base/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { OPEN_ATTEMPTS = 100 };

const char journal_taken[] =
    "another sandbox uses it; close that one, or take another file";

struct journal {
  int fd;
  off_t length;    /* of the whole records */
  int has_garbage; /* whether there may be bytes behind them */
  char path[];
};

/* ---- opening ------------------------------------------------------------- */

/* Whether the file at the journal's path is the one that is open. */
static const char *place_problem(const journal *j, const struct stat *ours)
{
  struct stat there;
  if (stat(j->path, &there) != 0)
    return strerror(errno);
  if (there.st_dev != ours->st_dev || there.st_ino != ours->st_ino)
    return "it was replaced by another file";
  return NULL;
}

/* File systems that know no locks are used without one. */
static const char *lock(int fd)
{
  int status;
  do
    status = flock(fd, LOCK_EX | LOCK_NB);
  while (status != 0 && errno == EINTR);
  return status != 0 && errno == EWOULDBLOCK ? journal_taken : NULL;
}

static const char *open_once(journal *j, struct stat *facts)
{
  int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  j->fd = open(j->path, flags, S_IRUSR | S_IWUSR);
  if (j->fd < 0 || fstat(j->fd, facts) != 0)
    return strerror(errno);
  if (!S_ISREG(facts->st_mode))
    return "it is no plain file";
  return lock(j->fd);
}

static void close_file(journal *j)
{
  if (j->fd >= 0)
    close(j->fd);
  j->fd = -1;
}

/* A file that was replaced between open and lock is opened again. */
static const char *open_file(journal *j)
{
  struct stat facts;
  const char *problem = NULL;
  int i;
  memset(&facts, 0, sizeof facts);
  for (i = 0; i < OPEN_ATTEMPTS; i++) {
    problem = open_once(j, &facts);
    if (problem != NULL)
      return problem;
    problem = place_problem(j, &facts);
    if (problem == NULL) {
      j->length = facts.st_size;
      return NULL;
    }
    close_file(j);
  }
  return problem;
}

journal *journal_open(const char *path, const char **problem)
{
  size_t size = strlen(path) + 1;
  journal *j = malloc(sizeof *j + size);
  if (j == NULL) {
    *problem = "not enough memory";
    return NULL;
  }
  j->fd = -1;
  j->length = 0;
  j->has_garbage = 0;
  memcpy(j->path, path, size);
  *problem = open_file(j);
  if (*problem == NULL)
    return j;
  journal_close(j);
  return NULL;
}

void journal_close(journal *j)
{
  if (j != NULL)
    close_file(j);
  free(j);
}

/* ---- writing ------------------------------------------------------------- */

static const char *clean(journal *j)
{
  while (j->has_garbage && ftruncate(j->fd, j->length) != 0)
    if (errno != EINTR)
      return strerror(errno);
  j->has_garbage = 0;
  return NULL;
}

static const char *write_behind(journal *j, const char *from, size_t length)
{
  off_t at = j->length;
  while (length > 0) {
    ssize_t count = pwrite(j->fd, from, length, at);
    if (count < 0 && errno != EINTR)
      return strerror(errno);
    if (count > 0) {
      j->has_garbage = 1;
      from += count;
      at += count;
      length -= (size_t)count;
    }
  }
  j->has_garbage = 0;
  j->length = at;
  return NULL;
}

/* Whether the journal can be written to where people look for it. */
static const char *check(journal *j)
{
  struct stat facts;
  if (fstat(j->fd, &facts) != 0)
    return strerror(errno);
  return place_problem(j, &facts);
}

const char *journal_append(journal *j, const void *bytes, size_t length)
{
  const char *problem = check(j);
  if (problem == NULL)
    problem = clean(j);
  if (problem == NULL)
    problem = write_behind(j, bytes, length);
  if (problem != NULL)
    clean(j); /* or the next call does */
  return problem;
}

size_t journal_length(const journal *j)
{
  return (size_t)j->length;
}

const char *journal_cut(journal *j, size_t length)
{
  if ((off_t)length < j->length) {
    j->length = (off_t)length;
    j->has_garbage = 1;
  }
  return clean(j);
}

/* ---- replacing ----------------------------------------------------------- */

/* The descriptor of a file to come, which is locked before it has the
   journal's name, so that no other process can lock it first; or -1. */
static int take(const file_writer *writer, const char **problem)
{
  int fd = fcntl(file_descriptor(writer), F_DUPFD_CLOEXEC, 0);
  *problem = fd < 0 ? strerror(errno) : lock(fd);
  return fd;
}

const char *journal_replace(journal *j, const void *bytes, size_t length)
{
  const char *problem = check(j), *untaken;
  file_writer *writer;
  int fd;
  if (problem != NULL)
    return problem;
  writer = file_replace(j->path, 0, &problem);
  if (writer == NULL)
    return problem;
  problem = file_write(writer, bytes, length);
  fd = take(writer, &untaken);
  problem = problem == NULL ? untaken : problem;
  if (problem == NULL)
    problem = file_commit(writer, 1);
  else
    file_discard(writer);
  if (problem == NULL) {
    close_file(j);
    j->fd = fd;
    j->length = (off_t)length;
    j->has_garbage = 0;
  } else if (fd >= 0) {
    close(fd);
  }
  return problem;
}
