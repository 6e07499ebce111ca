/* compat.h - the few newer C API functions that Lua 5.1 and LuaJIT lack */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_COMPAT_H
#define RACKSPACE_COMPAT_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#pragma GCC visibility push(hidden)

/* Exports the one function that opens a module; librackspace exports none. */
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

/* lua_absindex. */
int compat_absindex(lua_State *L, int index);

/* lua_newstate; the seed is random. */
lua_State *compat_newstate(lua_Alloc allocate, void *user);

/* Calls function(user) in protected mode; allocates nothing itself. */
int compat_cpcall(lua_State *L, lua_CFunction function, void *user);

/* Pops a table and makes it the globals of the chunk that is below it. */
void compat_setglobals(lua_State *L);

/* The length of a table by the operator #, of which only Lua 5.1 and LuaJIT
   ignore a metamethod. May raise. */
double compat_length(lua_State *L, int index);

/* lua_load of a text: bytecode is refused where Lua can do that. */
int compat_load(lua_State *L, lua_Reader reader, void *data, const char *chunk);

/* Whether LUA_NOENV in the registry has Lua ignore the environment. */
int compat_has_noenv(void);

/* Whether variables such as LUA_PATH_5_4 count. */
int compat_has_versions(void);

/* Whether the collector may start: not while it calls a finalizer, nor when a
   script has stopped it. Lua 5.1 and LuaJIT don't tell: it is always 1. */
int compat_is_collecting(lua_State *L);

/* Sets the collector's pause, in per cent. */
void compat_setpause(lua_State *L, int percent);

/* Turns the JIT compiler off: compiled code calls no hooks. */
void compat_interpret(lua_State *L);

/* Whether the Lua that runs is of another version than the headers: a program
   that exports its own gives that to everything in it. Lua 5.1 can't tell. */
int compat_isother(void);

/* Raises an error when the state is of another version than the headers. */
void compat_checkversion(lua_State *L);

/* Pushes a whole number, as an integer where Lua has integers. */
void compat_pushwhole(lua_State *L, double number);

/* Whether a value is an integer and no float, where Lua has integers. */
int compat_isinteger(lua_State *L, int index);

/* Pushes the integer that a text of digits is. Returns 0, and pushes nothing,
   when the text is no integer, or Lua has none of its size. */
int compat_pushinteger(lua_State *L, const char *text, size_t length);

#pragma GCC visibility pop

#endif
