/* late.c - a shared library that the program loads at its first use */
/* SPDX-License-Identifier: MIT */
#include "program/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* Returns 0, or -1 when the library lacks a function. */
static int find_functions(const late_function *at, void *handle)
{
  for (; at->name != NULL; at++) {
    void *function = dlsym(handle, at->name);
    if (function == NULL)
      return -1;
    memcpy(at->pointer, &function, sizeof function);
  }
  return 0;
}

/* The dynamic linker's own text begins with the file. */
static const char *describe_failure(late_library *library)
{
  snprintf(library->message, sizeof library->message, "%s; install %s",
           dlerror(), library->name);
  return library->message;
}

/* A library stays loaded, as it can't always undo what it has started. */
const char *late_load(late_library *library)
{
  void *handle;
  if (library->is_loaded)
    return NULL;
  handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL || find_functions(library->functions, handle) != 0)
    return describe_failure(library);
  library->is_loaded = 1;
  return NULL;
}
