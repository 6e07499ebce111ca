/* options.h - the libcurl options of a transfer */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_OPTIONS_H
#define RACKSPACE_OPTIONS_H

#include <curl/curl.h>

#include "http/idle.h"
#include "http/transfer.h"

#pragma GCC visibility push(hidden)

/* Sets the options that all transfers have in common. */
void options_prepare(CURL *easy);

/* Sets those of one transfer on its handle. Closed sockets leave the list of
   idle ones. Returns 0, or -1 with the transfer's fault set. */
int options_set(http_transfer *t, idle *connections);

#pragma GCC visibility pop

#endif
