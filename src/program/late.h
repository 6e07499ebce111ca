/* late.h - a shared library that the program loads at its first use */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LATE_H
#define RACKSPACE_LATE_H

#pragma GCC visibility push(hidden)

/* libcurl and libmicrohttpd depend on thirty other libraries. Loading these
   takes longer than all else that `rackspace -e ''` does, and most runs need
   no server and many send nothing. So the program is not linked to the two:
   it defines their functions itself, and each calls the library's through a
   pointer that late_load sets. */

typedef struct late_function {
  const char *name;
  void *pointer; /* address of the variable that holds the function's */
} late_function;

typedef struct late_library {
  const char *file;               /* as dlopen takes it */
  const char *name;               /* what to install, for the message */
  const late_function *functions; /* the last one has no name */
  int is_loaded;                  /* set by late_load */
  char message[512];              /* why it can't be loaded */
} late_library;

/* Loads a library, unless it is loaded. Returns NULL, or a message that names
   the file, the reason and what to install. To be called before the first
   function of the library, in the thread that runs Lua. */
const char *late_load(late_library *library);

/* The definition of a function that takes the place of a library's. `returns`
   is empty for a function without a value. */
/* NOLINTBEGIN(bugprone-macro-parentheses): types can't have any */
#define LATE_FUNCTION(returns, type, name, parameters, arguments) \
  static type(*late_##name) parameters;                           \
  type name parameters                                            \
  {                                                               \
    returns late_##name arguments;                                \
  }

/* NOLINTEND(bugprone-macro-parentheses) */

/* A member of late_library.functions. */
#define LATE_ROW(name) {#name, &late_##name},
#define LATE_FUNCTION_ROW(returns, type, name, parameters, arguments) \
  LATE_ROW(name)

#pragma GCC visibility pop
#endif
