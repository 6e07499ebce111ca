/* started.h - calls that proceed while the host polls */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_STARTED_H
#define RACKSPACE_STARTED_H

#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* Frees the calls that have not ended, without telling the host. */
void started_free(rackspace *rs);

#pragma GCC visibility pop

#endif
