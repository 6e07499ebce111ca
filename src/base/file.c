/* file.c - reads files and replaces them whole */
/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/regular.h"
#include "base/secret.h"

enum {
  PATH_LIMIT = 4096,
  BLOCK_SIZE = 8192,
  TEMPORARY_SIZE = 256,
  LINK_LIMIT = 40,
  LOCK_ATTEMPTS = 200
};

static const double lock_pause = 0.01; /* seconds between attempts */

const char file_absent[] = "there is no such file";
const char file_taken[] = "there is a file already";

static const char *const no_memory = "not enough memory";
static const char *const not_plain = "it is no plain file";

/* ---- private folders and files ------------------------------------------ */

static const char *reading_problem(void)
{
  return errno == ENOENT ? file_absent : strerror(errno);
}

/* Why an open file or folder is not private, or NULL. */
static const char *privacy_problem(int fd, mode_t type)
{
  struct stat status;
  if (fstat(fd, &status) != 0)
    return reading_problem();
  if ((status.st_mode & S_IFMT) != type)
    return type == S_IFDIR ? "it is no folder" : not_plain;
  if (status.st_uid != geteuid())
    return "it belongs to somebody else";
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return type == S_IFDIR ? "it is open to others (chmod 700 closes it)"
                           : "it is open to others (chmod 600 closes it)";
  return NULL;
}

/* Takes what open() returned: the descriptor, or -1 and the problem. */
static int check_privacy(int fd, mode_t type, const char **problem)
{
  *problem = fd < 0 ? reading_problem() : privacy_problem(fd, type);
  if (*problem == NULL)
    return fd;
  if (fd >= 0)
    close(fd);
  return -1;
}

static int open_private_folder(const char *path, const char **problem)
{
  int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  return check_privacy(open(path, flags), S_IFDIR, problem);
}

/* O_NONBLOCK: a pipe in the file's place must not be waited for. */
static int open_private_file(int folder, const char *name, const char **problem)
{
  int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  return check_privacy(openat(folder, name, flags), S_IFREG, problem);
}

/* Makes a folder and those above it, unless they exist. */
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

static int make_private_folder(const char *path, const char **problem)
{
  int fd = open_private_folder(path, problem);
  if (*problem != file_absent)
    return fd;
  *problem = make_folders(path);
  return *problem != NULL ? -1 : open_private_folder(path, problem);
}

/* ---- links -------------------------------------------------------------- */

static int is_trusted(const struct stat *status)
{
  return status->st_uid == geteuid() || status->st_uid == 0;
}

/* Replaces the last part of a path, or all of it by an absolute target. */
static const char *redirect(char path[PATH_LIMIT], const char *target)
{
  char *slash = strrchr(path, '/');
  size_t kept =
      *target == '/' || slash == NULL ? 0 : (size_t)(slash + 1 - path);
  if (kept + strlen(target) >= PATH_LIMIT)
    return strerror(ENAMETOOLONG);
  strcpy(path + kept, target);
  return NULL;
}

/* Follows the symbolic links that a path ends in, and replaces it by their
   target. Those of other users are
   refused: they could lead to any file of this one. */
static const char *follow_links(char path[PATH_LIMIT])
{
  const char *problem = NULL;
  int i;
  for (i = 0; i < LINK_LIMIT && problem == NULL; i++) {
    char target[PATH_LIMIT];
    struct stat status;
    ssize_t length;
    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
      return NULL;
    if (!is_trusted(&status))
      return "it is another user's symbolic link";
    length = readlink(path, target, sizeof target - 1);
    if (length < 0)
      return strerror(errno);
    target[length] = '\0';
    problem = redirect(path, target);
  }
  return problem != NULL ? problem : strerror(ELOOP);
}

static const char *copy_path(char copy[PATH_LIMIT], const char *path)
{
  copy[0] = '\0';
  return redirect(copy, path);
}

/* Whether a path ends in a symbolic link of another user. */
static int leads_through_others(const char *path)
{
  char copy[PATH_LIMIT];
  return copy_path(copy, path) != NULL || follow_links(copy) != NULL;
}

/* ---- reading ------------------------------------------------------------ */

/* read(), repeated when a signal interrupts it. */
static ssize_t read_some(int fd, void *bytes, size_t room)
{
  ssize_t count;
  do
    count = read(fd, bytes, room);
  while (count < 0 && errno == EINTR);
  return count;
}

/* Reads to the end and closes. */
static const char *read_all(int fd, buffer *out)
{
  char block[BLOCK_SIZE];
  ssize_t count = 0;
  int status = BUFFER_OK;
  const char *problem = NULL;
  while (status == BUFFER_OK &&
         (count = read_some(fd, block, sizeof block)) > 0)
    status = buffer_add(out, block, (size_t)count);
  if (status != BUFFER_OK)
    problem = status == BUFFER_FULL ? "it is too long" : no_memory;
  else if (count < 0)
    problem = strerror(errno);
  secret_wipe(block, sizeof block);
  close(fd);
  return problem;
}

const char *file_read_private(const char *folder, const char *name, buffer *out)
{
  const char *problem;
  int fd, within = open_private_folder(folder, &problem);
  if (within < 0)
    return problem;
  fd = open_private_file(within, name, &problem);
  close(within);
  return fd < 0 ? problem : read_all(fd, out);
}

static void note_facts(file_facts *facts, const char *path,
                       const struct stat *status)
{
  facts->mode = status->st_mode & 07777;
  facts->size = (double)status->st_size;
  facts->is_trusted = is_trusted(status) && !leads_through_others(path);
}

int file_open(const char *path, file_facts *facts, const char **problem)
{
  struct stat status;
  int fd = regular_open(path, &status, problem);
  if (fd >= 0)
    note_facts(facts, path, &status);
  return fd;
}

/* What a path leads to by stat or lstat, whose result is `status`. */
static file_kind kind_of(int result, const struct stat *status)
{
  if (result != 0)
    return errno == ENOENT || errno == ENOTDIR ? FILE_NONE : FILE_UNKNOWN;
  if (S_ISREG(status->st_mode))
    return FILE_REGULAR;
  return S_ISDIR(status->st_mode) ? FILE_FOLDER : FILE_SPECIAL;
}

file_kind file_kind_of(const char *path, int follows)
{
  struct stat status;
  int result = follows ? stat(path, &status) : lstat(path, &status);
  return kind_of(result, &status);
}

const char *file_read(const char *path, buffer *out, file_facts *facts)
{
  const char *problem;
  int fd = file_open(path, facts, &problem);
  if (fd >= 0)
    return read_all(fd, out);
  return errno == ENOENT || errno == ENOTDIR ? file_absent : problem;
}

/* ---- replacing ---------------------------------------------------------- */

struct file_writer {
  int fd;
  int folder;                     /* or -1: `fd` is the file itself */
  int is_new;                     /* the file must not exist yet */
  pid_t owner;                    /* the process that opened it */
  char temporary[TEMPORARY_SIZE]; /* its name in the folder, or "" */
  char name[];                    /* of the file in the folder */
};

static const char *const temporary_beginning = ".rackspace-";

/* A name that no other process can predict. */
static const char *choose_name(const char *beginning, char name[TEMPORARY_SIZE])
{
  uint32_t random[2];
  int length;
  if (RAND_bytes((unsigned char *)random, sizeof random) != 1)
    return "there are no random numbers";
  length = snprintf(name, TEMPORARY_SIZE, "%s%08lx%08lx", beginning,
                    (unsigned long)random[0], (unsigned long)random[1]);
  return length < TEMPORARY_SIZE ? NULL : strerror(ENAMETOOLONG);
}

/* Makes a new file in a folder: its descriptor, or -1 and the problem. */
static int make_temporary(int folder, const char *beginning,
                          char name[TEMPORARY_SIZE], const char **problem)
{
  int fd = -1, flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  *problem = choose_name(beginning, name);
  if (*problem == NULL) {
    fd = openat(folder, name, flags, S_IRUSR | S_IWUSR);
    *problem = fd < 0 ? strerror(errno) : NULL;
  }
  if (fd < 0)
    name[0] = '\0';
  return fd;
}

static file_writer *writer_new(int fd, int folder, const char *name)
{
  size_t size = strlen(name) + 1;
  file_writer *writer = malloc(sizeof *writer + size);
  if (writer == NULL)
    return NULL;
  writer->fd = fd;
  writer->folder = folder;
  writer->is_new = 0;
  writer->owner = getpid();
  writer->temporary[0] = '\0';
  memcpy(writer->name, name, size);
  return writer;
}

/* Starts to replace a file in an open folder, which becomes the writer's. */
static file_writer *replace_in(int folder, const char *name,
                               const char **problem)
{
  file_writer *writer = writer_new(-1, folder, name);
  if (writer == NULL) {
    close(folder);
    *problem = no_memory;
    return NULL;
  }
  writer->fd =
      make_temporary(folder, temporary_beginning, writer->temporary, problem);
  if (writer->fd >= 0)
    return writer;
  file_discard(writer);
  return NULL;
}

static file_writer *replace_regular(char path[PATH_LIMIT], const char **problem)
{
  char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
  int folder;
  if (*name == '\0') {
    *problem = strerror(*path == '\0' ? ENOENT : EISDIR);
    return NULL;
  }
  if (slash != NULL)
    *slash = '\0';
  folder = open(slash == NULL   ? "."
                : slash == path ? "/"
                                : path,
                O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0)
    return replace_in(folder, name, problem);
  *problem = strerror(errno);
  return NULL;
}

/* Opens a device or a pipe: a descriptor, or -1 and the problem. A regular file
   that has taken its place meanwhile is refused: it would not be replaced. */
static int open_in_place(const char *path, int options, const char **problem)
{
  int waits = (options & FILE_PROMPT) == 0;
  int fd =
      open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK));
  struct stat status;
  int ok = fd >= 0 && fstat(fd, &status) == 0;
  *problem = NULL;
  if (ok && S_ISREG(status.st_mode))
    *problem = "it was replaced meanwhile";
  else if (!ok || (!waits && fcntl(fd, F_SETFL, O_WRONLY) != 0))
    *problem = strerror(errno);
  if (*problem != NULL && fd >= 0)
    close(fd);
  return *problem == NULL ? fd : -1;
}

static file_writer *write_in_place(const char *path, int options,
                                   const char **problem)
{
  int fd = open_in_place(path, options, problem);
  file_writer *writer = fd >= 0 ? writer_new(fd, -1, "") : NULL;
  if (fd >= 0 && writer == NULL) {
    close(fd);
    *problem = no_memory;
  }
  return writer;
}

file_writer *file_replace(const char *path, int options, const char **problem)
{
  char copy[PATH_LIMIT];
  file_kind kind = file_kind_of(path, 1);
  file_writer *writer;
  *problem = copy_path(copy, path);
  if (*problem == NULL)
    *problem = follow_links(copy);
  if (*problem == NULL && kind == FILE_REGULAR && (options & FILE_NEW) != 0)
    *problem = file_taken;
  if (*problem != NULL)
    return NULL;
  if (kind == FILE_SPECIAL || kind == FILE_FOLDER)
    return write_in_place(path, options, problem);
  writer = replace_regular(copy, problem);
  if (writer != NULL)
    writer->is_new = (options & FILE_NEW) != 0;
  return writer;
}

int file_descriptor(const file_writer *writer)
{
  return writer->fd;
}

const char *file_write(file_writer *writer, const void *bytes, size_t length)
{
  const char *from = bytes;
  while (length > 0) {
    ssize_t count = write(writer->fd, from, length);
    if (count < 0 && errno != EINTR)
      return strerror(errno);
    if (count > 0) {
      from += count;
      length -= (size_t)count;
    }
  }
  return NULL;
}

/* Not every file system can wait for its disk. */
static const char *sync_file(int fd)
{
  int status;
  do
    status = fsync(fd);
  while (status != 0 && errno == EINTR);
  return status == 0 || errno == EINVAL ? NULL : strerror(errno);
}

static int is_owner(const file_writer *writer)
{
  return writer->owner == getpid();
}

/* A disk may say only here that it was full. */
static const char *close_file(file_writer *writer)
{
  int status = close(writer->fd);
  writer->fd = -1;
  return status == 0 || errno == EINTR ? NULL : strerror(errno);
}

static const char *rename_file(file_writer *writer)
{
  if (renameat(writer->folder, writer->temporary, writer->folder,
               writer->name) != 0)
    return strerror(errno);
  writer->temporary[0] = '\0';
  return NULL;
}

/* A link is made only where no file is. Not every file system has links. */
static const char *link_file(file_writer *writer)
{
  struct stat status;
  if (linkat(writer->folder, writer->temporary, writer->folder, writer->name,
             0) == 0)
    return NULL; /* file_discard removes the other name */
  if (errno == EEXIST ||
      fstatat(writer->folder, writer->name, &status, AT_SYMLINK_NOFOLLOW) == 0)
    return file_taken;
  if (errno != ENOENT)
    return strerror(errno);
  return rename_file(writer);
}

const char *file_commit(file_writer *writer, int is_synced)
{
  int is_beside = writer->folder >= 0;
  const char *problem = is_beside && is_synced ? sync_file(writer->fd) : NULL;
  const char *closing = close_file(writer);
  if (problem == NULL)
    problem = closing;
  if (problem == NULL && is_beside && !is_owner(writer))
    problem = "it was begun by another process";
  if (problem == NULL && is_beside) {
    problem = writer->is_new ? link_file(writer) : rename_file(writer);
    if (problem == NULL && is_synced)
      sync_file(writer->folder); /* the file is in its place all the same */
  }
  file_discard(writer);
  return problem;
}

int file_is_in_place(const file_writer *writer)
{
  return writer->folder < 0;
}

void file_discard(file_writer *writer)
{
  if (writer == NULL)
    return;
  if (writer->fd >= 0)
    close(writer->fd);
  if (writer->temporary[0] != '\0' && is_owner(writer))
    unlinkat(writer->folder, writer->temporary, 0);
  if (writer->folder >= 0)
    close(writer->folder);
  free(writer);
}

/* Replaces a regular file only: a link, a device or a pipe in its place is
   there by somebody's will. */
static file_writer *replace_private(int within, const char *name,
                                    const char **problem)
{
  struct stat status;
  int result = fstatat(within, name, &status, AT_SYMLINK_NOFOLLOW);
  file_kind kind = kind_of(result, &status);
  if (kind == FILE_NONE || kind == FILE_REGULAR)
    return replace_in(within, name, problem);
  *problem = kind == FILE_UNKNOWN ? strerror(errno) : not_plain;
  close(within);
  return NULL;
}

const char *file_write_private(const char *folder, const char *name,
                               const void *bytes, size_t length)
{
  const char *problem;
  file_writer *writer;
  int within = make_private_folder(folder, &problem);
  if (within < 0)
    return problem;
  writer = replace_private(within, name, &problem);
  if (writer == NULL)
    return problem;
  problem = file_write(writer, bytes, length);
  if (problem == NULL)
    return file_commit(writer, 1);
  file_discard(writer);
  return problem;
}

const char *file_make_temporary(const char *folder, const char *beginning,
                                char *path, size_t room)
{
  char name[TEMPORARY_SIZE];
  const char *problem;
  int fd, within = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (within < 0)
    return strerror(errno);
  fd = make_temporary(within, beginning, name, &problem);
  if (fd >= 0) {
    int length = snprintf(path, room, "%s/%s", folder, name);
    close(fd);
    if (length < 0 || (size_t)length >= room) {
      unlinkat(within, name, 0);
      problem = strerror(ENAMETOOLONG);
    }
  }
  close(within);
  return problem;
}

/* ---- locks -------------------------------------------------------------- */

static int open_made_folder(const char *path, const char **problem)
{
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  int fd = open(path, flags);
  if (fd < 0 && errno == ENOENT) {
    *problem = make_folders(path);
    if (*problem != NULL)
      return -1;
    fd = open(path, flags);
  }
  *problem = fd < 0 ? strerror(errno) : NULL;
  return fd;
}

/* Whether a folder is locked, or cannot be: file systems of networks know no
   locks of folders. */
static int is_lock_settled(int fd)
{
  return flock(fd, LOCK_EX | LOCK_NB) == 0 ||
         (errno != EWOULDBLOCK && errno != EINTR);
}

int file_lock(const char *folder, const char **problem)
{
  int i, fd = open_made_folder(folder, problem);
  for (i = 0; fd >= 0 && i < LOCK_ATTEMPTS; i++) {
    if (is_lock_settled(fd))
      return fd;
    clock_sleep(lock_pause);
  }
  if (fd >= 0) {
    close(fd);
    *problem = "another program is changing it";
  }
  return -1;
}

void file_unlock(int lock)
{
  flock(lock, LOCK_UN);
  close(lock);
}
