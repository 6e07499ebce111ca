/* rackspace.h - Rackspace's account-facing APIs for C and C++
   SPDX-License-Identifier: MIT

     rackspace *rs = rackspace_new(NULL);
     const char *ticket;
     if (rackspace_call(rs, "tickets.get", "[\"190101-00001\"]", &ticket) == 0)
       puts(ticket);
     else
       fputs(rackspace_error(rs)->message, stderr);
     rackspace_free(rs);

   A rackspace is a Lua state that holds the whole library. A process may have
   any number of them; each is used by one thread at a time. Strings are UTF-8
   and end in a NUL. Returned strings belong to the library. Functions that
   return int return 0, or -1 with the reason in rackspace_error. NULL for what
   must be there is an error of the kind "usage". Callbacks must return to the
   library: no longjmp, no C++ exception. */
#ifndef RACKSPACE_H
#define RACKSPACE_H

#include <poll.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RACKSPACE_API __attribute__((visibility("default")))

typedef struct rackspace rackspace;

/* ---- creating ----------------------------------------------------------- */

/* Lua's libraries for confined scripts. RACKSPACE_BASE has coroutine, math,
   string, table, the clock and date functions of os, and the base functions but
   those that read files or bytecode; the others add io and all of os to it. */
enum { RACKSPACE_BASE = 1, RACKSPACE_IO = 2, RACKSPACE_OS = 4 };

/* Zero is the default of each member but `size`. Begin with
   rackspace_options options = RACKSPACE_OPTIONS; */
typedef struct rackspace_options {
  size_t size; /* of this struct */

  /* NULL, or name, value, name, value, ..., NULL: the session's settings, as
     rackspace.new takes them in Lua. Values other than strings are JSON, as in
     "timeout", "30", "sandbox", "true". Settings that are left out are read
     from the environment and from files. */
  const char *const *settings;

  /* NULL, or the only operations that are allowed: "accounts.*",
     "tickets.get", ..., NULL. Scripts are then confined. */
  const char *const *allow;

  /* If not 0, scripts are confined and have these of Lua's libraries. A
     confined script has the session as `rs` and the functions that the host
     registers; it has no files, bytecode, modules, debug library or secrets. */
  unsigned libraries;

  /* Limits of each rackspace_run_*; 0 is none. What Lua's functions do in C
     counts as instructions, and so does the time of a slow instruction: one for
     each 20 ns. Under LuaJIT limits switch the compiler off, as compiled code
     can't be counted. SECURITY.md tells what limits can't do, and how large a
     confined script's tables may be under them. */
  unsigned long instructions;
  double seconds;

  /* The most bytes that the Lua state and the bodies of requests and responses
     may hold; 0 is no limit. Not counted are libcurl's own memory, up to 1 MiB
     that freeing values may take at the limit, and a buffer of the size of a
     body that lua-cjson leaks when the limit is reached while it decodes. */
  size_t memory;

  /* NULL for malloc, realloc and free. Otherwise a function that does what
     realloc does, and frees when size is 0. old_size is the size of the block
     at pointer; ignore it when pointer is NULL. */
  void *(*allocate)(void *user, void *pointer, size_t old_size, size_t size);

  /* NULL, or a function that gets a line, without secrets, for each request. */
  void (*log)(void *user, const char *line);

  void *user; /* the first argument of allocate and log */
} rackspace_options;

#define RACKSPACE_OPTIONS {sizeof(rackspace_options), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/* Creates a rackspace; NULL stands for default options. Returns NULL with errno
   ENOMEM when memory ran out, or EINVAL for options that this version doesn't
   know, or ENOTSUP where the program exports another Lua than the library's,
   which rackspace_error(NULL) tells. Wrong settings are reported by the first
   call. */
RACKSPACE_API rackspace *rackspace_new(const rackspace_options *options);

/* Cancels the calls in flight and frees everything. NULL is allowed. In a
   callback, it ends what runs, and frees when the function that called back
   returns, which is then -1. A started call that is cancelled so is not
   reported. */
RACKSPACE_API void rackspace_free(rackspace *rs);

/* ---- calling ------------------------------------------------------------ */

/* Calls an operation, "service.operation", and waits for its result. The
   arguments are JSON, or NULL for none: an object of arguments and parameters
   by name, or an array of arguments by position with an object of parameters
   last. The result is JSON, valid until the next call. The result of a list is
   its first page, { "items": [...], "cursor": "..." }; with that cursor among
   the parameters it is the next page. */
RACKSPACE_API int rackspace_call(rackspace *rs, const char *operation,
                                 const char *arguments, const char **result);

/* Calls a list and passes each page, a JSON array, to on_page, until the last
   one or until on_page returns a value other than 0. */
RACKSPACE_API int rackspace_pages(rackspace *rs, const char *operation,
                                  const char *arguments,
                                  int (*on_page)(void *user, const char *page),
                                  void *user);

/* Starts a call without waiting. rackspace_poll calls on_end once, with the
   result, or with NULL and the reason in rackspace_error. */
RACKSPACE_API int
rackspace_start(rackspace *rs, const char *operation, const char *arguments,
                void (*on_end)(void *user, const char *result), void *user);

/* For a host with an event loop: lets the started calls proceed, without
   waiting, for some milliseconds at most. Writes the descriptors to wait for to
   fds, at most *count of them, sets *count to how many there are, and *timeout
   to the milliseconds after which to call again at the latest, or -1. There is
   one at most, the same until rackspace_free. Returns the number of calls that
   have not ended, or -1. */
RACKSPACE_API int rackspace_poll(rackspace *rs, struct pollfd *fds,
                                 size_t *count, int *timeout);

/* ---- scripts ------------------------------------------------------------ */

/* Runs a script. It has the session as `rs` if rackspace_new got options. Each
   run of a confined script has new globals. */
RACKSPACE_API int rackspace_run_file(rackspace *rs, const char *path);
RACKSPACE_API int rackspace_run_string(rackspace *rs, const char *script);

/* Makes a function of the host callable by scripts, as a global. It gets its
   arguments as a JSON array. When it returns 0, *result is its value as JSON,
   or NULL for nil; otherwise *result is the message of the error that the
   script gets. */
RACKSPACE_API int rackspace_register(rackspace *rs, const char *name,
                                     int (*function)(void *user,
                                                     const char *arguments,
                                                     const char **result),
                                     void *user);

/* Stops the running script or call, or the next one when none runs. May be
   called from any thread and any signal handler until rackspace_free. Under
   LuaJIT without limits, a compiled loop that calls nothing is not stopped. */
RACKSPACE_API void rackspace_interrupt(rackspace *rs);

/* ---- errors, versions --------------------------------------------------- */

typedef struct rackspace_fault {
  /* The error's kind as in Lua: "not_found", "throttled", ... "refused" is also
     a limit of instructions or time that was reached, "cancelled" also an
     interrupt. Beside these: "usage" for wrong arguments, "script" for an error
     of the script, "memory"; and "" before the first error. */
  const char *kind;
  long status;         /* the HTTP status, or 0 */
  const char *message; /* one line; with a traceback for errors of scripts */
} rackspace_fault;

/* Returns the error of the last function that failed. Never NULL; valid until
   the next call. */
RACKSPACE_API const rackspace_fault *rackspace_error(const rackspace *rs);

/* Returns the version, such as "0.1.0". */
RACKSPACE_API const char *rackspace_version(void);

/* ---- hosts that know Lua ------------------------------------------------ */

struct lua_State;

/* Returns the Lua state, to which the host may add functions of its own. */
RACKSPACE_API struct lua_State *rackspace_lua(rackspace *rs);

/* For a host with a Lua of its own: makes require("rackspace") work in that
   state. A lua_CFunction without results. Only in the library rackspace_open,
   which contains no Lua. */
RACKSPACE_API int rackspace_open(struct lua_State *L);

#ifdef __cplusplus
}
#endif

#endif
