/* file.h - reads files and replaces them whole */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_FILE_H
#define RACKSPACE_FILE_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

/* A `problem` is a text that says why a file cannot be used, valid until the
   next call; NULL means success. */

/* The problem of a file that does not exist, when it is to be read. */
extern const char file_absent[];

/* The problem of a file that exists, when it has to be a new one. */
extern const char file_taken[];

typedef struct file_facts {
  unsigned mode;  /* permission bits */
  double size;    /* bytes */
  int is_trusted; /* this user or root owns it, and links that lead to it */
} file_facts;

/* Opens a regular file for reading, following symbolic links. Never waits: a
   named pipe is refused. Returns a descriptor, or -1 with errno and the problem
   set. */
int file_open(const char *path, file_facts *facts, const char **problem);

/* What there is at a path: FILE_SPECIAL is a device, a pipe or the like, and a
   link that is not followed; FILE_UNKNOWN what can't be looked at (errno says
   why). */
typedef enum file_kind {
  FILE_NONE,
  FILE_REGULAR,
  FILE_FOLDER,
  FILE_SPECIAL,
  FILE_UNKNOWN
} file_kind;

file_kind file_kind_of(const char *path, int follows);

/* Appends a regular file to a buffer, within the buffer's limit. The facts are
   those of the descriptor that was read. Returns the problem. */
const char *file_read(const char *path, buffer *out, file_facts *facts);

/* ---- files that are private: the folder and the file belong to this user,
   have no permissions for others, and are not symbolic links ---- */

/* Appends a private file to a buffer, within the buffer's limit. Returns the
   problem. */
const char *file_read_private(const char *folder, const char *name,
                              buffer *out);

/* Replaces a private file; anything else in its place, such as a link or a
   device, is left there. Makes missing folders with mode 700. Returns the
   problem. */
const char *file_write_private(const char *folder, const char *name,
                               const void *bytes, size_t length);

/* ---- replacing ---- */

/* A file that is being replaced. The bytes go to a temporary file beside it,
   with mode 600 and a name that cannot be predicted, which takes the file's
   place when it is committed. The process that opened the writer commits it:
   in a forked child it only lets its descriptors go. */
typedef struct file_writer file_writer;

/* Options of file_replace. FILE_NEW: no file is replaced, not even one that
   appears before the commit. FILE_PROMPT: a pipe is not waited for; one that
   nobody reads is refused. */
enum { FILE_NEW = 1, FILE_PROMPT = 2 };

/* Starts to replace a file. A symbolic link of this user or of root is
   followed, and its target replaced. What exists and is not a regular file,
   such as a device or a pipe, is written to instead. NULL, and the problem,
   when that is not possible. */
file_writer *file_replace(const char *path, int options, const char **problem);

/* The descriptor that the bytes go to, which is the writer's. */
int file_descriptor(const file_writer *writer);

/* Appends bytes. Returns the problem. */
const char *file_write(file_writer *writer, const void *bytes, size_t length);

/* Puts the new file in its place and frees the writer; `is_synced` says
   whether to wait until a disk has it, as for what must survive a loss of
   power. Returns the problem; the old file is as it was then. */
const char *file_commit(file_writer *writer, int is_synced);

/* Whether what is written goes to a device or a pipe, and can't be taken back.
 */
int file_is_in_place(const file_writer *writer);

/* Removes the temporary file and frees the writer. */
void file_discard(file_writer *writer);

/* Makes an empty file of mode 600 in a folder; `path` is set to its path. Its
   name is the given beginning and 16 hexadecimal digits that cannot be
   predicted. Returns the problem. */
const char *file_make_temporary(const char *folder, const char *beginning,
                                char *path, size_t room);

/* ---- locks ---- */

/* Locks a folder against other callers of file_lock, in this process and in
   others, for a change that reads a file first. Makes missing folders with
   mode 700. Waits two seconds at most. Where the file system has no locks, it
   succeeds without one. Returns a descriptor, or -1 and the problem. */
int file_lock(const char *folder, const char **problem);

void file_unlock(int lock);

#pragma GCC visibility pop

#endif
