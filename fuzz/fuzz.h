/* fuzz.h - the interface of a fuzz target */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_FUZZ_H
#define RACKSPACE_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A target is a file with this one function, which passes the bytes to a
   parser. libFuzzer or replay.c calls it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts when a property of a result does not hold. */
static inline void fuzz_expect(int holds, const char *property)
{
  if (holds)
    return;
  fprintf(stderr, "fuzz: this does not hold: %s\n", property);
  abort();
}

#endif
