/* late_httpd.h - libmicrohttpd, loaded with the module rackspace.httpd */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LATE_HTTPD_H
#define RACKSPACE_LATE_HTTPD_H

#pragma GCC visibility push(hidden)

/* late_load for libmicrohttpd. */
const char *late_httpd_load(void);

#pragma GCC visibility pop

#endif
