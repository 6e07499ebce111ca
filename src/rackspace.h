/* rackspace.h - Rackspace's account-facing APIs for C programs that carry Lua
   SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_H
#define RACKSPACE_H

#ifdef __cplusplus
extern "C" {
#endif

#define RACKSPACE_API __attribute__((visibility("default")))

struct lua_State;

/* A Lua state with everything in it: require("rackspace") works, and
   lua-cjson, the core and the sandbox are inside. One thread at a time may use
   it; any number of them can be there. */
typedef struct rackspace rackspace;

/* NULL when there is no memory. */
RACKSPACE_API rackspace *rackspace_new(void);

/* Cancels what is in flight and gives everything back. NULL is allowed. */
RACKSPACE_API void rackspace_free(rackspace *rs);

/* Runs a script, by its text or by its file. Returns 0, or -1 when it could
   not be read or raised an error. */
RACKSPACE_API int rackspace_run_string(rackspace *rs, const char *code);
RACKSPACE_API int rackspace_run_file(rackspace *rs, const char *path);

/* What the last run that failed said, with a traceback; "" when none did. */
RACKSPACE_API const char *rackspace_error(const rackspace *rs);

/* The Lua state inside, for a host that registers its own functions. */
RACKSPACE_API struct lua_State *rackspace_lua(rackspace *rs);

/* For a host with its own Lua state: makes require("rackspace") work there.
   May raise a Lua error when there is no memory. */
RACKSPACE_API void rackspace_open(struct lua_State *L);

/* "0.1.0" */
RACKSPACE_API const char *rackspace_version(void);

#ifdef __cplusplus
}
#endif

#endif
