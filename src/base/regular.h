/* regular.h - opens regular files */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_REGULAR_H
#define RACKSPACE_REGULAR_H

#include <sys/stat.h>

#pragma GCC visibility push(hidden)

/* Opens a regular file for reading, following symbolic links. Never waits: a
   named pipe is refused. Returns a descriptor, or -1 with errno and *problem
   set: a text, valid until the next call. */
int regular_open(const char *path, struct stat *status, const char **problem);

/* A path as a message shows it beside a reason: whole or, where it would leave
   no room for the reason, as "the file". */
const char *regular_shown(const char *path);

#pragma GCC visibility pop

#endif
