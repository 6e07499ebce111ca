/* libcurl.h - the start of libcurl, once in a process */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LIBCURL_H
#define RACKSPACE_LIBCURL_H

#pragma GCC visibility push(hidden)

/* Initialises libcurl, the first time. Returns NULL, or why it can't be used:
   a text that lives as long as the process. For any thread. */
const char *libcurl_start(void);

#pragma GCC visibility pop

#endif
