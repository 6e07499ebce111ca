/* trust.h - advice for a TLS connection that failed */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_TRUST_H
#define RACKSPACE_TRUST_H

#include <curl/curl.h>

#pragma GCC visibility push(hidden)

/* Text to append to the message of a failed transfer, or "". */
const char *trust_advice(CURL *easy, CURLcode code);

#pragma GCC visibility pop

#endif
