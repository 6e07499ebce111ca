/* late.c - a library of the program's, loaded when it is first asked for */
/* SPDX-License-Identifier: MIT */
#include "late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNUSABLE = 127 }; /* the dynamic linker's exit code */

static void *need(void *found)
{
  if (found == NULL) {
    fprintf(stderr, "rackspace: %s\n", dlerror());
    exit(UNUSABLE);
  }
  return found;
}

/* It stays loaded: what it has started can't all be ended. */
void late_load(const char *library, const late_function *functions,
               size_t count)
{
  void *handle = need(dlopen(library, RTLD_NOW | RTLD_LOCAL));
  size_t i;
  for (i = 0; i < count; i++) {
    void *function = need(dlsym(handle, functions[i].name));
    memcpy(functions[i].place, &function, sizeof function);
  }
}
