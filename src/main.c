/* main.c - the program: a Lua state, signals, and program.lua */
/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "compat.h"
#include "rackspace.h"

/* What a signal handler may look at; it belongs to the program, never to the
   library. */
static lua_State *interrupted_state;
static pthread_t main_thread;

static void raise_interrupt(lua_State *L, lua_Debug *where)
{
  (void)where;
  lua_sethook(L, NULL, 0, 0);
  luaL_error(L, "interrupted");
}

/* The first signal ends what Lua does, waits included: poll returns, and the
   next instruction meets the hook. A second one kills. A thread of libcurl's
   may be the one that is asked: it passes the signal on. */
static void on_interrupt(int number)
{
  struct sigaction by_default = {0};
  if (!pthread_equal(pthread_self(), main_thread)) {
    pthread_kill(main_thread, number);
    return;
  }
  by_default.sa_handler = SIG_DFL;
  sigaction(number, &by_default, NULL);
  lua_sethook(interrupted_state, raise_interrupt,
              LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
}

/* host.catch(): an interrupt raises an error in Lua from now on */
static int host_catch(lua_State *L)
{
  struct sigaction action = {0};
  (void)L;
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  return 0;
}

static void *await_end(void *unused)
{
  char bytes[256];
  while (read(STDIN_FILENO, bytes, sizeof bytes) > 0)
    continue;
  kill(getpid(), SIGTERM);
  return unused;
}

/* host.end_with_stdin(): standard input's end is an interrupt */
static int host_end_with_stdin(lua_State *L)
{
  pthread_t thread;
  if (pthread_create(&thread, NULL, await_end, NULL) != 0)
    return luaL_error(L, "standard input can't be watched");
  pthread_detach(thread);
  return 0;
}

/* host.setenv(name, value) */
static int host_setenv(lua_State *L)
{
  setenv(luaL_checkstring(L, 1), luaL_checkstring(L, 2), 1);
  return 0;
}

/* host.is_terminal(): whether a person types and reads */
static int host_is_terminal(lua_State *L)
{
  lua_pushboolean(L, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
  return 1;
}

/* host.pid() */
static int host_pid(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)getpid());
  return 1;
}

static const luaL_Reg host[] = {
    {"catch", host_catch},
    {"end_with_stdin", host_end_with_stdin},
    {"is_terminal", host_is_terminal},
    {"pid", host_pid},
    {"setenv", host_setenv},
    {NULL, NULL},
};

static void push_arguments(lua_State *L, int argc, char **argv)
{
  int i;
  lua_createtable(L, argc, 1);
  for (i = 0; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i);
  }
}

/* Runs require("rackspace.program").main(arguments, host), protected. */
static int run_program(lua_State *L)
{
  int argc = (int)lua_tointeger(L, 1);
  char **argv = lua_touserdata(L, 2);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.program");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  push_arguments(L, argc, argv);
  luaL_newlib(L, host);
  lua_call(L, 2, 1);
  return 1;
}

int main(int argc, char **argv)
{
  rackspace *rs = rackspace_new();
  int code = EXIT_FAILURE;
  lua_State *L;
  if (rs == NULL) {
    fputs("rackspace: not enough memory\n", stderr);
    return EXIT_FAILURE;
  }
  L = interrupted_state = rackspace_lua(rs);
  main_thread = pthread_self();
  lua_pushcfunction(L, run_program);
  lua_pushinteger(L, argc);
  lua_pushlightuserdata(L, argv);
  if (lua_pcall(L, 2, 1, 0) == 0)
    code = (int)lua_tointeger(L, -1);
  else
    fprintf(stderr, "rackspace: %s\n", lua_tostring(L, -1));
  rackspace_free(rs);
  return code;
}
