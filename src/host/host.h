/* host.h - the state of one rackspace, shared by the files of this folder */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HOST_H
#define RACKSPACE_HOST_H

#include <stdint.h>

#include "base/budget.h"
#include "host/fault.h"
#include "lua/compat.h"
#include "rackspace.h"

struct started_call;

/* After rackspace_new, a field is only written by the file named last in its
   comment. */
struct rackspace {
  /* The main thread of the Lua state; NULL before it is opened. host.c */
  lua_State *main;

  /* The thread that functions of the interface run in: main, or the coroutine
     that is calling a registered function. function.c */
  lua_State *L;

  /* The options of rackspace_new, with defaults filled in. run.c lifts the
     ceiling `memory` while it resets the state. host.c */
  rackspace_options options;

  /* How many functions of the interface and of the host run, and whether the
     host has freed it meanwhile: it is freed when the last of the interface's
     returns. host.c; the first one is counted by all that call the host */
  int entered, is_freed;

  /* Whether options were given at all: without them, scripts have no `rs`.
     host.c */
  int has_options;

  /* Whether scripts have globals of their own. host.c */
  int is_confined;

  /* Bytes that the Lua state holds. bounds.c */
  size_t used;

  /* After the ceiling was hit: the number of bytes that `used` must fall to
     before more memory is given; 0 otherwise. bounds.c */
  size_t threshold;

  /* Bytes of the blocks among these that are large. bounds.c */
  size_t large;

  /* Whether the last large block came slowly, within the instructions since
     the last check. bounds.c */
  int is_growing_slowly;

  /* Bytes that a table has for each key that is none of a list, and the most
     such keys of a table; 0: there is no such limit. Set by bounds_open. */
  size_t key_size, most_keys;

  /* Whether memory has been refused since the current run began, and whether
     it was for a table's keys. bounds.c sets them. run.c */
  int has_run_out, has_run_out_of_keys;

  /* The thread that runs, as far as is known; NULL at first. bounds.c */
  lua_State *running;

  /* Where the C stack was when the current run began; 0: nothing runs. run.c */
  uintptr_t stack;

  /* Counts instructions and seconds of the current run, and receives
     interrupts; its limits are set by bounds.c. run.c */
  budget budget;

  /* The last error, as rackspace_error returns it. fault.c */
  fault fault;

  /* The last result that was handed out (malloc), or NULL. call.c */
  char *result;

  /* The started calls that have not ended, newest first. started.c */
  struct started_call *calls;

  /* The identifier of the newest started call; 0: none yet. started.c */
  int last_id;
};

#pragma GCC visibility push(hidden)

/* Begins a function of the interface. Returns 0; or -1 with the fault set,
   where an argument is NULL that must not be, `missing`, and where there is no
   rackspace any more. */
int host_enter(rackspace *rs, const char *missing);

/* Ends it, and returns its status; -1 when the host has freed the rackspace
   meanwhile, which is done now. */
int host_leave(rackspace *rs, int status);

#pragma GCC visibility pop

#endif
