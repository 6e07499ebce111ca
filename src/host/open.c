/* open.c - the library for hosts that have a Lua of their own */
/* SPDX-License-Identifier: MIT */
#include "lua/compat.h"
#include "lua/loader.h"
#include "rackspace.h"

int rackspace_open(struct lua_State *L)
{
  if (L == NULL)
    return -1;
  compat_checkversion(L);
  loader_open(L);
  return 0;
}

const char *rackspace_version(void)
{
  return RACKSPACE_VERSION;
}
