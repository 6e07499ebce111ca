/* answer.h - an answer as libmicrohttpd sends it */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_ANSWER_H
#define RACKSPACE_ANSWER_H

#include <microhttpd.h>

#include "httpd/httpd.h"

#pragma GCC visibility push(hidden)

/* Makes a response of an answer; NULL, and a message, when that fails. */
struct MHD_Response *answer_make(const httpd_answer *answer,
                                 char message[HTTPD_MESSAGE]);

#pragma GCC visibility pop

#endif
