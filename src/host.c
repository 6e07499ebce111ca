/* host.c - librackspace: a Lua state with the library inside */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lcore.h"
#include "loader.h"
#include "rackspace.h"

/* Where the registry has what embed/init.lua made, and the globals of
   confined scripts. */
#define EMBED "rackspace.embed"
#define GLOBALS "rackspace.globals"

enum {
  HOOK_STEP = 1000,      /* instructions between two looks at the budget */
  COLLECT_AT = 120,      /* per cent, where there is a ceiling */
  SCRIPT_LIMIT = 1 << 26 /* bytes of a confined script */
};

/* A call that was started, until its end was told. */
typedef struct call {
  struct call *next;
  int id;
  void (*on_end)(void *user, const char *result);
  void *user;
} call;

struct rackspace {
  lua_State *main, *L; /* L is where the host was called from */
  rackspace_options options;
  int is_confined, has_options;
  size_t used; /* bytes */
  budget budget;
  rackspace_fault fault;
  char kind[24];
  char *message, *result;
  call *calls;
  int last_id;
};

/* What one function of the host's interface has to do, and what came of it. */
typedef struct job {
  rackspace *rs;
  lua_CFunction work; /* its argument is the job */
  const char *name, *text;
  int number, status;
  struct pollfd *fds;
  size_t count, room;
  double seconds;
} job;

/* ---- memory ------------------------------------------------------------ */

static void *default_allocate(void *user, void *pointer, size_t old_size,
                              size_t size)
{
  (void)user;
  (void)old_size;
  if (size > 0)
    return realloc(pointer, size);
  free(pointer);
  return NULL;
}

/* Without a pointer, Lua's old size is the kind of object that it makes. */
static void *allocate(void *user, void *pointer, size_t old_size, size_t size)
{
  rackspace *rs = user;
  size_t ceiling = rs->options.memory, old = pointer != NULL ? old_size : 0;
  void *found;
  if (size > old && ceiling > 0 &&
      (rs->used > ceiling || size - old > ceiling - rs->used))
    return NULL;
  found = rs->options.allocate(rs->options.user, pointer, old, size);
  if (size == 0 || found != NULL)
    rs->used = rs->used - old + size;
  return found;
}

/* The text is the library's until the next one of its sort. */
static const char *keep(char **place, const char *text)
{
  size_t size = strlen(text) + 1;
  char *copy = malloc(size);
  if (copy != NULL)
    memcpy(copy, text, size);
  free(*place);
  *place = copy;
  return copy;
}

/* ---- errors ------------------------------------------------------------ */

static void set_fault(rackspace *rs, const char *kind, long status,
                      const char *message)
{
  snprintf(rs->kind, sizeof rs->kind, "%s", kind);
  rs->fault.kind = rs->kind;
  rs->fault.status = status;
  rs->fault.message = keep(&rs->message, message);
  if (rs->fault.message == NULL)
    rs->fault.message = "not enough memory";
}

/* A member of the error value at the stack's top. */
static const char *text_member(lua_State *L, const char *name)
{
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  return lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* The error value at the top: true when it is one of the engine's. */
static int set_fault_from_table(lua_State *L, rackspace *rs)
{
  const char *kind = text_member(L, "kind"), *message;
  lua_insert(L, -2);
  message = text_member(L, "message");
  if (kind == NULL || message == NULL)
    return lua_pop(L, 1), 0;
  lua_pushliteral(L, "status");
  lua_rawget(L, -3);
  set_fault(rs, kind, (long)lua_tonumber(L, -1), message);
  return 1;
}

static const char *kind_of_end(budget_end end)
{
  return end == BUDGET_INTERRUPTED ? "cancelled" : "refused";
}

/* There was an error where one was to be told. */
static void set_fault_of_job(rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  if (end != BUDGET_OPEN)
    set_fault(rs, kind_of_end(end), 0, budget_text(end));
  else if (status == LUA_ERRMEM)
    set_fault(rs, "memory", 0, "not enough memory");
  else
    set_fault(rs, "script", 0, "an error without a text");
}

/* Says what the error value at the top is. */
static void describe(lua_State *L, rackspace *rs, int status)
{
  budget_end end = budget_charge(&rs->budget, 0);
  const char *text;
  if (status == LUA_ERRMEM) {
    set_fault(rs, "memory", 0, "not enough memory");
  } else if (end != BUDGET_OPEN) {
    text = lua_tostring(L, -1);
    set_fault(rs, kind_of_end(end), 0, text != NULL ? text : budget_text(end));
  } else if (lua_type(L, -1) != LUA_TTABLE || !set_fault_from_table(L, rs)) {
    text = luaL_tolstring(L, -1, NULL);
    set_fault(rs,
              strstr(text, "not enough memory") != NULL ? "memory" : "script",
              0, text);
  }
}

/* ---- jobs -------------------------------------------------------------- */

static int do_job(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  lua_pushcfunction(L, j->work);
  lua_pushvalue(L, 1);
  j->status = lua_pcall(L, 1, 0, 0);
  if (j->status != 0)
    describe(L, j->rs, j->status);
  return 0;
}

/* Calls a method of embed/init.lua, whose arguments are on the stack. */
static void call_method(lua_State *L, const char *name, int count, int results)
{
  lua_getfield(L, LUA_REGISTRYINDEX, EMBED);
  lua_getfield(L, -1, name);
  lua_insert(L, -2 - count);
  lua_insert(L, -1 - count);
  lua_call(L, count + 1, results);
}

static int reset_work(lua_State *L)
{
  const job *j = lua_touserdata(L, 1);
  lua_pushboolean(L, j->number);
  call_method(L, "reset", 1, 0);
  lua_getfield(L, LUA_REGISTRYINDEX, EMBED);
  lua_getfield(L, -1, "globals");
  lua_setfield(L, LUA_REGISTRYINDEX, GLOBALS);
  lua_gc(L, LUA_GCCOLLECT, 0); /* which may raise, before Lua 5.4 */
  return 0;
}

static int perform(job *j, lua_CFunction work, int is_counted);

/* What was torn from the engine in the middle of its work is not used again;
   nor is what filled the memory, which needs some to be let go. */
static void reset(rackspace *rs)
{
  job j = {0};
  size_t ceiling = rs->options.memory;
  char *message = rs->message;
  rackspace_fault fault = rs->fault;
  char kind[sizeof rs->kind];
  memcpy(kind, rs->kind, sizeof kind);
  rs->message = NULL;
  rs->options.memory = 0;
  j.rs = rs;
  j.number = strcmp(kind, "memory") == 0;
  perform(&j, reset_work, 0);
  rs->options.memory = ceiling;
  free(rs->message);
  rs->message = message;
  rs->fault = fault;
  memcpy(rs->kind, kind, sizeof kind);
}

/* Does a job protected, without a change of the stack. 0, or -1. */
static int perform(job *j, lua_CFunction work, int is_counted)
{
  rackspace *rs = j->rs;
  int top = lua_gettop(rs->L), status, is_torn;
  j->work = work;
  budget_enter(&rs->budget, is_counted);
  status = rs_cpcall(rs->L, do_job, j);
  if (status != 0)
    set_fault_of_job(rs, j->status = status);
  lua_settop(rs->L, top);
  is_torn = budget_leave(&rs->budget) != BUDGET_OPEN ||
            strcmp(rs->kind, "memory") == 0;
  if (j->status == 0)
    return 0;
  if (is_torn && rs->budget.depth == 0 && work != reset_work)
    reset(rs);
  return -1;
}

static void keep_result(lua_State *L, rackspace *rs, int index)
{
  const char *text = lua_tostring(L, index);
  if (text == NULL)
    text = "null";
  if (keep(&rs->result, text) == NULL)
    luaL_error(L, "not enough memory");
}

/* ---- what bounds a script ---------------------------------------------- */

static void on_count(lua_State *L, lua_Debug *where)
{
  rackspace *rs;
  void *user;
  budget_end end;
  int step;
  lua_getallocf(L, &user);
  rs = user;
  end = budget_charge(&rs->budget, HOOK_STEP);
  step = end == BUDGET_OPEN ? HOOK_STEP : 1; /* no pcall goes on for long */
  if (lua_gethookcount(L) != step)
    lua_sethook(L, on_count, LUA_MASKCOUNT, step);
  if (end == BUDGET_OPEN)
    return;
  lua_getinfo(L, "Sl", where);
  lua_pushfstring(L, "%s:%d: %s", where->short_src, where->currentline,
                  budget_text(end));
  lua_error(L);
}

/* charge(): a coroutine counts its own instructions, and the last ones before
   its end not at all: making one costs as much. */
static int charge(lua_State *L)
{
  lcore_charge(L, HOOK_STEP);
  return 0;
}

static int log_line(lua_State *L)
{
  rackspace *rs = lua_touserdata(L, lua_upvalueindex(1));
  rs->options.log(rs->options.user, luaL_checkstring(L, 1));
  return 0;
}

/* ---- making one -------------------------------------------------------- */

static void push_settings(lua_State *L, const char *const *settings)
{
  lua_newtable(L);
  for (; settings != NULL && settings[0] != NULL; settings += 2) {
    if (settings[1] == NULL)
      luaL_error(L, "the setting '%s' has no value", settings[0]);
    lua_pushstring(L, settings[1]);
    lua_setfield(L, -2, settings[0]);
  }
}

static void push_list(lua_State *L, const char *const *list)
{
  int count = 0;
  lua_newtable(L);
  for (; *list != NULL; list++) {
    lua_pushstring(L, *list);
    lua_rawseti(L, -2, ++count);
  }
}

static void set_flag(lua_State *L, const char *name, int value)
{
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

/* The options as embed/init.lua takes them. */
static void push_options(lua_State *L, rackspace *rs)
{
  const rackspace_options *options = &rs->options;
  lua_newtable(L);
  push_settings(L, options->settings);
  lua_setfield(L, -2, "settings");
  if (options->allow != NULL) {
    push_list(L, options->allow);
    lua_setfield(L, -2, "allow");
  }
  if (options->log != NULL) {
    lua_pushlightuserdata(L, rs);
    lua_pushcclosure(L, log_line, 1);
    lua_setfield(L, -2, "log");
  }
  lua_pushcfunction(L, charge);
  lua_setfield(L, -2, "charge");
  set_flag(L, "is_confined", rs->is_confined);
  set_flag(L, "has_session", rs->has_options);
  set_flag(L, "io", (options->libraries & RACKSPACE_IO) != 0);
  set_flag(L, "os", (options->libraries & RACKSPACE_OS) != 0);
}

static void make_embed(lua_State *L, rackspace *rs)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rackspace.embed");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "new");
  push_options(L, rs);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "globals");
  lua_setfield(L, LUA_REGISTRYINDEX, GLOBALS);
  lua_setfield(L, LUA_REGISTRYINDEX, EMBED);
}

static int open_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  luaL_openlibs(L);
  if (j->rs->budget.instructions > 0 || j->rs->budget.seconds > 0)
    rs_interpret(L); /* opening the libraries undoes it */
  lua_pushlightuserdata(L, &j->rs->budget);
  lua_setfield(L, LUA_REGISTRYINDEX, LCORE_BUDGET);
  loader_open(L);
  make_embed(L, j->rs);
  return 0;
}

/* Members that this version doesn't know must be left at zero. */
static int read_options(rackspace_options *options,
                        const rackspace_options *given)
{
  const unsigned char *bytes = (const unsigned char *)given;
  size_t i, known = sizeof *options;
  memset(options, 0, known);
  if (given != NULL && given->size < sizeof given->size)
    return -1;
  for (i = known; given != NULL && i < given->size; i++)
    if (bytes[i] != 0)
      return -1;
  if (given != NULL)
    memcpy(options, given, given->size < known ? given->size : known);
  if (options->allocate == NULL)
    options->allocate = default_allocate;
  return options->seconds >= 0 ? 0 : -1;
}

static void set_bounds(rackspace *rs)
{
  const rackspace_options *options = &rs->options;
  lua_State *L = rs->main;
  rs->budget.instructions = (double)options->instructions;
  rs->budget.seconds = options->seconds;
  if (options->memory > 0)
    rs_setpause(L, COLLECT_AT);
  lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_STEP);
}

/* 0, or what errno says. */
static int open_state(rackspace *rs)
{
  job j = {0};
  if (budget_open(&rs->budget) != 0)
    return errno;
  rs->main = rs->L = rs_newstate(allocate, rs);
  if (rs->L == NULL)
    return ENOMEM;
  set_bounds(rs);
  j.rs = rs;
  if (perform(&j, open_work, 0) != 0)
    return strcmp(rs->kind, "memory") == 0 ? ENOMEM : EINVAL;
  return 0;
}

rackspace *rackspace_new(const rackspace_options *given)
{
  rackspace_options options;
  rackspace *rs;
  int problem;
  if (read_options(&options, given) != 0) {
    errno = EINVAL;
    return NULL;
  }
  rs = options.allocate(options.user, NULL, 0, sizeof *rs);
  if (rs == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  memset(rs, 0, sizeof *rs);
  rs->options = options;
  rs->fault.kind = rs->fault.message = "";
  rs->has_options = given != NULL;
  rs->is_confined = options.allow != NULL || options.libraries != 0;
  problem = open_state(rs);
  if (problem == 0)
    return rs;
  rackspace_free(rs);
  errno = problem;
  return NULL;
}

void rackspace_free(rackspace *rs)
{
  call *c;
  if (rs == NULL)
    return;
  if (rs->main != NULL)
    lua_close(rs->main);
  budget_close(&rs->budget);
  while ((c = rs->calls) != NULL) {
    rs->calls = c->next;
    free(c);
  }
  free(rs->message);
  free(rs->result);
  rs->options.allocate(rs->options.user, rs, sizeof *rs, 0);
}

/* ---- calling ----------------------------------------------------------- */

/* The arguments of a method: operation, JSON or nil. */
static void push_call(lua_State *L, const job *j)
{
  lua_pushstring(L, j->name);
  if (j->text != NULL)
    lua_pushstring(L, j->text);
  else
    lua_pushnil(L);
}

static int call_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  push_call(L, j);
  call_method(L, "call", 2, 1);
  keep_result(L, j->rs, -1);
  return 0;
}

int rackspace_call(rackspace *rs, const char *operation, const char *arguments,
                   const char **result)
{
  job j = {0};
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  if (perform(&j, call_work, 0) != 0)
    return -1;
  if (result != NULL)
    *result = rs->result;
  return 0;
}

static int pages_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  push_call(L, j);
  call_method(L, "pages", 2, 1);
  j->number = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

/* count: whether there was one */
static int page_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, j->number);
  lua_call(L, 0, 1);
  j->count = !lua_isnil(L, -1);
  if (j->count > 0)
    keep_result(L, j->rs, -1);
  return 0;
}

int rackspace_pages(rackspace *rs, const char *operation, const char *arguments,
                    int (*on_page)(void *user, const char *page), void *user)
{
  job j = {0};
  int status;
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  if (perform(&j, pages_work, 0) != 0)
    return -1;
  while ((status = perform(&j, page_work, 0)) == 0 && j.count > 0)
    if (on_page(user, rs->result) != 0)
      break;
  luaL_unref(rs->L, LUA_REGISTRYINDEX, j.number);
  return status;
}

/* ---- calls that are started -------------------------------------------- */

static int start_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  push_call(L, j);
  lua_pushinteger(L, j->number);
  call_method(L, "start", 3, 0);
  return 0;
}

int rackspace_start(rackspace *rs, const char *operation, const char *arguments,
                    void (*on_end)(void *user, const char *result), void *user)
{
  job j = {0};
  call *c = malloc(sizeof *c);
  if (c == NULL) {
    set_fault(rs, "memory", 0, "not enough memory");
    return -1;
  }
  j.rs = rs;
  j.name = operation;
  j.text = arguments;
  j.number = c->id = ++rs->last_id;
  c->on_end = on_end;
  c->user = user;
  if (perform(&j, start_work, 0) != 0) {
    free(c);
    return -1;
  }
  c->next = rs->calls;
  rs->calls = c;
  return 0;
}

static int step_work(lua_State *L)
{
  call_method(L, "step", 0, 0);
  return 0;
}

/* number: the call that has ended, or 0; count: whether it has a result */
static int take_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  call_method(L, "take", 0, 3);
  j->number = (int)lua_tointeger(L, -3);
  j->count = !lua_isnil(L, -2);
  if (j->count > 0)
    keep_result(L, j->rs, -2);
  else if (j->number != 0)
    describe(L, j->rs, LUA_ERRRUN);
  return 0;
}

static void tell_end(rackspace *rs, int id, const char *result)
{
  call **link = &rs->calls, *c;
  while (*link != NULL && (*link)->id != id)
    link = &(*link)->next;
  c = *link;
  if (c == NULL)
    return;
  *link = c->next;
  c->on_end(c->user, result);
  free(c);
}

static int tell_ends(rackspace *rs)
{
  for (;;) {
    job j = {0};
    j.rs = rs;
    if (perform(&j, take_work, 0) != 0)
      return -1;
    if (j.number == 0)
      return 0;
    tell_end(rs, j.number, j.count > 0 ? rs->result : NULL);
  }
}

static void add_fd(lua_State *L, job *j)
{
  const char *events = lua_tostring(L, -1);
  if (j->count < j->room) {
    struct pollfd *fd = &j->fds[j->count];
    fd->fd = (int)lua_tointeger(L, -2);
    fd->events = (short)((strchr(events, 'r') != NULL ? POLLIN : 0) |
                         (strchr(events, 'w') != NULL ? POLLOUT : 0));
    fd->revents = 0;
  }
  j->count++;
}

static int watch_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  call_method(L, "watch", 0, 2);
  j->seconds = lua_isnil(L, -1) ? -1 : lua_tonumber(L, -1);
  lua_pop(L, 1);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    add_fd(L, j);
    lua_pop(L, 1);
  }
  return 0;
}

static int milliseconds(double seconds)
{
  if (seconds < 0)
    return -1;
  return seconds < 86400 ? (int)(seconds * 1000 + 0.999) : 86400000;
}

static int count_calls(const rackspace *rs)
{
  const call *c;
  int count = 0;
  for (c = rs->calls; c != NULL; c = c->next)
    count++;
  return count;
}

/* A step that was interrupted has cancelled what was in flight: that is told
   to those who wait for it. */
int rackspace_poll(rackspace *rs, struct pollfd *fds, size_t *count,
                   int *timeout)
{
  job j = {0};
  int status;
  j.rs = rs;
  j.fds = fds;
  j.room = *count;
  status = perform(&j, step_work, 0);
  if (tell_ends(rs) != 0 || perform(&j, watch_work, 0) != 0)
    status = -1;
  *count = j.count;
  *timeout = rs->calls == NULL ? -1 : milliseconds(j.seconds);
  return status == 0 ? count_calls(rs) : -1;
}

/* ---- scripts ----------------------------------------------------------- */

static int add_traceback(lua_State *L)
{
  if (lua_type(L, 1) == LUA_TSTRING)
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
  return 1;
}

static void check(lua_State *L, int status)
{
  if (status != 0)
    lua_error(L);
}

/* A confined script is a text, and has its own globals. */
static void load_confined(lua_State *L, const char *bytes, size_t size,
                          const char *chunk)
{
  if (size > 0 && bytes[0] == LUA_SIGNATURE[0])
    luaL_error(L, "bytecode is not run here");
  check(L, luaL_loadbuffer(L, bytes, size, chunk));
  lua_getfield(L, LUA_REGISTRYINDEX, GLOBALS);
  rs_setglobals(L);
}

static void read_file(lua_State *L, buffer *b, const char *path)
{
  char bytes[4096];
  size_t count;
  int status = BUFFER_OK, failed;
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    luaL_error(L, "cannot open %s: %s", path, strerror(errno));
  while (status == BUFFER_OK &&
         (count = fread(bytes, 1, sizeof bytes, file)) > 0)
    status = buffer_add(b, bytes, count);
  failed = ferror(file);
  fclose(file);
  if (status == BUFFER_FULL)
    luaL_error(L, "%s is longer than %d bytes", path, SCRIPT_LIMIT);
  if (status != BUFFER_OK)
    luaL_error(L, "not enough memory");
  if (failed)
    luaL_error(L, "cannot read %s", path);
}

/* Past the byte order mark and a first line for the shell; its end stays, for
   the numbers of lines. */
static const char *begin_of(const char *text)
{
  if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  if (*text == '#')
    while (*text != '\0' && *text != '\n')
      text++;
  return text;
}

static void load_file(lua_State *L, const char *path)
{
  buffer *b = lcore_buffer(L, SCRIPT_LIMIT);
  const char *text, *end;
  read_file(L, b, path);
  text = begin_of(b->bytes != NULL ? b->bytes : "");
  end = b->bytes != NULL ? b->bytes + b->length : text;
  lua_pushfstring(L, "@%s", path);
  load_confined(L, text, (size_t)(end - text), lua_tostring(L, -1));
}

static void load(lua_State *L, const job *j)
{
  if (j->name != NULL && j->rs->is_confined)
    load_file(L, j->name);
  else if (j->name != NULL)
    check(L, luaL_loadfile(L, j->name));
  else if (j->rs->is_confined)
    load_confined(L, j->text, strlen(j->text), "=string");
  else
    check(L, luaL_loadbuffer(L, j->text, strlen(j->text), "=string"));
}

static int run_work(lua_State *L)
{
  const job *j = lua_touserdata(L, 1);
  lua_pushcfunction(L, add_traceback);
  load(L, j);
  check(L, lua_pcall(L, 0, 0, 2));
  return 0;
}

int rackspace_run_string(rackspace *rs, const char *script)
{
  job j = {0};
  j.rs = rs;
  j.text = script;
  return perform(&j, run_work, 1);
}

int rackspace_run_file(rackspace *rs, const char *path)
{
  job j = {0};
  j.rs = rs;
  j.name = path;
  return perform(&j, run_work, 1);
}

/* ---- functions of the host's ------------------------------------------- */

typedef struct function {
  rackspace *rs;
  int (*run)(void *user, const char *arguments, const char **result);
  void *user;
} function;

/* invoke(arguments) -> JSON or "", or nil and a message */
static int invoke(lua_State *L)
{
  const function *f = lua_touserdata(L, lua_upvalueindex(1));
  lua_State *before = f->rs->L;
  const char *result = NULL;
  int status;
  f->rs->L = L; /* the host may call back */
  status = f->run(f->user, luaL_checkstring(L, 1), &result);
  f->rs->L = before;
  if (status != 0)
    lua_pushnil(L);
  lua_pushstring(L, result != NULL ? result : "");
  return status != 0 ? 2 : 1;
}

static int register_work(lua_State *L)
{
  job *j = lua_touserdata(L, 1);
  function *f;
  lua_pushstring(L, j->name);
  f = lua_newuserdata(L, sizeof *f);
  *f = *(const function *)(const void *)j->text;
  lua_pushcclosure(L, invoke, 1);
  call_method(L, "register", 2, 0);
  return 0;
}

int rackspace_register(rackspace *rs, const char *name,
                       int (*run)(void *user, const char *arguments,
                                  const char **result),
                       void *user)
{
  job j = {0};
  function f;
  f.rs = rs;
  f.run = run;
  f.user = user;
  j.rs = rs;
  j.name = name;
  j.text = (const char *)&f;
  return perform(&j, register_work, 0);
}

/* ---- the rest ---------------------------------------------------------- */

void rackspace_interrupt(rackspace *rs)
{
  budget_interrupt(&rs->budget);
}

const rackspace_fault *rackspace_error(const rackspace *rs)
{
  return &rs->fault;
}

lua_State *rackspace_lua(rackspace *rs)
{
  return rs->L;
}

const char *rackspace_version(void)
{
  return RACKSPACE_VERSION;
}
