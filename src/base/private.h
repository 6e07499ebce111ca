/* private.h - files that only their owner can read or write */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_PRIVATE_H
#define RACKSPACE_PRIVATE_H

#include "base/buffer.h"

#pragma GCC visibility push(hidden)

/* Each returns NULL, or what is in the way: a text that lives until the next
   call. A folder counts when it is this user's own and open to nobody else,
   a file likewise; neither is reached by a symbolic link. */

/* What there is no file or folder for. */
extern const char private_absent[];

/* Adds a whole file to a buffer, within the buffer's limit. Returns
   private_absent when there is none. */
const char *private_read(const char *folder, const char *name, buffer *out);

/* Puts a file in its place, whole or not at all. Makes the folder, and those
   above it, where they are missing. */
const char *private_write(const char *folder, const char *name,
                          const void *bytes, size_t length);

/* Makes an empty file beside a path, in any folder, for what is to take the
   path's place when it is whole. `beside` is given the file's path. */
const char *private_beside(const char *path, char *beside, size_t room);

#pragma GCC visibility pop

#endif
