/* rackspace.h - Rackspace's account-facing APIs for C and C++
   SPDX-License-Identifier: MIT

     rackspace *rs = rackspace_new(NULL);
     const char *ticket;
     if (rackspace_call(rs, "tickets.get", "[\"190101-00001\"]", &ticket) == 0)
       puts(ticket);
     else
       fputs(rackspace_error(rs)->message, stderr);
     rackspace_free(rs);

   A rackspace is a Lua state with the whole library inside. There may be any
   number of them, each used by one thread at a time. Texts are UTF-8 that ends
   in a NUL. What is given back belongs to the library. Functions that return
   int return 0, or -1 with the reason in rackspace_error. Functions of the
   host's that the library calls must return: no longjmp, no C++ exception. */
#ifndef RACKSPACE_H
#define RACKSPACE_H

#include <poll.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RACKSPACE_API __attribute__((visibility("default")))

typedef struct rackspace rackspace;

/* ---- making one --------------------------------------------------------- */

/* What confined scripts see of Lua's libraries beside the base ones without
   files and bytecode, coroutine, math, string, table and the clocks of os. */
enum { RACKSPACE_BASE = 1, RACKSPACE_IO = 2, RACKSPACE_OS = 4 };

/* Zero is each member's default: begin with
   rackspace_options options = RACKSPACE_OPTIONS; */
typedef struct rackspace_options {
  size_t size; /* of this struct */

  /* NULL, or name, value, name, value, ..., NULL: the session's settings as
     rackspace.new of Lua has them. A value that is no text is JSON, as in
     "timeout", "30", "sandbox", "true". What is left out comes from the
     environment and from files. */
  const char *const *settings;

  /* NULL, or the only operations there are: "accounts.*", "tickets.get", ...,
     NULL. Scripts are then confined. */
  const char *const *allow;

  /* Not 0: scripts are confined, and see these of Lua's libraries. A confined
     script has the session as `rs`, and what the host has registered: no
     files, no bytecode, no modules, no debug library and no secret. */
  unsigned libraries;

  /* Bounds of each rackspace_run_*; 0 is none. On LuaJIT they switch its
     compiler off, without which it could not count. */
  unsigned long instructions;
  double seconds;

  /* The most bytes that Lua and the bodies of requests and answers may hold;
     0 is no bound. libcurl's own memory is not counted, nor what lua-cjson
     loses when this is reached in the midst of an answer: a buffer of the size
     of its body. A confined script that reached it has lost its globals. */
  size_t memory;

  /* NULL: malloc's. Otherwise realloc, or free where size is 0; old_size is
     of what the pointer has, and of no meaning without one. */
  void *(*allocate)(void *user, void *pointer, size_t old_size, size_t size);

  /* NULL, or what is told of each request, a line without secrets. */
  void (*log)(void *user, const char *line);

  void *user; /* the first argument of both */
} rackspace_options;

#define RACKSPACE_OPTIONS                                \
  {                                                      \
    sizeof(rackspace_options), 0, 0, 0, 0, 0, 0, 0, 0, 0 \
  }

/* Makes one; NULL is all defaults. NULL with errno ENOMEM when there is no
   memory, EINVAL for options that this version can't have. Whether the settings
   are right is told by the first call. */
RACKSPACE_API rackspace *rackspace_new(const rackspace_options *options);

/* Cancels what is in flight and gives everything back. NULL is allowed. */
RACKSPACE_API void rackspace_free(rackspace *rs);

/* ---- calling ------------------------------------------------------------ */

/* Calls an operation, "service.operation", and waits. The arguments are JSON,
   or NULL for none: an object has them by name, parameters included; an array
   by place, the parameters' object last. The result is JSON, good until the
   next call. A list gives one page of it: { "items": [...], "cursor": "..." },
   and goes on from there when that cursor is among the parameters. */
RACKSPACE_API int rackspace_call(rackspace *rs, const char *operation,
                                 const char *arguments, const char **result);

/* Calls a list and hands over page after page, each an array, until there is
   no more or on_page returns something other than 0. */
RACKSPACE_API int rackspace_pages(rackspace *rs, const char *operation,
                                  const char *arguments,
                                  int (*on_page)(void *user, const char *page),
                                  void *user);

/* Starts a call and does not wait. rackspace_poll calls on_end, once: with the
   result, or with NULL and the reason in rackspace_error. */
RACKSPACE_API int
rackspace_start(rackspace *rs, const char *operation, const char *arguments,
                void (*on_end)(void *user, const char *result), void *user);

/* For a host with a loop: lets the calls that were started get on, without
   waiting. Tells what to wait for until it is called again: descriptors, of
   which at most *count are written to fds, and *count is how many there are;
   and a time-out in milliseconds, -1 for none. Returns how many calls are not
   at their end yet, or -1. */
RACKSPACE_API int rackspace_poll(rackspace *rs, struct pollfd *fds,
                                 size_t *count, int *timeout);

/* ---- scripts ------------------------------------------------------------ */

/* Runs a script, which has the session as `rs` where there were options. */
RACKSPACE_API int rackspace_run_file(rackspace *rs, const char *path);
RACKSPACE_API int rackspace_run_string(rackspace *rs, const char *script);

/* Gives scripts a function. It is called with its arguments as a JSON array;
   what it leaves in *result is JSON and its value, or the message of an error
   when it does not return 0. */
RACKSPACE_API int rackspace_register(rackspace *rs, const char *name,
                                     int (*function)(void *user,
                                                     const char *arguments,
                                                     const char **result),
                                     void *user);

/* Ends the script or the call that runs; when there is none, the next one.
   For any thread and any signal handler, while there is the rackspace. On
   LuaJIT without bounds, a compiled loop that calls nothing does not end. */
RACKSPACE_API void rackspace_interrupt(rackspace *rs);

/* ---- errors, versions --------------------------------------------------- */

typedef struct rackspace_fault {
  /* The error's kind as in Lua ("not_found", "throttled", ...; "refused" is
     also a bound that was reached, "cancelled" also an interrupt); "usage" for
     wrong arguments, "script" for a script's own error, "memory"; or "". */
  const char *kind;
  long status;         /* HTTP's, or 0 */
  const char *message; /* a line; a script's own error has a traceback */
} rackspace_fault;

/* Of the last function that failed. Never NULL; good until the next call. */
RACKSPACE_API const rackspace_fault *rackspace_error(const rackspace *rs);

/* "0.1.0" */
RACKSPACE_API const char *rackspace_version(void);

/* ---- hosts that know Lua ------------------------------------------------ */

struct lua_State;

/* The state inside, for functions of the host's own. */
RACKSPACE_API struct lua_State *rackspace_lua(rackspace *rs);

/* For a host with a Lua of its own: makes require("rackspace") work there. In
   the library rackspace_open alone, which carries no Lua; as a lua_CFunction,
   it gives nothing. */
RACKSPACE_API int rackspace_open(struct lua_State *L);

#ifdef __cplusplus
}
#endif

#endif
