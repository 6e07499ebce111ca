/* compat.c - the few newer C API functions that Lua 5.1 and LuaJIT lack */
/* SPDX-License-Identifier: MIT */
#include "lua/compat.h"

#include <string.h>

#ifdef LUA_JITLIBNAME
#include <luajit.h>
#endif

int compat_absindex(lua_State *L, int index)
{
  if (index > 0 || index <= LUA_REGISTRYINDEX)
    return index;
  return lua_gettop(L) + index + 1;
}

int compat_isother(void)
{
#if LUA_VERSION_NUM >= 504
  return lua_version(NULL) != LUA_VERSION_NUM;
#elif LUA_VERSION_NUM >= 502
  return *lua_version(NULL) != LUA_VERSION_NUM;
#else
  return 0;
#endif
}

void compat_checkversion(lua_State *L)
{
#if LUA_VERSION_NUM >= 502
  luaL_checkversion(L);
#else
  (void)L;
#endif
}

void compat_pushwhole(lua_State *L, double number)
{
#if LUA_VERSION_NUM >= 503
  lua_pushinteger(L, (lua_Integer)number);
#else
  lua_pushnumber(L, number);
#endif
}

int compat_isinteger(lua_State *L, int index)
{
#if LUA_VERSION_NUM >= 503
  return lua_isinteger(L, index);
#else
  (void)L;
  (void)index;
  return 0;
#endif
}

int compat_pushinteger(lua_State *L, const char *text, size_t length)
{
#if LUA_VERSION_NUM >= 503
  int top = lua_gettop(L);
  lua_pushlstring(L, text, length);
  if (lua_stringtonumber(L, lua_tostring(L, -1)) == length + 1 &&
      lua_isinteger(L, -1)) {
    lua_remove(L, -2);
    return 1;
  }
  lua_settop(L, top);
#else
  (void)L;
  (void)text;
  (void)length;
#endif
  return 0;
}

lua_State *compat_newstate(lua_Alloc allocate, void *user)
{
#if LUA_VERSION_NUM >= 505
  return lua_newstate(allocate, user, luaL_makeseed(NULL));
#else
  return lua_newstate(allocate, user);
#endif
}

int compat_cpcall(lua_State *L, lua_CFunction function, void *user)
{
#if LUA_VERSION_NUM == 501
  return lua_cpcall(L, function, user);
#else
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, user);
  return lua_pcall(L, 1, 0, 0);
#endif
}

void compat_setglobals(lua_State *L)
{
#if LUA_VERSION_NUM == 501
  lua_setfenv(L, -2);
#else
  if (lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
#endif
}

double compat_length(lua_State *L, int index)
{
#if LUA_VERSION_NUM == 501
  return (double)lua_objlen(L, index);
#else
  double length;
  lua_len(L, index);
  length = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return length;
#endif
}

int compat_load(lua_State *L, lua_Reader reader, void *data, const char *chunk)
{
#if LUA_VERSION_NUM == 501
  return lua_load(L, reader, data, chunk);
#else
  return lua_load(L, reader, data, chunk, "t");
#endif
}

int compat_has_noenv(void)
{
#if LUA_VERSION_NUM == 501 && !defined(LUA_JITLIBNAME)
  return 0;
#else
  return 1;
#endif
}

int compat_has_versions(void)
{
  return LUA_VERSION_NUM > 501;
}

void compat_setpause(lua_State *L, int percent)
{
#ifdef LUA_GCSETPAUSE
  lua_gc(L, LUA_GCSETPAUSE, percent);
#else
  lua_gc(L, LUA_GCPARAM, LUA_GCPPAUSE, percent);
#endif
}

int compat_is_collecting(lua_State *L)
{
#if defined(LUA_GCISRUNNING) && !defined(LUA_JITLIBNAME)
  return lua_gc(L, LUA_GCISRUNNING, 0) == 1;
#else
  (void)L;
  return 1;
#endif
}

void compat_interpret(lua_State *L)
{
#ifdef LUA_JITLIBNAME
  luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
#else
  (void)L;
#endif
}

#if LUA_VERSION_NUM == 501

/* An environment is 5.1's form of a user value: a table, or nothing. */
void compat_setuservalue(lua_State *L, int index)
{
  lua_setfenv(L, index);
}

int compat_getuservalue(lua_State *L, int index)
{
  lua_getfenv(L, index);
  return lua_type(L, -1);
}

void compat_requiref(lua_State *L, const char *name, lua_CFunction open,
                     int global)
{
  lua_pushcfunction(L, open);
  lua_pushstring(L, name);
  lua_call(L, 1, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "_LOADED");
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
  if (global) {
    lua_pushvalue(L, -1);
    lua_setglobal(L, name);
  }
}

static void push_plain(lua_State *L, int index)
{
  switch (lua_type(L, index)) {
  case LUA_TNUMBER:
  case LUA_TSTRING:
    lua_pushvalue(L, index);
    lua_tostring(L, -1);
    break;
  case LUA_TBOOLEAN:
    lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    break;
  case LUA_TNIL:
    lua_pushliteral(L, "nil");
    break;
  default:
    lua_pushfstring(L, "%s: %p", luaL_typename(L, index),
                    lua_topointer(L, index));
  }
}

const char *compat_tolstring(lua_State *L, int index, size_t *length)
{
  index = compat_absindex(L, index);
  if (!luaL_callmeta(L, index, "__tostring"))
    push_plain(L, index);
  return lua_tolstring(L, -1, length);
}

#ifndef LUA_JITLIBNAME

void compat_setfuncs(lua_State *L, const luaL_Reg *functions, int upvalues)
{
  int i;
  for (; functions->name != NULL; functions++) {
    for (i = 0; i < upvalues; i++)
      lua_pushvalue(L, -upvalues);
    lua_pushcclosure(L, functions->func, upvalues);
    lua_setfield(L, -(upvalues + 2), functions->name);
  }
  lua_pop(L, upvalues);
}

void compat_setmetatable(lua_State *L, const char *name)
{
  luaL_getmetatable(L, name);
  lua_setmetatable(L, -2);
}

void *compat_testudata(lua_State *L, int index, const char *name)
{
  void *data = lua_touserdata(L, index);
  int same;
  if (data == NULL || !lua_getmetatable(L, index))
    return NULL;
  luaL_getmetatable(L, name);
  same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same ? data : NULL;
}

/* Lua's own debug.traceback, asked through the debug library. */
void compat_traceback(lua_State *L, lua_State *from, const char *message,
                      int level)
{
  lua_pushstring(L, message);
  lua_getfield(L, LUA_REGISTRYINDEX, "_LOADED");
  lua_getfield(L, -1, "debug");
  if (!lua_istable(L, -1)) {
    lua_pop(L, 2);
    return;
  }
  lua_getfield(L, -1, "traceback");
  lua_pushvalue(L, -4);
  lua_pushinteger(L, from == L ? level + 1 : level);
  lua_call(L, 2, 1);
  lua_replace(L, -4);
  lua_pop(L, 2);
}

#endif
#endif
