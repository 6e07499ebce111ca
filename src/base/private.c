/* private.c - files that only their owner can read or write */
/* SPDX-License-Identifier: MIT */
#include "base/private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"

enum { PATH_LIMIT = 4096, NAME_LIMIT = 128, BLOCK_SIZE = 8192 };

const char private_absent[] = "there is no such file";

static const char *system_problem(void)
{
  return errno == ENOENT ? private_absent : strerror(errno);
}

/* What is wrong with a file or a folder that is open. */
static const char *find_problem(int fd, mode_t type)
{
  struct stat status;
  if (fstat(fd, &status) != 0)
    return system_problem();
  if ((status.st_mode & S_IFMT) != type)
    return type == S_IFDIR ? "it is no folder" : "it is no plain file";
  if (status.st_uid != geteuid())
    return "it belongs to somebody else";
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return type == S_IFDIR ? "it is open to others (chmod 700 closes it)"
                           : "it is open to others (chmod 600 closes it)";
  return NULL;
}

/* The descriptor of what openat() gave, or -1 and a problem. */
static int checked(int fd, mode_t type, const char **problem)
{
  *problem = fd < 0 ? system_problem() : find_problem(fd, type);
  if (*problem == NULL)
    return fd;
  if (fd >= 0)
    close(fd);
  return -1;
}

static int open_folder(const char *path, const char **problem)
{
  return checked(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                 S_IFDIR, problem);
}

/* A pipe in the file's place must not be waited for. */
static int open_file(int folder, const char *name, const char **problem)
{
  int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  return checked(openat(folder, name, flags), S_IFREG, problem);
}

/* Makes a folder and those above it. That one of them is there is no news. */
static const char *make_folders(const char *path)
{
  char part[PATH_LIMIT];
  size_t i, length = strlen(path);
  if (length >= sizeof part)
    return strerror(ENAMETOOLONG);
  for (i = 1; i <= length; i++) {
    if (path[i] != '/' && path[i] != '\0')
      continue;
    memcpy(part, path, i);
    part[i] = '\0';
    if (mkdir(part, S_IRWXU) != 0 && errno != EEXIST)
      return strerror(errno);
  }
  return NULL;
}

static int open_made_folder(const char *path, const char **problem)
{
  int fd = open_folder(path, problem);
  if (*problem != private_absent)
    return fd;
  *problem = make_folders(path);
  return *problem != NULL ? -1 : open_folder(path, problem);
}

/* read(), again when a signal came first. */
static ssize_t read_some(int fd, void *bytes, size_t room)
{
  ssize_t count;
  do
    count = read(fd, bytes, room);
  while (count < 0 && errno == EINTR);
  return count;
}

static const char *read_all(int fd, buffer *out)
{
  char block[BLOCK_SIZE];
  ssize_t count;
  int status = BUFFER_OK;
  while (status == BUFFER_OK &&
         (count = read_some(fd, block, sizeof block)) != 0) {
    if (count < 0)
      return strerror(errno);
    status = buffer_add(out, block, (size_t)count);
  }
  secret_wipe(block, sizeof block);
  if (status == BUFFER_OK)
    return NULL;
  return status == BUFFER_FULL ? "it is too long" : "not enough memory";
}

const char *private_read(const char *folder, const char *name, buffer *out)
{
  const char *problem;
  int fd, place = open_folder(folder, &problem);
  if (place < 0)
    return problem;
  fd = open_file(place, name, &problem);
  close(place);
  if (fd < 0)
    return problem;
  problem = read_all(fd, out);
  close(fd);
  return problem;
}

/* Writes and closes. A disk may say only at the end that it was full. */
static const char *write_all(int fd, const char *bytes, size_t length)
{
  const char *problem = NULL;
  while (length > 0 && problem == NULL) {
    ssize_t count = write(fd, bytes, length);
    if (count >= 0) {
      bytes += count;
      length -= (size_t)count;
    } else if (errno != EINTR) {
      problem = strerror(errno);
    }
  }
  if (close(fd) != 0 && problem == NULL)
    problem = strerror(errno);
  return problem;
}

/* A name that no other writer has, beside the one to be written. */
static const char *name_beside(const char *name, char *beside, size_t room)
{
  uint32_t random[2];
  int length;
  if (RAND_bytes((unsigned char *)random, sizeof random) != 1)
    return "there are no random numbers";
  length = snprintf(beside, room, "%s.%08lx%08lx", name,
                    (unsigned long)random[0], (unsigned long)random[1]);
  return length < 0 || (size_t)length >= room ? strerror(ENAMETOOLONG) : NULL;
}

/* Without a sync: after a crash of the machine the file may be cut short,
   which its reader notices, and the worst is one more log-in. */
static const char *write_beside(int folder, const char *name, const char *bytes,
                                size_t length)
{
  char beside[NAME_LIMIT];
  const char *problem = name_beside(name, beside, sizeof beside);
  int fd;
  if (problem != NULL)
    return problem;
  fd = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
              S_IRUSR | S_IWUSR);
  if (fd < 0)
    return strerror(errno);
  problem = write_all(fd, bytes, length);
  if (problem == NULL && renameat(folder, beside, folder, name) != 0)
    problem = strerror(errno);
  if (problem != NULL)
    unlinkat(folder, beside, 0);
  return problem;
}

const char *private_write(const char *folder, const char *name,
                          const void *bytes, size_t length)
{
  const char *problem;
  int place = open_made_folder(folder, &problem);
  if (place < 0)
    return problem;
  problem = write_beside(place, name, bytes, length);
  close(place);
  return problem;
}

const char *private_beside(const char *path, char *beside, size_t room)
{
  const char *problem = name_beside(path, beside, room);
  int fd;
  if (problem != NULL)
    return problem;
  fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0)
    return strerror(errno);
  close(fd);
  return NULL;
}
