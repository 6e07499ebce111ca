/* host_units.c - tests of librackspace through its header alone */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "peer.h"
#include "rackspace.h"
#include "unit.h"

static const char *const sandbox[] = {"sandbox", "true", "limits", "false",
                                      NULL};
static const char *const two[] = {"accounts.*", "tickets.get", NULL};

static rackspace *open_with(const rackspace_options *options)
{
  rackspace *rs = rackspace_new(options);
  assert_non_null(rs);
  return rs;
}

static rackspace *open_sandbox(void)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  options.settings = sandbox;
  return open_with(&options);
}

static rackspace *open_confined(void)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  options.settings = sandbox;
  options.allow = two;
  return open_with(&options);
}

static const char *call(rackspace *rs, const char *operation,
                        const char *arguments)
{
  static const char *result;
  result = NULL;
  if (rackspace_call(rs, operation, arguments, &result) != 0)
    fail_msg("%s: %s", operation, rackspace_error(rs)->message);
  return result;
}

static void expect_kind(rackspace *rs, int status, const char *kind)
{
  assert_int_equal(status, -1);
  if (strcmp(rackspace_error(rs)->kind, kind) != 0)
    fail_msg("%s, not %s: %s", rackspace_error(rs)->kind, kind,
             rackspace_error(rs)->message);
}

static void expect_error(rackspace *rs, int status, const char *kind,
                         const char *part)
{
  expect_kind(rs, status, kind);
  if (strstr(rackspace_error(rs)->message, part) == NULL)
    fail_msg("'%s' is not in '%s'", part, rackspace_error(rs)->message);
}

static void run(rackspace *rs, const char *script)
{
  if (rackspace_run_string(rs, script) != 0)
    fail_msg("%s\n%s", script, rackspace_error(rs)->message);
}

/* ---- options ------------------------------------------------------------ */

static void options_of_no_size_are_refused(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  (void)state;
  options.size = 0;
  errno = 0;
  assert_null(rackspace_new(&options));
  assert_int_equal(errno, EINVAL);
}

typedef struct later {
  rackspace_options options;
  void *unknown;
} later;

static void options_of_a_later_version_must_be_zero(void **state)
{
  later options;
  (void)state;
  memset(&options, 0, sizeof options);
  options.options.size = sizeof options;
  rackspace_free(open_with(&options.options));
  options.unknown = &options;
  assert_null(rackspace_new(&options.options));
  assert_int_equal(errno, EINVAL);
}

static void options_of_an_earlier_version_are_completed(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.size = offsetof(rackspace_options, allow);
  options.settings = sandbox;
  options.allow = two; /* was not there then */
  rs = open_with(&options);
  call(rs, "tickets.list", NULL);
  run(rs, "assert(io and debug)");
  rackspace_free(rs);
}

static void settings_are_texts_or_json(void **state)
{
  static const char *const wrong[] = {"tiemout", "30", NULL};
  static const char *const broken[] = {"timeout", "soon", NULL};
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.settings = wrong;
  rs = open_with(&options);
  expect_error(rs, rackspace_call(rs, "accounts.list", NULL, NULL), "config",
               "did you mean 'timeout'?");
  rackspace_free(rs);
  options.settings = broken;
  rs = open_with(&options);
  expect_error(rs, rackspace_call(rs, "accounts.list", NULL, NULL), "config",
               "'timeout' must be a number");
  rackspace_free(rs);
  options.settings = wrong + 1; /* a name without a value */
  assert_null(rackspace_new(&options));
  assert_int_equal(errno, EINVAL);
}

/* ---- calls -------------------------------------------------------------- */

static void arguments_come_by_place_or_by_name(void **state)
{
  rackspace *rs = open_sandbox();
  char *first;
  (void)state;
  first = strdup(call(rs, "accounts.get", "[\"CLOUD/10101\"]"));
  assert_non_null(strstr(first, "\"name\":\"MyRackspaceAcct\""));
  assert_string_equal(
      first, call(rs, "accounts.get", "{\"account\": \"CLOUD:10101\"}"));
  free(first);
  rackspace_free(rs);
}

static void errors_have_a_kind_and_a_status(void **state)
{
  rackspace *rs = open_sandbox();
  (void)state;
  assert_string_equal(rackspace_error(rs)->kind, "");
  assert_string_equal(rackspace_error(rs)->message, "");
  expect_error(rs, rackspace_call(rs, "accounts.get", "[\"CLOUD/9\"]", NULL),
               "not_found", "accounts.get: 404 Customer account not found");
  assert_int_equal(rackspace_error(rs)->status, 404);
  expect_error(rs, rackspace_call(rs, "accounts.gat", NULL, NULL), "usage",
               "did you mean 'get'?");
  assert_int_equal(rackspace_error(rs)->status, 0);
  expect_kind(rs, rackspace_call(rs, "settings.get", NULL, NULL), "usage");
  expect_kind(rs, rackspace_call(rs, "", NULL, NULL), "usage");
  expect_error(rs, rackspace_call(rs, "accounts.get", NULL, NULL), "usage",
               "accounts.get: 'account' is missing");
  expect_error(rs, rackspace_call(rs, "accounts.list", "{\"limt\":1}", NULL),
               "usage", "did you mean 'limit'?");
  expect_kind(rs, rackspace_call(rs, "accounts.list", "{\"a\"", NULL), "usage");
  expect_kind(rs, rackspace_call(rs, "accounts.list", "7", NULL), "usage");
  rackspace_free(rs);
}

/* The value of a text member that has no escapes; the caller frees it. */
static char *member(const char *json, const char *name)
{
  char quoted[64];
  const char *begin;
  snprintf(quoted, sizeof quoted, "\"%s\":\"", name);
  begin = strstr(json, quoted);
  assert_non_null(begin);
  begin += strlen(quoted);
  return strndup(begin, strcspn(begin, "\""));
}

static int count_text(const char *json, const char *part)
{
  int count = 0;
  for (; (json = strstr(json, part)) != NULL; json += strlen(part))
    count++;
  return count;
}

static void a_list_gives_a_page_and_goes_on(void **state)
{
  rackspace *rs = open_sandbox();
  int seen = 0;
  char arguments[512] = "{\"limit\": 50}";
  const char *page;
  (void)state;
  for (;;) {
    char *cursor;
    page = call(rs, "accounts.list", arguments);
    seen += count_text(page, "\"type\":\"");
    if (strstr(page, "\"cursor\":") == NULL)
      break;
    cursor = member(page, "cursor");
    snprintf(arguments, sizeof arguments, "{\"cursor\": \"%s\"}", cursor);
    free(cursor);
  }
  assert_int_equal(seen, 137);
  assert_non_null(strstr(call(rs, "contacts.list",
                              "[\"CLOUD/11065\","
                              "{\"role\":\"BILLING\"}]"),
                         "\"items\":["));
  rackspace_free(rs);
}

typedef struct pages {
  rackspace *rs;
  int count, items, most;
} pages;

static int on_page(void *user, const char *page)
{
  pages *p = user;
  p->items += count_text(page, "\"type\":\"");
  /* the host may call meanwhile */
  assert_non_null(call(p->rs, "accounts.get", "[\"CLOUD/10101\"]"));
  return ++p->count == p->most;
}

static void pages_go_to_a_callback(void **state)
{
  pages p = {open_sandbox(), 0, 0, 0};
  (void)state;
  assert_int_equal(
      rackspace_pages(p.rs, "accounts.list", "{\"limit\":50}", on_page, &p), 0);
  assert_int_equal(p.count, 3);
  assert_int_equal(p.items, 137);
  p.count = p.items = 0;
  p.most = 1;
  assert_int_equal(
      rackspace_pages(p.rs, "accounts.list", "{\"limit\":50}", on_page, &p), 0);
  assert_int_equal(p.items, 50);
  expect_error(
      p.rs,
      rackspace_pages(p.rs, "accounts.get", "[\"CLOUD/10101\"]", on_page, &p),
      "usage", "accounts.get: is no list");
  rackspace_free(p.rs);
}

static void a_write_is_read_back(void **state)
{
  rackspace *rs = open_sandbox();
  char *id, arguments[128];
  (void)state;
  id = member(call(rs, "tickets.create",
                   "{\"accountId\":\"hybrid:5342844\",\"subject\":\"Disk\","
                   "\"category\":\"Incident\",\"subcategory\":\"General\","
                   "\"comment\":{\"text\":\"sda\"}}"),
              "ticketId");
  snprintf(arguments, sizeof arguments, "[\"%s\"]", id);
  assert_non_null(strstr(call(rs, "tickets.get", arguments), "\"Disk\""));
  assert_non_null(strstr(call(rs, "tickets.close", arguments), "Closed"));
  free(id);
  rackspace_free(rs);
}

/* ---- started calls ------------------------------------------------------ */

/* A server in the place of every service, and settings that lead to it. */
typedef struct remote {
  peer server;
  char endpoints[160];
  const char *settings[11];
} remote;

static void open_remote(remote *r, const char *answer)
{
  memset(r, 0, sizeof *r);
  r->server.answer = answer;
  r->server.answer_length = answer != NULL ? strlen(answer) : 0;
}

static void point_at(remote *r)
{
  peer_start(&r->server);
  snprintf(r->endpoints, sizeof r->endpoints,
           "{\"customer\":\"http://127.0.0.1:%d\"}", r->server.port);
  r->settings[0] = "endpoints";
  r->settings[1] = r->endpoints;
  r->settings[2] = "token";
  r->settings[3] = "0123456789";
  r->settings[4] = "retries";
  r->settings[5] = "0";
  r->settings[6] = "cache";
  r->settings[7] = "false";
}

typedef struct ends {
  rackspace *rs;
  int ended, failed;
  char last[64], kind[24];
} ends;

static void on_end(void *user, const char *result)
{
  ends *e = user;
  e->ended++;
  e->failed += result == NULL;
  snprintf(e->last, sizeof e->last, "%s", result != NULL ? result : "");
  if (result == NULL)
    snprintf(e->kind, sizeof e->kind, "%s", rackspace_error(e->rs)->kind);
}

static void loop(rackspace *rs)
{
  struct pollfd fds[32];
  int left, timeout;
  size_t count = COUNT(fds);
  while ((left = rackspace_poll(rs, fds, &count, &timeout)) > 0) {
    assert_true(count <= COUNT(fds));
    assert_true(timeout >= 0 || count > 0);
    poll(fds, (nfds_t)count, timeout);
    count = COUNT(fds);
  }
  assert_int_equal(left, 0);
  assert_int_equal(timeout, -1);
}

static void started_calls_run_side_by_side(void **state)
{
  static const char answer[] =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      "Content-Length: 17\r\n\r\n{\"name\": \"seven\"}";
  rackspace_options options = RACKSPACE_OPTIONS;
  remote r;
  ends e = {0};
  int i;
  (void)state;
  open_remote(&r, answer);
  r.server.hold = 3; /* nothing is answered before all three were sent */
  point_at(&r);
  options.settings = r.settings;
  e.rs = open_with(&options);
  for (i = 0; i < 3; i++)
    assert_int_equal(
        rackspace_start(e.rs, "accounts.get", "[\"CLOUD/7\"]", on_end, &e), 0);
  assert_int_equal(e.ended, 0);
  loop(e.rs);
  assert_int_equal(e.ended, 3);
  assert_int_equal(e.failed, 0);
  assert_string_equal(e.last, "{\"name\":\"seven\"}");
  expect_kind(e.rs, rackspace_start(e.rs, "accounts.gat", NULL, on_end, &e),
              "usage");
  assert_int_equal(rackspace_start(e.rs, "accounts.get", NULL, on_end, &e), 0);
  loop(e.rs);
  assert_int_equal(e.failed, 1);
  assert_string_equal(e.kind, "usage");
  rackspace_free(e.rs);
  peer_stop(&r.server);
}

static void a_poll_without_room_tells_how_much(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  remote r;
  ends e = {0};
  struct pollfd one;
  size_t count = 0;
  int timeout;
  (void)state;
  open_remote(&r, NULL);
  point_at(&r);
  options.settings = r.settings;
  e.rs = open_with(&options);
  assert_int_equal(
      rackspace_start(e.rs, "accounts.get", "[\"CLOUD/7\"]", on_end, &e), 0);
  assert_int_equal(rackspace_poll(e.rs, NULL, &count, &timeout), 1);
  assert_int_equal(count, 1);
  one.fd = -7;
  assert_int_equal(rackspace_poll(e.rs, &one, &count, &timeout), 1);
  assert_true(count == 1 && one.fd >= 0);
  rackspace_interrupt(e.rs);
  count = 1;
  expect_kind(e.rs, rackspace_poll(e.rs, &one, &count, &timeout), "cancelled");
  assert_int_equal(e.ended, 1);
  assert_string_equal(e.kind, "cancelled");
  rackspace_start(e.rs, "accounts.get", "[\"CLOUD/7\"]", on_end, &e);
  rackspace_free(e.rs); /* with a call in flight */
  assert_int_equal(e.ended, 1);
  peer_stop(&r.server);
}

/* ---- scripts ------------------------------------------------------------ */

static const char *write_script(const char *text, size_t length)
{
  static char path[64];
  FILE *file;
  snprintf(path, sizeof path, "/tmp/host_units.%ld.lua", (long)getpid());
  file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, length, file), length);
  fclose(file);
  return path;
}

static void scripts_fail_with_a_traceback(void **state)
{
  rackspace *rs = open_sandbox();
  const char *path = write_script(LITERAL("#!/bin/sh\nerror('here')\n"));
  (void)state;
  expect_error(rs, rackspace_run_file(rs, path), "script",
               ".lua:2: here\nstack");
  expect_error(rs, rackspace_run_string(rs, "x = = 1"), "script", "string:1:");
  expect_error(rs, rackspace_run_file(rs, "/nowhere/x.lua"), "script",
               "/nowhere/x.lua");
  expect_error(rs, rackspace_run_string(rs, "rs.accounts:get('CLOUD/1')()"),
               "script", "attempt to call");
  expect_error(rs,
               rackspace_run_string(rs, "error(select(3, "
                                        "rs.accounts:get('CLOUD/1')))"),
               "not_found", "accounts.get: 404");
  expect_kind(rs, rackspace_run_string(rs, "error({})"), "script");
  expect_error(rs,
               rackspace_run_string(rs, "error(setmetatable({}, { __tostring ="
                                        " function() return 'told' end }))"),
               "script", "told");
  remove(path);
  rackspace_free(rs);
}

/* The library's own sources have the names of their files. */
static void tracebacks_name_the_library(void **state)
{
  rackspace *rs = open_sandbox();
  (void)state;
  expect_error(rs,
               rackspace_run_string(rs, "rs:on('request', function() end); "
                                        "rs.accounts:get('CLOUD/10101', 1)"),
               "script", "string:1: accounts.get: ");
  expect_error(rs, rackspace_run_string(rs, "rs:on('never', print)"), "script",
               "rackspace/session/init.lua:");
  rackspace_free(rs);
}

static void confined_scripts_are_texts(void **state)
{
  rackspace *rs = open_confined();
  (void)state;
  expect_error(rs, rackspace_run_file(rs, write_script(LITERAL("\033Lua"))),
               "script", "bytecode");
  expect_error(rs,
               rackspace_run_file(rs, write_script(LITERAL("#!x\033\n\033L"))),
               "script", ".lua:2:");
  expect_error(rs, rackspace_run_file(rs, write_script(LITERAL("#\n\n!"))),
               "script", ".lua:3:");
  assert_int_equal(
      rackspace_run_file(rs, write_script(LITERAL("\xEF\xBB\xBFx = 1"))), 0);
  run(rs, "assert(x == nil); x = 1; assert(_G.x == 1)");
  run(rs, "assert(load('\\27Lua') == nil)");
  run(rs, "assert(load(function() return nil end))");
  run(rs, "local n = 0; assert(load(function() n = n + 1; "
          "return n == 1 and '\\27' or n == 2 and 'Lua' or nil end) == nil)");
  run(rs, "x = 1; assert(load('return x')() == 1)");
  run(rs, "assert(load('return x', 'a', 't', { x = 2 })() == 2)");
  run(rs, "assert(string.dump == nil and loadfile == nil and dofile == nil)");
  remove(write_script(LITERAL("")));
  rackspace_free(rs);
}

static void confined_scripts_see_little(void **state)
{
  static const char *const nothing[] = {
      "io",        "debug",       "require",          "package", "os.execute",
      "os.getenv", "os.exit",     "os.remove",        "dofile",  "loadfile",
      "getfenv",   "setfenv",     "newproxy",         "module",  "jit",
      "_G._G.io",  "string.dump", "rawget(_G, 'io')",
  };
  rackspace *rs = open_confined();
  char script[128];
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(nothing); i++) {
    snprintf(script, sizeof script, "assert(%s == nil, '%zu')", nothing[i], i);
    run(rs, script);
  }
  run(rs, "assert(os.time() > 0 and os.clock and os.date())");
  run(rs, "assert(getmetatable('') == false)");
  run(rs, "assert(getmetatable(rs) == false)");
  run(rs, "assert(getmetatable(rs.accounts) == false)");
  run(rs, "assert(not pcall(setmetatable, {}, { __gc = print }))");
  run(rs, "assert(not pcall(setmetatable, '', {}))");
  run(rs, "string.format = nil; table.concat = nil; "
          "assert(rs.accounts:get('CLOUD/10101').name == 'MyRackspaceAcct')");
  run(rs, "local m = {}; assert(getmetatable(setmetatable({}, m)) == m)");
  run(rs, "collectgarbage('stop'); assert(collectgarbage('count') > 0)");
  rackspace_free(rs);
}

static void confined_scripts_call_what_is_allowed(void **state)
{
  rackspace *rs = open_confined();
  (void)state;
  run(rs, "local n = 0; for a in rs.accounts:list{ limit = 50 } do n = n + 1 "
          "end; assert(n == 137)");
  run(rs, "assert(#rs.accounts:list():totable(7) == 7)");
  run(rs, "local n = 0; for page in rs.accounts:list{ limit = 50 }:pages() do "
          "n = n + #page end; assert(n == 137)");
  run(rs, "local p = rs.accounts:list(); p(); local q = "
          "rs.accounts:list{ cursor = p:cursor() }; "
          "assert(q().number ~= rs.accounts:list()().number)");
  run(rs, "local v, m, e = rs.tickets:create{}; assert(v == nil and "
          "e.kind == 'refused' and tostring(e) == m and m == "
          "'tickets.create: the session does not allow it')");
  run(rs, "local v, m, e = rs.tickets:list():totable(); "
          "assert(v == nil and e.kind == 'refused')");
  run(rs, "local ok, e = pcall(rs.tickets:list()); "
          "assert(not ok and e.kind == 'refused')");
  run(rs, "local ok, e = pcall(rs.contacts:list('CLOUD/1'):pages()); "
          "assert(not ok and e.kind == 'refused')");
  run(rs, "local v, m, e = rs.accounts:get('CLOUD/1'); "
          "assert(e.kind == 'not_found' and e.status == 404)");
  expect_kind(rs, rackspace_call(rs, "contacts.list", "[\"CLOUD/1\"]", NULL),
              "refused");
  expect_error(rs, rackspace_run_string(rs, "\nrs.accounts:get()"), "script",
               "string:2: accounts.get: 'account' is missing");
  expect_error(rs, rackspace_run_string(rs, "rs.accounts.gat()"), "script",
               "string:1: rs.accounts has no operation 'gat'");
  rackspace_free(rs);
}

/* A script that held a part of the session could reach its secrets. */
static void confined_scripts_reach_no_secret(void **state)
{
  static const char *const own[] = {
      "auth",    "settings", "transport", "scheduler", "metas", "heard",
      "service", "request",  "perform",   "on",        "close", "sandbox"};
  static const char *const all[] = {"*", NULL};
  rackspace_options options = RACKSPACE_OPTIONS;
  char script[128];
  rackspace *rs;
  size_t i;
  (void)state;
  options.settings = sandbox;
  options.allow = all;
  rs = open_with(&options);
  for (i = 0; i < COUNT(own); i++) {
    snprintf(script, sizeof script,
             "assert(not pcall(function() return rs.%s end))", own[i]);
    run(rs, script);
  }
  run(rs, "local function look(v, n) assert(type(v) ~= 'userdata' and "
          "type(v) ~= 'function'); if type(v) == 'table' then "
          "for k, x in next, v do look(k); look(x) end end end "
          "look(rs.identity:whoami()); "
          "look((rs.accounts:get('CLOUD/10101'))); "
          "look((select(3, rs.accounts:get('CLOUD/1'))))");
  run(rs, "rs.identity:whoami().access = 7; "
          "assert(rs.accounts:get('CLOUD/10101'))");
  expect_error(rs, rackspace_run_string(rs, "rs.accounts:get(print)"), "script",
               "takes plain values, not a function");
  expect_error(rs,
               rackspace_run_string(rs, "local t = {}; t.t = t; "
                                        "rs.accounts:list(t)"),
               "script", "nested deeper");
  expect_error(
      rs,
      rackspace_run_string(rs, "rs.tickets:create{ comment = { text = 'x', "
                               "attachments = { '/etc/passwd' } } }"),
      "script", "names no files");
  run(rs, "local seen; local t = setmetatable({ limit = 1 }, { __index = "
          "function(_, k) seen = k end, __pairs = function() seen = 1 end }); "
          "rs.accounts:list(t)(); assert(seen == nil)");
  rackspace_free(rs);
}

static void libraries_are_the_hosts_to_give(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.settings = sandbox;
  options.libraries = RACKSPACE_BASE;
  rs = open_with(&options);
  run(rs, "assert(not io and not os.getenv); assert(rs.tickets:list()())");
  rackspace_free(rs);
  options.libraries = RACKSPACE_IO | RACKSPACE_OS;
  rs = open_with(&options);
  run(rs, "assert(io.open and os.getenv and not debug and not require)");
  rackspace_free(rs);
  rs = open_with(NULL);
  run(rs, "assert(rs == nil and io and debug and require('rackspace').new)");
  rackspace_free(rs);
}

/* ---- bounds ------------------------------------------------------------- */

static const char *const endless[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local function f() return pcall(f) end while true do f() end",
    "while true do xpcall(function() while true do end end, "
    "function() while true do end end) end",
    "while true do local c = coroutine.wrap(function() while true do end end) "
    "pcall(c) end",
    "while true do coroutine.wrap(function() end)() end",
    "local c = coroutine.wrap(function() while true do coroutine.yield() end "
    "end) while true do c() end",
    "('x'):rep(1e5):gsub('.', function() while true do end end)",
    "table.sort({ 3, 2, 1 }, function() while true do end end)",
    "local t = setmetatable({}, { __index = function() while true do end end })"
    " return t.x",
    "tostring(setmetatable({}, { __tostring = function() while true do end "
    "end }))",
    "error(setmetatable({}, { __tostring = function() while true do end end}))",
    "while true do pcall(error) end",
    "local f = load('local x <close> = setmetatable({}, { __close = function() "
    "while true do end end }) while true do end') or function() while true do "
    "end end; coroutine.wrap(f)() f()",
    "xpcall(error, function() while true do end end)",
    "while true do load('x = 1')() end",
    "while true do rs.accounts:get('CLOUD/10101') end",
    "for _ in pairs{1} do while true do pcall(rs.accounts.get) end end",
};

static void instructions_are_bounded(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  size_t i;
  (void)state;
  options.settings = sandbox;
  options.allow = two;
  options.instructions = 10000000; /* a session takes 6 million */
  rs = open_with(&options);
  for (i = 0; i < COUNT(endless); i++) {
    expect_error(rs, rackspace_run_string(rs, endless[i]), "refused",
                 "used up its instructions");
    run(rs, "assert(rs.accounts:get('CLOUD/10101').number == 10101)");
  }
  assert_non_null(call(rs, "accounts.get", "[\"CLOUD/10101\"]"));
  rackspace_free(rs);
}

/* It is not the call's own time-out that ends it. */
static void time_is_bounded_in_waits_too(void **state)
{
  static const char *const scripts[] = {
      "rs.accounts:get('CLOUD/7')",
      "while true do pcall(rs.accounts.get, rs.accounts, 'CLOUD/7') end",
      "while true do end",
  };
  rackspace_options options = RACKSPACE_OPTIONS;
  remote r;
  rackspace *rs;
  size_t i;
  (void)state;
  open_remote(&r, NULL);
  point_at(&r);
  options.settings = r.settings;
  options.allow = two;
  options.seconds = 0.1;
  rs = open_with(&options);
  for (i = 0; i < COUNT(scripts); i++)
    expect_error(rs, rackspace_run_string(rs, scripts[i]), "refused",
                 "used up its time");
  rackspace_free(rs);
  options.allow = NULL;
  rs = open_with(&options);
  expect_error(rs,
               rackspace_run_string(rs, "require('rackspace.core').sleep(9e9)"),
               "refused", "used up its time");
  rackspace_free(rs);
  peer_stop(&r.server);
}

static void memory_is_bounded(void **state)
{
  static const char *const greedy[][2] = {
      {"local t = {} for i = 1, 1e9 do t[i] = {} end", "memory"},
      {"local s = 'x' while true do s = s .. s end", "memory"},
      {"local s = ('x'):rep(1e8)", "memory"},
      {"kept = {} while true do kept[#kept + 1] = #kept .. 'x' end", "memory"},
  };
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  size_t i;
  (void)state;
  options.settings = sandbox;
  options.allow = two;
  options.memory = 16 << 20;
  rs = open_with(&options);
  for (i = 0; i < COUNT(greedy); i++) {
    expect_kind(rs, rackspace_run_string(rs, greedy[i][0]), greedy[i][1]);
    run(rs, "assert(kept == nil); "
            "assert(rs.accounts:get('CLOUD/10101').number == 10101)");
  }
  rackspace_free(rs);
}

/* Each allocation at the ceiling fails slowly. There may be no memory left for
   the error's text. */
static void time_ends_what_tries_on_at_the_ceiling(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.settings = sandbox;
  options.allow = two;
  options.memory = 8 << 20;
  options.seconds = 0.5;
  rs = open_with(&options);
  expect_kind(
      rs,
      rackspace_run_string(rs, "local t = {} local function f() while true do "
                               "t[#t + 1] = ('x'):rep(1000) .. #t end end "
                               "while true do pcall(f) end"),
      "refused");
  rackspace_free(rs);
}

static void bodies_count_as_memory(void **state)
{
  enum { BODY = 24 << 20 };
  rackspace_options options = RACKSPACE_OPTIONS;
  char *answer = malloc(BODY + 200);
  int length;
  rackspace *rs;
  remote r;
  (void)state;
  assert_non_null(answer);
  length = sprintf(answer,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                   "Content-Length: %d\r\n\r\n",
                   BODY);
  memset(answer + length, ' ', BODY);
  memcpy(answer + length + BODY - 2, "{}", 3);
  open_remote(&r, answer);
  point_at(&r);
  options.settings = r.settings;
  rs = open_with(&options);
  call(rs, "accounts.get", "[\"CLOUD/7\"]");
  rackspace_free(rs);
  options.memory = 16 << 20;
  rs = open_with(&options);
  expect_kind(rs, rackspace_call(rs, "accounts.get", "[\"CLOUD/7\"]", NULL),
              "memory");
  run(rs, "assert(1 + 1 == 2)");
  rackspace_free(rs);
  peer_stop(&r.server);
  free(answer);
}

static int echo(void *user, const char *arguments, const char **result);

/* ---- forks -------------------------------------------------------------- */

/* Whether the descriptors that a poll gives are ready soon. */
static int is_ready_again(rackspace *rs)
{
  struct pollfd one;
  size_t count = 1;
  int timeout, i, ready = 1;
  for (i = 0; i < 10 && ready; i++) { /* the connection opens meanwhile */
    assert_int_equal(rackspace_poll(rs, &one, &count, &timeout), 1);
    ready = poll(&one, 1, 20) > 0;
  }
  return ready;
}

static void an_interrupt_in_a_fork_is_of_that_alone(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  remote r;
  ends e = {0};
  int status;
  pid_t child;
  (void)state;
  open_remote(&r, NULL);
  point_at(&r);
  options.settings = r.settings;
  options.instructions = 1000000000; /* has LuaJIT interpret */
  e.rs = open_with(&options);
  assert_int_equal(
      rackspace_start(e.rs, "accounts.get", "[\"CLOUD/7\"]", on_end, &e), 0);
  assert_false(is_ready_again(e.rs));
  child = fork();
  if (child == 0) {
    rackspace_interrupt(e.rs);
    status = rackspace_run_string(e.rs, "require('rackspace.core').sleep(60)");
    _exit(status == -1 && rackspace_run_string(e.rs, "x = 1") == 0 ? 0 : 1);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  assert_false(is_ready_again(e.rs));
  assert_int_equal(e.ended, 0);
  rackspace_free(e.rs);
  peer_stop(&r.server);
}

/* ---- what is not there -------------------------------------------------- */

static int no_page(void *user, const char *page)
{
  (void)user, (void)page;
  return 0;
}

static void no_end(void *user, const char *result)
{
  (void)user, (void)result;
}

static void null_is_an_error(void **state)
{
  rackspace *rs = open_sandbox();
  struct pollfd one;
  size_t count = 1;
  const char *result = "";
  int timeout;
  (void)state;
  expect_error(rs, rackspace_call(rs, NULL, NULL, &result), "usage",
               "operation is NULL");
  assert_null(result);
  expect_kind(rs, rackspace_pages(rs, NULL, NULL, no_page, NULL), "usage");
  expect_error(rs, rackspace_pages(rs, "accounts.list", NULL, NULL, NULL),
               "usage", "on_page is NULL");
  expect_kind(rs, rackspace_start(rs, NULL, NULL, no_end, NULL), "usage");
  expect_error(rs, rackspace_start(rs, "accounts.list", NULL, NULL, NULL),
               "usage", "on_end is NULL");
  expect_error(rs, rackspace_poll(rs, NULL, &count, &timeout), "usage",
               "fds is NULL");
  expect_error(rs, rackspace_poll(rs, &one, NULL, &timeout), "usage",
               "count is NULL");
  expect_error(rs, rackspace_poll(rs, &one, &count, NULL), "usage",
               "timeout is NULL");
  expect_error(rs, rackspace_run_file(rs, NULL), "usage", "path is NULL");
  expect_error(rs, rackspace_run_string(rs, NULL), "usage", "script is NULL");
  expect_error(rs, rackspace_register(rs, NULL, echo, NULL), "usage",
               "name is NULL");
  expect_error(rs, rackspace_register(rs, "f", NULL, NULL), "usage",
               "function is NULL");
  call(rs, "accounts.list", NULL);
  rackspace_free(rs);
}

static void so_is_null_for_a_rackspace(void **state)
{
  struct pollfd one;
  size_t count = 1;
  const char *result;
  int timeout;
  (void)state;
  rackspace_free(NULL);
  rackspace_interrupt(NULL);
  assert_null(rackspace_lua(NULL));
  assert_int_equal(rackspace_call(NULL, "accounts.list", NULL, &result), -1);
  assert_int_equal(rackspace_call(NULL, NULL, NULL, NULL), -1);
  assert_int_equal(rackspace_pages(NULL, "accounts.list", NULL, no_page, NULL),
                   -1);
  assert_int_equal(rackspace_start(NULL, "accounts.list", NULL, no_end, NULL),
                   -1);
  assert_int_equal(rackspace_poll(NULL, &one, &count, &timeout), -1);
  assert_int_equal(rackspace_poll(NULL, NULL, NULL, NULL), -1);
  assert_int_equal(rackspace_run_file(NULL, "x.lua"), -1);
  assert_int_equal(rackspace_run_string(NULL, "x = 1"), -1);
  assert_int_equal(rackspace_register(NULL, "echo", echo, NULL), -1);
  assert_string_equal(rackspace_error(NULL)->kind, "usage");
  assert_non_null(strstr(rackspace_error(NULL)->message, "NULL"));
}

/* ---- freed in a callback ------------------------------------------------ */

static int free_on_page(void *user, const char *page)
{
  rackspace *rs = user;
  (void)page;
  rackspace_free(rs);
  assert_int_equal(rackspace_call(rs, "accounts.list", NULL, NULL), -1);
  assert_non_null(strstr(rackspace_error(rs)->message, "was freed"));
  rackspace_free(rs);
  return 0;
}

static void free_on_end(void *user, const char *result)
{
  ends *e = user;
  (void)result;
  e->ended++;
  rackspace_free(e->rs);
}

static int free_in_function(void *user, const char *arguments,
                            const char **result)
{
  (void)arguments, (void)result;
  rackspace_free(*(rackspace **)user);
  return 0;
}

static void free_in_log(void *user, const char *line)
{
  (void)line;
  rackspace_free(*(rackspace **)user);
}

static void a_page_may_free_it(void **state)
{
  rackspace *rs = open_sandbox();
  (void)state;
  assert_int_equal(rackspace_pages(rs, "accounts.list", NULL, free_on_page, rs),
                   -1);
}

static void an_end_may_free_it(void **state)
{
  ends e = {0};
  size_t count = 0;
  int timeout, i;
  (void)state;
  e.rs = open_sandbox();
  for (i = 0; i < 3; i++)
    assert_int_equal(rackspace_start(e.rs, "accounts.get", "[\"CLOUD/10101\"]",
                                     free_on_end, &e),
                     0);
  assert_int_equal(rackspace_poll(e.rs, NULL, &count, &timeout), -1);
  assert_int_equal(e.ended, 1);
}

static void a_function_may_free_it(void **state)
{
  static const char *const scripts[] = {
      "quit()", "quit() while true do rs.accounts:get('CLOUD/10101') end",
      "coroutine.wrap(function() quit() "
      "while true do rs.accounts:get('CLOUD/10101') end end)()",
      "pcall(quit) while true do rs.accounts:list():totable() end"};
  rackspace *rs;
  size_t i;
  (void)state;
  for (i = 0; i < 2 * COUNT(scripts); i++) {
    rs = i % 2 == 0 ? open_sandbox() : open_confined();
    assert_int_equal(rackspace_register(rs, "quit", free_in_function, &rs), 0);
    assert_int_equal(rackspace_run_string(rs, scripts[i / 2]), -1);
  }
}

static void a_log_may_free_it(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.settings = sandbox;
  options.log = free_in_log;
  options.user = &rs;
  rs = open_with(&options);
  assert_int_equal(
      rackspace_call(rs, "accounts.get", "[\"CLOUD/10101\"]", NULL), -1);
}

/* ---- kinds -------------------------------------------------------------- */

static void try_all(rackspace *rs, size_t ceiling)
{
  ends e = {rs, 0, 0, "", ""};
  size_t count = 0;
  int timeout, status[5], i;
  status[0] = rackspace_call(rs, "accounts.get", "[\"CLOUD/10101\"]", NULL);
  for (i = 1; i < 5; i++) {
    if (status[i - 1] != 0 && strcmp(rackspace_error(rs)->kind, "memory") != 0)
      fail_msg("%zu bytes, %d: %s: %s", ceiling, i - 1,
               rackspace_error(rs)->kind, rackspace_error(rs)->message);
    if (i == 1)
      status[i] = rackspace_pages(rs, "tickets.list", NULL, no_page, NULL);
    else if (i == 2)
      status[i] = rackspace_run_string(rs, "rs.accounts:list():totable()");
    else if (i == 3)
      status[i] = rackspace_register(rs, "echo", echo, NULL);
    else
      status[i] = rackspace_start(rs, "accounts.list", NULL, on_end, &e);
  }
  while (status[4] == 0 && e.ended == 0)
    if (rackspace_poll(rs, NULL, &count, &timeout) < 0)
      expect_kind(rs, -1, "memory");
  if (e.failed > 0)
    assert_string_equal(e.kind, "memory");
}

static void a_ceiling_is_always_of_the_kind_memory(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  size_t opened = 0;
  (void)state;
  if (IS_LUAJIT)
    skip();
  options.settings = sandbox;
  for (options.memory = 1 << 16; options.memory < 6 << 20;
       options.memory += options.memory / 40) {
    rackspace *rs = rackspace_new(&options);
    if (rs == NULL) {
      assert_int_equal(errno, ENOMEM);
      continue;
    }
    opened++;
    try_all(rs, options.memory);
    rackspace_free(rs);
  }
  assert_true(opened > 10);
}

/* ---- the allocator ------------------------------------------------------ */

typedef struct heap {
  size_t bytes, blocks, most, allowed; /* allowed: allocations; 0: any */
  size_t made;
} heap;

static void *count_allocate(void *user, void *pointer, size_t old_size,
                            size_t size)
{
  heap *h = user;
  if (pointer == NULL)
    old_size = 0;
  if (size > old_size && h->allowed > 0 && ++h->made > h->allowed)
    return NULL;
  h->bytes += size - old_size;
  h->blocks += (size > 0 && pointer == NULL);
  h->blocks -= (size == 0 && pointer != NULL);
  h->most = h->bytes > h->most ? h->bytes : h->most;
  if (size > 0)
    return realloc(pointer, size);
  free(pointer);
  return NULL;
}

static void the_hosts_allocator_gets_all_back(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  heap h = {0};
  rackspace *rs;
  (void)state;
  options.settings = sandbox;
  options.allocate = count_allocate;
  options.user = &h;
  rs = open_with(&options);
  call(rs, "accounts.list", NULL);
  assert_true(h.most > 100000);
  rackspace_free(rs);
  assert_int_equal(h.bytes, 0);
  assert_int_equal(h.blocks, 0);
}

/* The allocations that making a session takes. */
static size_t allocations_to_open(const rackspace_options *options, heap *h)
{
  h->allowed = SIZE_MAX;
  rackspace_free(open_with(options));
  return h->made;
}

/* Steps grow by a twelfth: up to where a session can be made, and anew from
   there, where its call fails. */
static size_t more_allowed(size_t allowed, size_t opening)
{
  size_t next = allowed + 1 + allowed / 12;
  if (allowed >= opening)
    return allowed + 1 + (allowed - opening) / 12;
  return next < opening ? next : opening;
}

/* More allocations succeed each time, until all do. */
static void every_failing_allocation_is_survived(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  heap h = {0};
  int done = IS_LUAJIT, opened = 0;
  size_t opening;
  (void)state;
  if (IS_LUAJIT)
    skip();
  options.settings = sandbox;
  options.allocate = count_allocate;
  options.user = &h;
  opening = allocations_to_open(&options, &h);
  for (h.allowed = 1; !done; h.allowed = more_allowed(h.allowed, opening)) {
    rackspace *rs;
    h.made = 0;
    rs = rackspace_new(&options);
    if (rs == NULL) {
      assert_int_equal(errno, ENOMEM);
    } else {
      const char *result;
      opened++;
      done =
          rackspace_call(rs, "accounts.get", "[\"CLOUD/10101\"]", &result) == 0;
      if (!done)
        expect_kind(rs, -1, "memory");
      rackspace_free(rs);
    }
    assert_int_equal(h.bytes, 0);
    assert_int_equal(h.blocks, 0);
  }
  assert_true(opened > 1);
}

/* ---- interrupts --------------------------------------------------------- */

/* Seconds until a wait must have ended. Where an interrupt doesn't end it,
   these waits take a minute. */
enum { AT_ONCE = 10 };

typedef struct interrupter {
  rackspace *rs;
  peer *server;
} interrupter;

/* Once the request was sent, the call waits. */
static void *interrupt_request(void *user)
{
  const interrupter *i = user;
  while (peer_read(i->server, &i->server->requests) == 0)
    sched_yield();
  rackspace_interrupt(i->rs);
  return NULL;
}

static void an_interrupt_ends_a_wait_at_once(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  remote r;
  interrupter i;
  pthread_t thread;
  double begun;
  (void)state;
  open_remote(&r, NULL);
  point_at(&r);
  r.settings[8] = "timeout";
  r.settings[9] = "60";
  options.settings = r.settings;
  i.rs = open_with(&options);
  i.server = &r.server;
  begun = clock_monotonic();
  assert_int_equal(pthread_create(&thread, NULL, interrupt_request, &i), 0);
  expect_error(i.rs,
               rackspace_call(i.rs, "accounts.get", "[\"CLOUD/7\"]", NULL),
               "cancelled", "interrupted");
  assert_true(clock_monotonic() - begun < AT_ONCE);
  pthread_join(thread, NULL);
  run(i.rs, "assert(1 + 1 == 2)");
  rackspace_free(i.rs);
  peer_stop(&r.server);
}

static int interrupt_now(void *user, const char *arguments, const char **result)
{
  (void)arguments;
  (void)result;
  rackspace_interrupt(user);
  return 0;
}

static void *interrupt_later(void *user)
{
  poll(NULL, 0, 200); /* until then, the script most likely sleeps */
  rackspace_interrupt(user);
  return NULL;
}

static void an_interrupt_ends_a_sleep_at_once(void **state)
{
  static const char *const sleeps[] = {"require('rackspace.core').sleep(60)",
                                       "rs:sleep(60)"};
  rackspace *rs = open_sandbox();
  size_t i;
  (void)state;
  for (i = 0; i < COUNT(sleeps); i++) {
    double begun = clock_monotonic();
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, interrupt_later, rs), 0);
    expect_error(rs, rackspace_run_string(rs, sleeps[i]), "cancelled",
                 "interrupted");
    assert_true(clock_monotonic() - begun < AT_ONCE);
    pthread_join(thread, NULL);
  }
  rackspace_free(rs);
}

static void an_interrupt_ends_a_loop(void **state)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  (void)state;
  options.settings = sandbox;
  options.instructions = 1000000000; /* has LuaJIT interpret */
  rs = open_with(&options);
  rackspace_register(rs, "interrupt", interrupt_now, rs);
  expect_error(rs,
               rackspace_run_string(rs, "interrupt() while true do pcall("
                                        "function() while true do end end) "
                                        "end"),
               "cancelled", "string:1: interrupted");
  rackspace_interrupt(rs); /* the next one, as none runs */
  expect_kind(rs, rackspace_run_string(rs, "while true do end"), "cancelled");
  run(rs, "assert(rs.accounts:get('CLOUD/10101'))");
  rackspace_free(rs);
}

/* Leads the standard output to a pipe that nobody reads. Returns the output as
   it was. */
static int redirect_output(int pair[2])
{
  int output = dup(STDOUT_FILENO);
  assert_int_equal(pipe(pair), 0);
  fflush(stdout);
  assert_true(dup2(pair[1], STDOUT_FILENO) >= 0);
  return output;
}

static void restore_output(int output, const int pair[2])
{
  fflush(stdout);
  dup2(output, STDOUT_FILENO);
  close(output);
  close(pair[0]);
  close(pair[1]);
}

/* Once the pipe is full, the script waits. */
static void *interrupt_print(void *user)
{
  struct pollfd entry = {STDOUT_FILENO, POLLOUT, 0};
  while (poll(&entry, 1, 0) != 0)
    sched_yield();
  rackspace_interrupt(user);
  return NULL;
}

static void what_nobody_reads_is_ended_too(void **state)
{
  static const char script[] = "while true do print(('x'):rep(1000)) end";
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs = open_confined(), *hasty;
  pthread_t thread;
  int pair[2], output;
  (void)state;
  options.allow = two;
  options.seconds = 0.1;
  hasty = open_with(&options);
  output = redirect_output(pair);
  pthread_create(&thread, NULL, interrupt_print, rs);
  rackspace_run_string(rs, script);
  rackspace_run_string(hasty, script);
  restore_output(output, pair);
  pthread_join(thread, NULL);
  expect_error(rs, -1, "cancelled", "interrupted");
  expect_error(hasty, -1, "refused", "used up its time");
  rackspace_free(rs);
  rackspace_free(hasty);
}

/* ---- functions of the host's -------------------------------------------- */

static int echo(void *user, const char *arguments, const char **result)
{
  snprintf(user, 100, "{\"got\":%s}", arguments);
  *result = user;
  return 0;
}

static int refuse(void *user, const char *arguments, const char **result)
{
  (void)user;
  (void)arguments;
  *result = "not today";
  return -1;
}

static int call_back(void *user, const char *arguments, const char **result)
{
  (void)arguments;
  return rackspace_call(user, "accounts.get", "[\"CLOUD/10101\"]", result);
}

static void the_hosts_functions_are_called(void **state)
{
  rackspace *confined = open_confined(), *free_one = open_sandbox();
  rackspace *each[2];
  char text[100];
  size_t i;
  (void)state;
  each[0] = confined;
  each[1] = free_one;
  for (i = 0; i < 2; i++) {
    rackspace *rs = each[i];
    assert_int_equal(rackspace_register(rs, "echo", echo, text), 0);
    assert_int_equal(rackspace_register(rs, "refuse", refuse, NULL), 0);
    assert_int_equal(rackspace_register(rs, "again", call_back, rs), 0);
    run(rs, "local r = echo(1, nil, { a = 'b' }, true)");
    assert_string_equal(text, "{\"got\":[1,null,{\"a\":\"b\"},true]}");
    run(rs, "assert(echo(1, 'x').got[2] == 'x'); assert(echo().got)");
    run(rs, "assert(coroutine.wrap(function() return again().name end)() == "
            "'MyRackspaceAcct')");
    expect_error(rs, rackspace_run_string(rs, "refuse()"), "script",
                 "string:1: refuse: not today");
    expect_error(rs, rackspace_run_string(rs, "echo(print)"), "script",
                 "string:1: echo: ");
    rackspace_free(rs);
  }
}

static void take_line(void *user, const char *line)
{
  buffer *lines = user;
  assert_int_equal(buffer_add_text(lines, line), BUFFER_OK);
}

static void the_log_has_no_secret(void **state)
{
  static const char *const settings[] = {
      "token", "0123456789abcdef", "retries",
      "0",     "endpoints",        "{\"customer\":\"http://127.0.0.1:1\"}",
      NULL};
  rackspace_options options = RACKSPACE_OPTIONS;
  buffer lines;
  rackspace *rs;
  (void)state;
  buffer_init(&lines, 100000);
  options.settings = settings;
  options.log = take_line;
  options.user = &lines;
  rs = open_with(&options);
  expect_kind(rs, rackspace_call(rs, "accounts.get", "[\"CLOUD/7\"]", NULL),
              "network");
  assert_non_null(strstr(lines.bytes, "accounts.get"));
  assert_null(strstr(lines.bytes, "0123456789abcdef"));
  rackspace_free(rs);
  buffer_free(&lines);
}

static void the_version_is_told(void **state)
{
  (void)state;
  assert_string_equal(rackspace_version(), RACKSPACE_VERSION);
  rackspace_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options_of_no_size_are_refused),
      cmocka_unit_test(options_of_a_later_version_must_be_zero),
      cmocka_unit_test(options_of_an_earlier_version_are_completed),
      cmocka_unit_test(settings_are_texts_or_json),
      cmocka_unit_test(arguments_come_by_place_or_by_name),
      cmocka_unit_test(errors_have_a_kind_and_a_status),
      cmocka_unit_test(a_list_gives_a_page_and_goes_on),
      cmocka_unit_test(pages_go_to_a_callback),
      cmocka_unit_test(a_write_is_read_back),
      cmocka_unit_test(started_calls_run_side_by_side),
      cmocka_unit_test(a_poll_without_room_tells_how_much),
      cmocka_unit_test(scripts_fail_with_a_traceback),
      cmocka_unit_test(tracebacks_name_the_library),
      cmocka_unit_test(confined_scripts_are_texts),
      cmocka_unit_test(confined_scripts_see_little),
      cmocka_unit_test(confined_scripts_call_what_is_allowed),
      cmocka_unit_test(confined_scripts_reach_no_secret),
      cmocka_unit_test(libraries_are_the_hosts_to_give),
      cmocka_unit_test(instructions_are_bounded),
      cmocka_unit_test(time_is_bounded_in_waits_too),
      cmocka_unit_test(memory_is_bounded),
      cmocka_unit_test(time_ends_what_tries_on_at_the_ceiling),
      cmocka_unit_test(bodies_count_as_memory),
      cmocka_unit_test(an_interrupt_in_a_fork_is_of_that_alone),
      cmocka_unit_test(null_is_an_error),
      cmocka_unit_test(so_is_null_for_a_rackspace),
      cmocka_unit_test(a_page_may_free_it),
      cmocka_unit_test(an_end_may_free_it),
      cmocka_unit_test(a_function_may_free_it),
      cmocka_unit_test(a_log_may_free_it),
      cmocka_unit_test(a_ceiling_is_always_of_the_kind_memory),
      cmocka_unit_test(the_hosts_allocator_gets_all_back),
      cmocka_unit_test(every_failing_allocation_is_survived),
      cmocka_unit_test(an_interrupt_ends_a_wait_at_once),
      cmocka_unit_test(an_interrupt_ends_a_sleep_at_once),
      cmocka_unit_test(an_interrupt_ends_a_loop),
      cmocka_unit_test(what_nobody_reads_is_ended_too),
      cmocka_unit_test(the_hosts_functions_are_called),
      cmocka_unit_test(the_log_has_no_secret),
      cmocka_unit_test(the_version_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
