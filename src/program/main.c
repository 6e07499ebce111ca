/* main.c - the program: a Lua state, signals, and program.lua */
/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "lua/compat.h"
#include "program/input.h"
#include "program/ljq.h"
#include "program/lline.h"
#include "rackspace.h"

int RACKSPACE_OPEN_HTTPD(lua_State *L);

enum {
  REMINDER_US = 50 * 1000, /* between two ticks of the reminder */
  MAX_REMINDERS = 10,      /* until the program is ended */
  MAX_FILES = 1000         /* of a folder */
};

/* Used by signal handlers. They belong to the program: the library has no
   static state that changes. */
static lua_State *interrupted_state;
static pthread_t main_thread;
static volatile sig_atomic_t caught, reminders;

static void set_action(int number, void (*handler)(int))
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = handler;
  sigaction(number, &action, NULL);
}

/* By setitimer: macOS and OpenBSD have no timer_create. */
static void set_reminder(int microseconds)
{
  struct itimerval times;
  memset(&times, 0, sizeof times);
  times.it_value.tv_usec = times.it_interval.tv_usec = microseconds;
  setitimer(ITIMER_REAL, &times, NULL);
}

static void raise_interrupt(lua_State *L, lua_Debug *where)
{
  (void)where;
  set_reminder(0);
  lua_sethook(L, NULL, 0, 0);
  luaL_error(L, "interrupted");
}

/* Passes a signal on to the main thread if another one, such as libcurl's
   resolver, has received it. Returns whether it did. */
static int pass_to_main_thread(int number)
{
  if (pthread_equal(pthread_self(), main_thread))
    return 0;
  pthread_kill(main_thread, number);
  return 1;
}

/* Interrupts a wait that began between the signal and its poll. Where the hook
   never runs, as in another coroutine, in compiled code or in a long C call,
   the last reminder ends the program. */
static void on_reminder(int number)
{
  static const char message[] = "rackspace: interrupted\n";
  if (pass_to_main_thread(number) || ++reminders < MAX_REMINDERS)
    return;
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
    _exit(EXIT_FAILURE);
  _exit(128 + caught);
}

/* The first signal stops what Lua does, waits included: poll returns early, and
   the hook runs at the next instruction. A second one kills the program. */
static void on_interrupt(int number)
{
  int saved = errno;
  if (pass_to_main_thread(number))
    return;
  caught = number;
  reminders = 0;
  set_action(number, SIG_DFL);
  set_action(SIGALRM, on_reminder);
  set_reminder(REMINDER_US);
  lua_sethook(interrupted_state, raise_interrupt,
              LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
  errno = saved;
}

/* host.catch(): from now on, SIGINT and SIGTERM raise an error in Lua */
static int host_catch(lua_State *L)
{
  (void)L;
  caught = 0;
  set_action(SIGINT, on_interrupt);
  set_action(SIGTERM, on_interrupt);
  return 0;
}

/* host.caught() -> the number of the signal caught since host.catch(), or nil
 */
static int host_caught(lua_State *L)
{
  if (caught != 0)
    lua_pushinteger(L, (lua_Integer)caught);
  else
    lua_pushnil(L);
  return 1;
}

/* A thread's function. It blocks all signals, so that the main thread gets
   them. */
static void *await_end(void *unused)
{
  char bytes[256];
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  while (read(STDIN_FILENO, bytes, sizeof bytes) > 0)
    continue;
  kill(getpid(), SIGTERM);
  return unused;
}

/* host.end_with_stdin(): the end of standard input sends SIGTERM */
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

/* host.is_terminal() -> whether standard input and output are terminals;
   host.is_terminal(descriptor) -> whether that one is */
static int host_is_terminal(lua_State *L)
{
  int descriptor = (int)luaL_optinteger(L, 1, -1);
  lua_pushboolean(L, descriptor >= 0
                         ? isatty(descriptor)
                         : isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
  return 1;
}

/* host.pid() -> the number of this process */
static int host_pid(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)getpid());
  return 1;
}

static void push_names(lua_State *L, DIR *folder)
{
  struct dirent *entry;
  int count = 0;
  while (count < MAX_FILES && (entry = readdir(folder)) != NULL)
    if (entry->d_name[0] != '.') {
      lua_pushstring(L, entry->d_name);
      lua_rawseti(L, -2, ++count);
    }
}

/* host.files(folder) -> a list of the names in it, unsorted; "" is the current
   folder */
static int host_files(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  DIR *folder = opendir(*path != '\0' ? path : ".");
  lua_newtable(L);
  if (folder != NULL) {
    push_names(L, folder);
    closedir(folder);
  }
  return 1;
}

static const luaL_Reg host[] = {
    {"catch", host_catch},
    {"caught", host_caught},
    {"end_with_stdin", host_end_with_stdin},
    {"files", host_files},
    {"is_terminal", host_is_terminal},
    {"pid", host_pid},
    {"read", input_read},
    {"setenv", host_setenv},
    {"wait", input_wait},
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

/* In package.preload, beside the library's modules or in place of them. */
static const luaL_Reg modules[] = {
    {"rackspace.httpd", RACKSPACE_OPEN_HTTPD},
    {"rackspace.jq", luaopen_rackspace_jq},
    {"rackspace.line", luaopen_rackspace_line},
    {NULL, NULL},
};

static void preload_modules(lua_State *L)
{
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "preload");
  luaL_setfuncs(L, modules, 0);
  lua_pop(L, 2);
}

/* run_program(argc, argv) -> the exit code that
   require("rackspace.program").main(arguments, host) returns */
static int run_program(lua_State *L)
{
  int argc = (int)lua_tointeger(L, 1);
  char **argv = lua_touserdata(L, 2);
  preload_modules(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.program");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  push_arguments(L, argc, argv);
  luaL_newlib(L, host);
  lua_call(L, 2, 1);
  return 1;
}

/* complain(message): writes what ended the program, safe to print */
static int complain(lua_State *L)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.core");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "printable");
  luaL_tolstring(L, 1, NULL);
  lua_pushliteral(L, "lines");
  lua_call(L, 2, 1);
  fprintf(stderr, "rackspace: %s\n", lua_tostring(L, -1));
  return 0;
}

/* Returns the exit code of the program. */
static int run(lua_State *L, int argc, char **argv)
{
  lua_pushcfunction(L, run_program);
  lua_pushinteger(L, argc);
  lua_pushlightuserdata(L, argv);
  if (lua_pcall(L, 2, 1, 0) == 0)
    return (int)lua_tointeger(L, -1);
  lua_pushcfunction(L, complain);
  lua_insert(L, -2);
  if (lua_pcall(L, 1, 0, 0) != 0)
    fputs("rackspace: failed\n", stderr);
  return EXIT_FAILURE;
}

/* The keys of all connections would go to the file that this variable names, by
   which any program's parent can read along. Who wants that asks for it by a
   variable of this program's own. */
static void choose_key_log(void)
{
  const char *path = getenv("RACKSPACE_SSLKEYLOGFILE");
  if (path != NULL && *path != '\0')
    setenv("SSLKEYLOGFILE", path, 1);
  else
    unsetenv("SSLKEYLOGFILE");
}

/* Makes a standard stream that is closed fail as one that is: the next file or
   socket would be it. */
static void hold_standard_streams(void)
{
  int fd;
  for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
      open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* ---- the end of standard output ----------------------------------------- */

enum { CLOSED_PIPE = 128 + SIGPIPE };

/* Whether the reader of standard output is gone. A write that failed earlier
   has left no errno. */
static int is_reader_gone(int problem)
{
  struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
  return problem == EPIPE ||
         (poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0);
}

/* Writes what is left of standard output. Returns 0; or the exit code of a
   program whose output could not be written, after a message: a script, which
   goes on after a print that fails, may not have looked. There is no message
   for a pipe that nobody reads any more, and none when the program has failed
   already, by `code`. */
static int end_output(int code)
{
  int had_failed = ferror(stdout), problem = 0;
  if (fflush(stdout) != 0)
    problem = errno;
  if (problem == 0 && !had_failed)
    return 0;
  if (is_reader_gone(problem))
    return CLOSED_PIPE;
  if (code != EXIT_SUCCESS)
    return code;
  fprintf(stderr, "rackspace: the output can't be written%s%s\n",
          problem != 0 ? ": " : "", problem != 0 ? strerror(problem) : "");
  return EXIT_FAILURE;
}

static int is_ended; /* main has looked at standard output */

/* For os.exit, which does not return to main. */
static void end_at_exit(void)
{
  int code = is_ended ? 0 : end_output(EXIT_SUCCESS);
  if (code != 0)
    _exit(code);
}

int main(int argc, char **argv)
{
  rackspace *rs;
  int code, failure;
  hold_standard_streams();
  set_action(SIGXFSZ, SIG_IGN); /* a write beyond the limit fails by errno */
  choose_key_log();
  atexit(end_at_exit);
  rs = rackspace_new(NULL);
  if (rs == NULL) {
    fputs("rackspace: not enough memory\n", stderr);
    return EXIT_FAILURE;
  }
  interrupted_state = rackspace_lua(rs);
  lua_sethook(interrupted_state, NULL, 0, 0); /* only signals set one */
  main_thread = pthread_self();
  code = run(interrupted_state, argc, argv);
  set_reminder(0);
  set_action(SIGINT, SIG_DFL); /* the handler's state is freed below */
  set_action(SIGTERM, SIG_DFL);
  rackspace_free(rs);
  failure = end_output(code);
  is_ended = 1;
  return failure != 0 ? failure : code;
}
