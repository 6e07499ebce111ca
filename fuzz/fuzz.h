/* fuzz.h - what a target is, and how it tells of a broken promise */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_FUZZ_H
#define RACKSPACE_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A target is a file with this one function: it gives foreign bytes to a
   parser. libFuzzer calls it, or replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the run when a promise about a result does not hold. */
static inline void fuzz_expect(int holds, const char *promise)
{
  if (holds)
    return;
  fprintf(stderr, "fuzz: this does not hold: %s\n", promise);
  abort();
}

#endif
