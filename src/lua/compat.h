/* compat.h - the few newer C API functions that Lua 5.1 and LuaJIT lack */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_COMPAT_H
#define RACKSPACE_COMPAT_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#pragma GCC visibility push(hidden)

/* The one symbol that a module shows to the dynamic loader; librackspace shows
   none of these. */
#ifndef RS_EXPORT
#define RS_EXPORT __attribute__((visibility("default")))
#endif

#if LUA_VERSION_NUM == 501

#define lua_rawlen lua_objlen
#define lua_setuservalue compat_setuservalue
#define lua_getuservalue compat_getuservalue
#define luaL_requiref compat_requiref
#define luaL_tolstring compat_tolstring

void compat_setuservalue(lua_State *L, int index);
int compat_getuservalue(lua_State *L, int index);
void compat_requiref(lua_State *L, const char *name, lua_CFunction open,
                     int global);
const char *compat_tolstring(lua_State *L, int index, size_t *length);

#ifndef LUA_JITLIBNAME /* LuaJIT 2.1 has these */

#define luaL_setfuncs compat_setfuncs
#define luaL_setmetatable compat_setmetatable
#define luaL_testudata compat_testudata
#define luaL_traceback compat_traceback
#define luaL_newlib(L, functions)                                         \
  (lua_createtable(L, 0, sizeof(functions) / sizeof((functions)[0]) - 1), \
   luaL_setfuncs(L, functions, 0))

void compat_setfuncs(lua_State *L, const luaL_Reg *functions, int upvalues);
void compat_setmetatable(lua_State *L, const char *name);
void *compat_testudata(lua_State *L, int index, const char *name);
void compat_traceback(lua_State *L, lua_State *from, const char *message,
                      int level);

#endif
#endif

/* lua_absindex, under one name for all. */
int compat_absindex(lua_State *L, int index);

/* lua_newstate, without a seed of the host's own. */
lua_State *compat_newstate(lua_Alloc allocate, void *user);

/* Calls function(user) protected, and needs no memory to begin. */
int compat_cpcall(lua_State *L, lua_CFunction function, void *user);

/* Pops a table: the globals of the chunk that was loaded below it. */
void compat_setglobals(lua_State *L);

/* Collects garbage when this many per cent of what is alive are in use. */
void compat_setpause(lua_State *L, int percent);

/* Has no code compiled, so that hooks are met. */
void compat_interpret(lua_State *L);

/* Pushes a number that is whole as an integer where Lua knows integers. */
void compat_pushwhole(lua_State *L, double number);

#pragma GCC visibility pop

#endif
