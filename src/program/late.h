/* late.h - a library of the program's, loaded when it is first asked for */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LATE_H
#define RACKSPACE_LATE_H

#pragma GCC visibility push(hidden)

/* The program holds what few of its runs need: help, completion and many a
   script send nothing, and fewer serve a sandbox. libcurl and libmicrohttpd
   want thirty other libraries, which cost the dynamic linker more than all
   that the program itself does in its first moments. So it is not linked to
   them: it has functions of the same names, which lead to theirs. */

typedef struct late_function {
  const char *name;
  void *place; /* of the pointer to it */
} late_function;

/* Functions of a list: for each, whether its value is returned, its type, its
   name, its parameters and its arguments. */
/* NOLINTBEGIN(bugprone-macro-parentheses): none may stand around a type */
#define LATE_FUNCTION(returns, type, name, parameters, arguments) \
  static type(*late_##name) parameters;                           \
  type name parameters                                            \
  {                                                               \
    returns late_##name arguments;                                \
  }

/* NOLINTEND(bugprone-macro-parentheses) */

/* An entry in the table of what is to be found. */
#define LATE_PLACE(name) {#name, &late_##name},
#define LATE_ENTRY(returns, type, name, parameters, arguments) LATE_PLACE(name)

typedef struct late_library {
  const char *file;
  const late_function *functions; /* behind the last, one without a name */
  int is_loaded;
} late_library;

/* Loads a library, the first time, and finds its functions. Where it can't, it
   ends the program, as the dynamic linker would have done at the start. Only
   the thread that runs Lua may call it. */
void late_load(late_library *library);

#pragma GCC visibility pop
#endif
