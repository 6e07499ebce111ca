/* process.c - a Lua with what specs of processes need: fork, alarms */
/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lua/compat.h"
#include "rackspace.h"

static volatile sig_atomic_t alarms;

static void on_alarm(int number)
{
  (void)number;
  if (alarms < 1000000)
    alarms++;
}

/* process.alarms(seconds): a signal each time they are over, which ends what
   waits; 0: no more. Returns how many came so far. */
static int process_alarms(lua_State *L)
{
  struct sigaction action;
  struct itimerval times;
  memset(&action, 0, sizeof action);
  memset(&times, 0, sizeof times);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_alarm;
  sigaction(SIGALRM, &action, NULL);
  times.it_interval.tv_usec = (long)(luaL_checknumber(L, 1) * 1e6);
  times.it_value = times.it_interval;
  setitimer(ITIMER_REAL, &times, NULL);
  lua_pushinteger(L, (lua_Integer)alarms);
  return 1;
}

/* process.fork(fn) -> the child's id. The child calls fn(), and ends as a
   program does whose state is closed; its exit code is 0 when fn returned. */
static int process_fork(lua_State *L)
{
  pid_t pid;
  int status;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  fflush(NULL);
  pid = fork();
  if (pid == 0) {
    status = lua_pcall(L, 0, 0, 0);
    if (status != 0)
      fprintf(stderr, "child: %s\n", lua_tostring(L, -1));
    lua_gc(L, LUA_GCCOLLECT, 0);
    lua_gc(L, LUA_GCCOLLECT, 0);
    fflush(NULL);
    _exit(status != 0);
  }
  lua_pushinteger(L, (lua_Integer)pid);
  return 1;
}

/* process.wait(child) -> its exit code; negative: the signal that ended it */
static int process_wait(lua_State *L)
{
  int status = 0;
  pid_t pid = (pid_t)luaL_checkinteger(L, 1);
  if (waitpid(pid, &status, 0) != pid)
    return luaL_error(L, "there is no such child");
  lua_pushinteger(L, WIFSIGNALED(status) ? -WTERMSIG(status)
                                         : WEXITSTATUS(status));
  return 1;
}

static const luaL_Reg functions[] = {
    {"alarms", process_alarms},
    {"fork", process_fork},
    {"wait", process_wait},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
  rackspace *rs = argc == 2 ? rackspace_new(NULL) : NULL;
  int failed;
  if (rs == NULL) {
    fprintf(stderr, "usage: %s SCRIPT\n", argv[0]);
    return 2;
  }
  luaL_newlib(rackspace_lua(rs), functions);
  lua_setglobal(rackspace_lua(rs), "process");
  failed = rackspace_run_file(rs, argv[1]) != 0;
  if (failed)
    fprintf(stderr, "%s\n", rackspace_error(rs)->message);
  rackspace_free(rs);
  return failed;
}
