/* lbuffer.c - buffers that the garbage collector frees */
/* SPDX-License-Identifier: MIT */
#include "lua/lbuffer.h"

#include "lua/lclass.h"

#define BUFFER_CLASS "rackspace.buffer"

memory lbuffer_memory(lua_State *L)
{
  memory m;
  m.allocate = lua_getallocf(L, &m.user);
  return m;
}

buffer *lbuffer_new(lua_State *L, size_t limit)
{
  buffer *b = lua_newuserdata(L, sizeof *b);
  buffer_init(b, limit);
  b->memory = lbuffer_memory(L);
  luaL_setmetatable(L, BUFFER_CLASS);
  return b;
}

int lbuffer_push(lua_State *L, const buffer *b, int status)
{
  if (status == BUFFER_FULL)
    return luaL_error(L, "longer than %d bytes", (int)b->limit);
  if (status != BUFFER_OK)
    return luaL_error(L, "not enough memory");
  lua_pushlstring(L, b->bytes != NULL ? b->bytes : "", b->length);
  return 1;
}

static int buffer_gc(lua_State *L)
{
  buffer_free(luaL_checkudata(L, 1, BUFFER_CLASS));
  return 0;
}

static const luaL_Reg metamethods[] = {
    {"__gc", buffer_gc},
    {NULL, NULL},
};

void lbuffer_open(lua_State *L)
{
  lclass_make(L, BUFFER_CLASS, metamethods, lclass_no_methods);
}
