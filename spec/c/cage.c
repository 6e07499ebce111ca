/* cage.c - runs hostile scripts made by chance, and watches them */
/* SPDX-License-Identifier: MIT */

/* cage [COUNT [SEED]]

   Makes COUNT scripts by spec/support/cage.lua and runs each under limits of
   instructions and memory, or of time and memory. Fails when a script takes
   twice as long as it may, and again so, changes what it must not reach, loads
   a module, or comes to know a secret or a path; and when memory is left at the
   end. RACKSPACE_CAGE_SHOW=1 prints the scripts. Every fourth seed is limited
   by time, the others by instructions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lua/compat.h"
#include "rackspace.h"

#define SECRET "canary-0a1b2c3d4e5f"

/* So many instructions of a plain loop take about half a millisecond. Others
   are dearer, as those that make tables. */
#define INSTRUCTIONS 50000
#define INSTRUCTIONS_SECONDS 0.05
#define SECONDS 0.03
#define MEMORY (8 << 20)
#define TOGETHER 2000 /* scripts in the same cages */

static const char too_long[] = "too long";
static char folder[4096];
static const char *leak;

static double cpu_seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char *find_leak(const char *text)
{
  if (strstr(text, SECRET) != NULL)
    return "a secret";
  if (strstr(text, folder) != NULL)
    return "a path";
  return NULL;
}

/* host(...): what a script has found. */
static int host(void *user, const char *arguments, const char **result)
{
  (void)user;
  if (leak == NULL)
    leak = find_leak(arguments);
  *result = "[1, \"a\"]";
  return 0;
}

static size_t blocks; /* that the cages hold */

static void *allocate(void *user, void *pointer, size_t old_size, size_t size)
{
  void *block;
  (void)user;
  (void)old_size;
  if (size == 0) {
    blocks -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  block = realloc(pointer, size);
  blocks += pointer == NULL && block != NULL;
  return block;
}

static rackspace *open_cage(unsigned long instructions, double seconds)
{
  static const char *const settings[] = {"sandbox", "true", "limits", "false",
                                         NULL};
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  options.settings = settings;
  options.libraries = RACKSPACE_BASE;
  options.instructions = instructions;
  options.seconds = seconds;
  options.memory = MEMORY;
  options.allocate = allocate;
  rs = rackspace_new(&options);
  if (rs == NULL || rackspace_register(rs, "host", host, NULL) != 0)
    exit(2);
  return rs;
}

/* A number that changes with the modules that are loaded, and with the
   functions that the library sees. */
static double fingerprint(rackspace *rs)
{
  static const char script[] =
      "local sum = 0 "
      "for _, t in pairs{ _G, package.loaded, string, table, math, os, "
      "coroutine, getmetatable('').__index, getmetatable('') } do "
      "for k, v in next, t do sum = sum + #tostring(k) + "
      "(tonumber(tostring(v):match('0x(%x+)') or '0', 16) or 0) % 1e6 end end "
      "return sum";
  lua_State *L = rackspace_lua(rs);
  double sum;
  if (luaL_loadstring(L, script) != 0 || lua_pcall(L, 0, 1, 0) != 0) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    exit(2);
  }
  sum = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return sum;
}

typedef struct cage {
  rackspace *rs;
  double seconds; /* that a script may take */
  double before;  /* the fingerprint */
} cage;

/* Returns what is wrong, or NULL. */
static const char *run_script(const cage *c, const char *script, double *took)
{
  double begun = cpu_seconds();
  int status = rackspace_run_string(c->rs, script);
  *took = cpu_seconds() - begun;
  if (leak == NULL && status != 0)
    leak = find_leak(rackspace_error(c->rs)->message);
  if (leak != NULL)
    return leak;
  if (*took > 2 * c->seconds)
    return too_long;
  if (fingerprint(c->rs) != c->before)
    return "something was changed";
  if (rackspace_call(c->rs, "accounts.get", "[\"CLOUD/10101\"]", NULL) != 0)
    return "the session is broken";
  return NULL;
}

/* The text of a script; valid until the next one. */
static const char *make_script(rackspace *maker, double seed)
{
  lua_State *L = rackspace_lua(maker);
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  lua_pushnumber(L, seed);
  if (lua_pcall(L, 1, 1, 0) != 0) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    exit(2);
  }
  return lua_tostring(L, -1);
}

/* Runs the scripts of so many seeds in the same cages. */
static int run_some(rackspace *maker, const cage *cages, double seed,
                    long count, double *most)
{
  double took;
  long i;
  for (i = 0; i < count; i++) {
    const char *script = make_script(maker, seed + (double)i), *wrong;
    const cage *c = &cages[(long)(seed + (double)i) % 4 != 0];
    if (getenv("RACKSPACE_CAGE_SHOW") != NULL)
      fprintf(stderr, "%s\n", script);
    wrong = run_script(c, script, &took);
    if (wrong == too_long) /* the machine may have been busy */
      wrong = run_script(c, script, &took);
    *most = took > *most ? took : *most;
    if (wrong != NULL) {
      fprintf(stderr, "%s\n%s, %.3f s: cage 1 %.0f (%s)\n%s\n", script, wrong,
              took, seed + (double)i, rackspace_error(c->rs)->kind,
              rackspace_error(c->rs)->message);
      return 1;
    }
  }
  return 0;
}

static void open_cages(cage *cages)
{
  int i;
  cages[0].rs = open_cage(0, SECONDS);
  cages[1].rs = open_cage(INSTRUCTIONS, 0);
  for (i = 0; i < 2; i++) {
    rackspace_run_string(cages[i].rs, "rs.accounts:list()()");
    cages[i].before = fingerprint(cages[i].rs);
  }
}

static void close_cages(cage *cages)
{
  rackspace_free(cages[0].rs);
  rackspace_free(cages[1].rs);
}

/* After a run that was ended the session logs in anew, and the sandbox in the
   cage remembers each log-in: many runs would fill its memory. */
static int run_all(rackspace *maker, double seed, long count)
{
  cage cages[2] = {{NULL, SECONDS, 0}, {NULL, INSTRUCTIONS_SECONDS, 0}};
  double most = 0;
  long done, part;
  int failed = 0;
  for (done = 0; done < count && !failed; done += part) {
    part = count - done < TOGETHER ? count - done : TOGETHER;
    open_cages(cages);
    failed = run_some(maker, cages, seed + (double)done, part, &most);
    close_cages(cages);
  }
  if (!failed)
    fprintf(stderr, "%ld scripts, the longest %.3f s\n", count, most);
  return failed;
}

int main(int argc, char **argv)
{
  long count = argc > 1 ? strtol(argv[1], NULL, 10) : 2000;
  double seed = argc > 2 ? strtod(argv[2], NULL) : 1;
  rackspace *maker = rackspace_new(NULL);
  int failed;
  if (freopen("/dev/null", "w", stdout) == NULL) /* what the scripts print */
    return 2;
  if (maker == NULL || getcwd(folder, sizeof folder) == NULL ||
      luaL_dofile(rackspace_lua(maker), "spec/support/cage.lua"))
    return 2;
  setenv("RACKSPACE_API_KEY", SECRET, 1);
  setenv("RACKSPACE_TOKEN", SECRET, 1);
  failed = run_all(maker, seed, count);
  rackspace_free(maker);
  if (blocks > 0)
    fprintf(stderr, "%zu blocks were not freed\n", blocks);
  return failed || blocks > 0;
}
