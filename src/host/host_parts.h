/* host_parts.h - what the files of librackspace share */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_HOST_PARTS_H
#define RACKSPACE_HOST_PARTS_H

#include "lua/lcore.h"
#include "rackspace.h"

#pragma GCC visibility push(hidden)

/* Where the registry has what embed/init.lua made, and the globals of
   confined scripts. */
#define HOST_EMBED "rackspace.embed"
#define HOST_GLOBALS "rackspace.globals"

struct rackspace {
  lua_State *main, *L; /* L is where the host was called from */
  rackspace_options options;
  int is_confined, has_options;
  size_t used, enough; /* bytes; see bounds.c */
  budget budget;
  rackspace_fault fault;
  char kind[24];
  char *message, *result;
  struct call *calls; /* see started.c */
  int last_id;
};

/* What one function of the host's interface has to do, and what came of it. */
typedef struct job {
  rackspace *rs;
  lua_CFunction work; /* its argument is the job */
  const char *name, *text;
  int number, status;
  struct pollfd *fds;
  size_t count, room;
  double seconds;
} job;

/* host.c: keeps a copy of a text until the next one for its place; NULL when
   there is no memory. */
const char *host_keep(char **place, const char *text);

/* Pushes what embed/init.lua makes; a host without options may never want it.
 */
void host_push_embed(lua_State *L);

/* bounds.c */
void *bounds_allocate(void *user, void *pointer, size_t old_size, size_t size);
void bounds_set(rackspace *rs);
int bounds_charge(lua_State *L);

/* fault.c: an error of the host's; one by the status of a job that has no
   value to tell it by; and what the error value at the stack's top is. */
void fault_set(rackspace *rs, const char *kind, long status,
               const char *message);
void fault_set_of_job(rackspace *rs, int status);
void fault_describe(lua_State *L, rackspace *rs, int status);

/* job.c: does a job protected, without a change of the stack. 0, or -1. */
int job_perform(job *j, lua_CFunction work, int is_counted);

/* Calls a method of embed/init.lua, whose arguments are on the stack; and
   pushes those of a call: operation, JSON or nil. */
void job_call_method(lua_State *L, const char *name, int count, int results);
void job_push_call(lua_State *L, const job *j);

/* Keeps the text at an index as the host's result. */
void job_keep_result(lua_State *L, rackspace *rs, int index);

/* started.c */
void started_free(rackspace *rs);

#pragma GCC visibility pop

#endif
