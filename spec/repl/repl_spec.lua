--- repl_spec.lua - the prompt, on a terminal that can only write on
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local support = require("spec.sandbox.support")

local quote = support.quote

local prompt_mt = {}
prompt_mt.__index = prompt_mt

--- Returns what stays on the screen: a status line, which a slow machine shows
-- for any call, is cleared again.
local function without_status(text)
  return (text:gsub("\r\n", "\n"):gsub("\r[^\n]*\r +\r", ""))
end

--- Reads what is shown until it ends with a text. The terminal's own ^C, which
-- comes before or after what an interrupt brings, is left out.
function prompt_mt:await(text)
  local shown = ""
  repeat
    local byte = self.job.out:read(1)
    assert(byte, "the terminal is gone; it showed:\n" .. self.seen .. shown)
    shown = (shown .. byte):gsub("\r\n$", "\n"):gsub("%^C$", "")
  until shown:sub(-#text) == text
  self.seen = self.seen .. without_status(shown)
end

--- Types a line when the prompt is there.
function prompt_mt:say(line)
  self:await("> ")
  self.job:type(line .. "\n")
  self:await("\n")
end

--- Types the end of input: all that was shown, and the exit code.
function prompt_mt:leave()
  self:await("> ")
  self.job:type("\4")
  local code, rest = self.job:finish()
  return self.seen .. without_status(rest), code
end

local home

local function open(options)
  local command = "exec " .. quote(support.program) .. " " .. (options or "")
  local job = support.start(("timeout %d env TERM=dumb HOME=%s script -qec %s /dev/null")
    :format(child.PATIENCE, home, quote(command)))
  return setmetatable({ job = job, seen = "" }, prompt_mt)
end

--- What a person sees who types the lines at a terminal; and the exit code.
local function converse(typed, options)
  local prompt = open(options)
  for line in typed:gmatch("([^\n]*)\n") do
    prompt:say(line)
  end
  return prompt:leave()
end

--- The text after the last time that a line was typed.
local function after(seen, line)
  local _, stop = seen:find("> " .. line .. "\n", 1, true)
  assert(stop, "nothing follows '" .. line .. "' in:\n" .. seen)
  return seen:sub(stop + 1)
end

local function shows(seen, line, expected)
  local text = after(seen, line)
  assert.equal(expected, text:sub(1, #expected))
end

describe("the prompt", function()
  before_each(function()
    home = support.folder()
  end)

  after_each(function()
    support.remove(home)
  end)

  it("tells of each failed call whose message a line has not shown", function()
    local quiet = converse("rs = rackspace.new{ sandbox = true }\n" ..
      'a = rs.accounts:get("CLOUD/97")\n' ..
      "a, b = rs.accounts:get('CLOUD/98')\n" ..
      'if not rs.accounts:get("CLOUD/99") then print("no") end\n')
    local _, count = quiet:gsub("\naccounts.get: 404 Customer account not found", "")
    assert.equal(3, count, quiet)
    assert.matches("\nno\naccounts.get: 404", quiet)
    local told = converse("rs = rackspace.new{ sandbox = true }\n" ..
      'rs.accounts:get("CLOUD/97")\nassert(rs.accounts:get("CLOUD/98"))\n' ..
      'print((select(2, rs.accounts:get("CLOUD/99"))))\n' ..
      'x = io.stderr:write("!", select(2, rs.accounts:get("CLOUD/99")), "\\n")\n')
    _, count = told:gsub("accounts.get: 404 Customer account not found", "")
    assert.equal(4, count, told)
  end)

  it("tells of no failed call by --quiet-failures", function()
    assert.is_nil(converse('a = rs.accounts:get("CLOUD/97")\n', "--sandbox --quiet-failures")
      :find("404", 1, true))
  end)

  it("greets with a session where there is a sandbox", function()
    local seen, code = converse("rs\n", "--sandbox")
    assert.equal(0, code)
    assert.is_truthy(seen:find("rackspace %d[%d.]+ %([^\n]*%)%. Ctrl%-D leaves; help helps%."))
    assert.is_truthy(seen:find("rs is a session (demo). Try:", 1, true))
    shows(seen, "rs", "session (demo), with the services\n  accounts ")
  end)

  it("greets without one where there is no user, and says how to get one",
    function()
      local seen, code = converse("rs\nrackspace._VERSION\n")
      assert.equal(0, code)
      assert.is_truthy(seen:find("there are no credentials", 1, true))
      assert.is_truthy(seen:find("type: sandbox", 1, true))
      shows(seen, "rs", "nil\n")
      shows(seen, "rackspace._VERSION", "0.")
    end)

  it("prints what an expression gives", function()
    local seen = converse(table.concat({ "1 + 1", "nil", "'a', nil, false, nil",
      "x = 5", "x", "= x + 1", "{}", "('text'):upper()", "print('hi')",
      "select('#')", "-- nothing", "" }, "\n"))
    shows(seen, "1 + 1", "2\nno session 2> ")
    shows(seen, "nil", "nil\nno session 2> ")
    shows(seen, "'a', nil, false, nil", "a\tnil\tfalse\tnil\nno session 3> ")
    shows(seen, "x = 5", "no session 3> x\n5\n")
    shows(seen, "= x + 1", "6\n")
    shows(seen, "{}", "{}\n")
    shows(seen, "('text'):upper()", "TEXT\n")
    shows(seen, "print('hi')", "hi\nno session 7> ")
    shows(seen, "select('#')", "0\n")
    shows(seen, "-- nothing", "no session 8> ")
  end)

  it("describes services and operations", function()
    local seen = converse("rs.tickets\nrs.tickets.close\n?rs.map\n", "--sandbox")
    shows(seen, "?rs.map", "map(source, fn, options), rackspace/session/init.lua:")
    assert.is_truthy(seen:find("\n  Calls fn(item) for each item of a source,", 1, true))
    shows(seen, "rs.tickets", "rs.tickets\nSupport tickets, ")
    shows(seen, "rs.tickets.close", "rs.tickets:close(ticketId)\n")
  end)

  it("keeps results by their number", function()
    local seen = converse("'one'\n'two'\nx = 'three'\n_ .. _1 .. _2\n")
    shows(seen, "_ .. _1 .. _2", "twoonetwo\n")
  end)

  it("shows records, lists and tables as they are read best", function()
    local seen = converse([[
{ zeal = "x", id = 7, link = { { rel = "via" } } }
{ "one", { a = 1 } }
{ { id = 1, name = "Zoë" }, { id = 22, name = "Jo" } }
(function() local t = {} for i = 1, 50 do t[i] = i end return t end)()
rs.accounts:get("CLOUD/10101")
]], "--sandbox")
    shows(seen, '{ zeal = "x", id = 7, link = { { rel = "via" } } }',
      'id    7\nlink  { { rel = "via" } }\nzeal  x\n')
    shows(seen, '{ "one", { a = 1 } }', '1  "one"\n2  { a = 1 }\n')
    shows(seen, '{ { id = 1, name = "Zoë" }, { id = 22, name = "Jo" } }',
      "id  name\n 1  Zoë\n22  Jo\n")
    assert.is_truthy(seen:find("\n36  36\n… 36 of 50. more goes on\n", 1, true))
    shows(seen, 'rs.accounts:get("CLOUD/10101")', "id               10101\n")
  end)

  it("shows no secret and obeys no control code", function()
    local seen = converse([[
rs.settings.credentials.api_key
{ api_key = "abcdef" }
"key " .. rs.settings.credentials.api_key:reveal()
"\27[31mred"
]], "--sandbox")
    shows(seen, "rs.settings.credentials.api_key", "<secret>\n")
    shows(seen, '{ api_key = "abcdef" }', "api_key  <secret>\n")
    shows(seen, '"key " .. rs.settings.credentials.api_key:reveal()',
      "key <secret>\n")
    shows(seen, '"\\27[31mred"', "\\27[31mred\n")
  end)

  it("says in a line what a call can't do, and keeps the error", function()
    local seen = converse('rs.accounts:get("CLOUD/1")\n_.kind\nrs.none\n', "--sandbox")
    assert.is_truthy(after(seen, 'rs.accounts:get("CLOUD/1")'):find(
      "^accounts%.get: 404 Customer account not found %(request %S+%)\n"))
    shows(seen, "_.kind", "not_found\n")
    assert.is_truthy(after(seen, "rs.none"):find(
      "^there is no rs%.none[^\n]*\n"))
  end)

  it("lives on after an error value that refuses to be read", function()
    local seen = converse("error(rs)\nerror(setmetatable({}, { __index = error }))\n" ..
      "'still here'\n", "--sandbox")
    shows(seen, "'still here'", "still here\n")
  end)

  it("names the help for a call that was refused", function()
    local line = 'rs.tickets:create{ accountId = "10101", subject = "x", ' ..
      'category = "Account", subcategory = "x" }'
    local seen = converse(line .. "\n", "--sandbox")
    assert.matches("tickets%.create: 400 The provided subcategory is invalid " ..
      "%(request %S+%)\n%?rs%.tickets%.create tells what it takes\n", after(seen, line))
  end)

  it("shows a pager's first items, and takes none of them from a script",
    function()
      local seen = converse("p = rs.accounts:list()\np\np().id\np\nmore\n", "--sandbox")
      shows(seen, "p", "id  ")
      assert.is_truthy(after(seen, "p"):find("^[^\n]*\n10101 +CLOUD"))
      shows(seen, "p().id", "10101\n")
      assert.is_truthy(seen:find("3> p\n[^\n]*\n5342844 +MANAGED_HOSTING"))
      assert.is_truthy(seen:find("\n… 36 so far. more goes on\n", 1, true))
      assert.is_truthy(seen:find("\n… 72 so far. more goes on\n", 1, true))
    end)

  it("reports a mistake at its line, with a similar name", function()
    local seen = converse("rs.accounts:get()\nrs.accounts.list()\nacount\naccount = 1\n"
      .. "acount\nnil\nx =\n1 +\nrs.accounts:get()\n", "--sandbox")
    shows(seen, "rs.accounts:get()", "accounts.get: 'account' is missing\n")
    shows(seen, "rs.accounts.list()", "accounts.list: call it with a colon")
    assert.is_truthy(seen:find("acount\nnil\ndid you mean account?\n", 1, true))
    assert.is_truthy(seen:find("> nil\nnil\nsandbox", 1, true))
    assert.is_truthy(seen:find("\nstdin:3: accounts.get: 'account' is missing\n", 1, true))
  end)

  it("goes on after an error", function()
    local seen, code = converse("error('no', 0)\nerror({})\nx =\n)\n1 +* 2\n"
      .. "error()\n'still here'\n")
    shows(seen, "error('no', 0)", "no\nno session 1> ")
    shows(seen, "error({})", "table: ")
    assert.is_truthy(seen:find("\nstill here\n", 1, true))
    assert.is_truthy(after(seen, "1 +* 2"):find("^[^\n]*near[^\n]*\nno session"))
    assert.equal(0, code)
  end)

  it("reads on while a chunk isn't whole", function()
    local seen = converse("for i = 1, 2 do\nprint('line', i)\nend\n"
      .. "{ 7,\n8 }\n1 +\n2\n[[long\nstring]]\n")
    assert.is_truthy(seen:find(">> end\nline\t1\nline\t2\nno session 1> ", 1, true))
    assert.is_truthy(seen:find(">> 8 }\n1  7\n2  8\n", 1, true))
    assert.is_truthy(seen:find(">> 2\n3\n", 1, true))
    assert.is_truthy(seen:find(">> string]]\nlong\nstring\n", 1, true))
  end)

  it("leaves a chunk that isn't whole at the end of input", function()
    local prompt = open()
    prompt:say("x = (")
    prompt:await(">> ")
    prompt.job:type("\4")
    prompt:say("'after'")
    local seen, code = prompt:leave()
    assert.equal(0, code)
    assert.is_truthy(seen:find("\n>> \n[^\n]*near '?<eof>"))
    shows(seen, "'after'", "after\n")
  end)

  it("says that a local is gone", function()
    local seen = converse("local lost = 1\nlocal kept = 1; kept2 = kept\n")
    shows(seen, "local lost = 1",
      "lost was local to that line; without local it stays\n")
    shows(seen, "local kept = 1; kept2 = kept", "no session 1> ")
  end)

  it("times, does again, and helps", function()
    local seen = converse("time(function() return 7 end)\nx = (x or 0) + 1\nagain\n"
      .. "again()\nx\n?rs.tickets.close\nhelp\n?nothing.such\n", "--sandbox")
    assert.is_truthy(after(seen, "time(function() return 7 end)"):find(
      "^%d+%.%d%d%d s\n7\n"))
    shows(seen, "x", "3\n")
    shows(seen, "?rs.tickets.close", "rs.tickets:close(ticketId)\n")
    shows(seen, "help", "Type Lua and see what it gives.")
    assert.is_truthy(after(seen, "?nothing.such"):find("^attempt to index [^\n]*nothing"))
  end)

  it("ends what runs on an interrupt, and goes on", function()
    local prompt = open("--sandbox")
    prompt:say("print('run' .. 'ning') while true do "
      .. "require('rackspace.core').sleep(0.01) end")
    prompt:await("running\n")
    prompt.job:type("\3")
    prompt:await("interrupted\n")
    prompt:say("'alive'")
    prompt:await("> ")
    prompt.job:type("half a line\3")
    prompt:say("40 + 2")
    local seen, code = prompt:leave()
    assert.equal(0, code)
    shows(seen, "'alive'", "alive\n")
    shows(seen, "40 + 2", "42\n")
  end)

  it("ends on SIGTERM", function()
    local prompt = open("--sandbox")
    prompt:say("os.execute('kill -TERM $PPID') while true do end")
    assert.equal(143, (prompt.job:finish()))
  end)

  it("does not start for input from a pipe, unless requested", function()
    local path = support.write(os.tmpname(), "print(1 + 1)\n")
    local job = support.start(quote(support.program), path)
    assert.same({ 0, "2\n", "" }, { job:finish() })
    job = support.start(("env HOME=%s %s --sandbox -i"):format(home,
      quote(support.program)), path)
    local code, out = job:finish()
    assert.equal(0, code)
    assert.is_truthy(out:find("sandbox 1> 2\nsandbox 1> \n", 1, true))
    os.remove(path)
  end)
end)
