/* late.c - a library of the program's, loaded when it is first asked for */
/* SPDX-License-Identifier: MIT */
#include "program/late.h"

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
void late_load(late_library *library)
{
  const late_function *at = library->functions;
  void *handle;
  if (library->is_loaded)
    return;
  handle = need(dlopen(library->file, RTLD_NOW | RTLD_LOCAL));
  for (; at->name != NULL; at++) {
    void *function = need(dlsym(handle, at->name));
    memcpy(at->place, &function, sizeof function);
  }
  library->is_loaded = 1;
}
