--- repl_spec.lua - the prompt, on a terminal
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local quote = support.quote

local prompt_mt = {}
prompt_mt.__index = prompt_mt

--- Reads what is shown until it ends with a text.
function prompt_mt:await(text)
  while self.seen:sub(-#text) ~= text do
    local byte = self.job.out:read(1)
    assert(byte, "the terminal is gone; it showed:\n" .. self.seen)
    self.seen = self.seen .. (byte ~= "\r" and byte or "")
  end
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
  return self.seen .. rest:gsub("\r", ""), code
end

local function open(options)
  local job = support.start(("timeout 20 env TERM=dumb script -qec %s /dev/null")
    :format(quote("exec " .. quote(support.program) .. " " .. (options or ""))))
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
  it("greets with a session where there is a sandbox", function()
    local seen, code = converse("rs\n", "--sandbox")
    assert.equal(0, code)
    assert.is_truthy(seen:find("rackspace %d[%d.]+ %([^\n]*%)%. Ctrl%-D leaves%."))
    assert.is_truthy(seen:find("rs is a session (demo). Try:", 1, true))
    shows(seen, "rs", "session (demo)\n")
  end)

  it("greets without one where there is no user, and says how to get one",
    function()
      local seen, code = converse("rs\nrackspace._VERSION\n")
      assert.equal(0, code)
      assert.is_truthy(seen:find("there are no credentials", 1, true))
      assert.is_truthy(seen:find("rackspace --sandbox", 1, true))
      shows(seen, "rs", "nil\n")
      shows(seen, "rackspace._VERSION", "0.")
    end)

  it("prints what an expression gives", function()
    local seen = converse(table.concat({ "1 + 1", "nil", "'a', nil, false, nil",
      "x = 5", "x", "= x + 1", "{}", "('text'):upper()", "print('hi')",
      "select('#')", "-- nothing", "" }, "\n"))
    shows(seen, "1 + 1", "2\n> ")
    shows(seen, "nil", "nil\n> ")
    shows(seen, "'a', nil, false, nil", "a\tnil\tfalse\tnil\n> ")
    shows(seen, "x = 5", "> x\n5\n> ")
    shows(seen, "= x + 1", "6\n> ")
    shows(seen, "{}", "table: ")
    shows(seen, "('text'):upper()", "TEXT\n> ")
    shows(seen, "print('hi')", "hi\n> ")
    shows(seen, "select('#')", "0\n> ")
    shows(seen, "-- nothing", "> ")
  end)

  it("prints a record with its fields in order, a list by its items",
    function()
      local seen = converse([[
{ name = "x", id = 7, link = { { rel = "via" } } }
{ "one", { a = 1, b = { c = { d = 2 } } }, [10] = 3, [9] = {} }
{ text = ("ö"):rep(300) }
(function() local t = {} for i = 1, 50 do t[i] = i end return t end)()
rs.accounts:get("CLOUD/10101")
]], "--sandbox")
      shows(seen, '{ name = "x", id = 7, link = { { rel = "via" } } }',
        'id    7\nlink  { { rel = "via" } }\nname  x\n> ')
      shows(seen,
        '{ "one", { a = 1, b = { c = { d = 2 } } }, [10] = 3, [9] = {} }',
        '1   one\n2   { a = 1, b = { c = { d = 2 } } }\n9   {}\n10  3\n> ')
      assert.is_truthy(seen:find("text  " .. ("ö"):rep(300) .. "\n", 1, true))
      assert.is_truthy(seen:find("\n40  40\n... and 10 more\n", 1, true))
      shows(seen, 'rs.accounts:get("CLOUD/10101")', "domain           10101\n")
    end)

  it("cuts what is deep or long, and no character in two", function()
    local seen = converse("{ { ('ö'):rep(300) } }\n"
      .. "{ a = { b = { c = { d = { e = 1 } } } } }\n")
    local cut = seen:match('\n1  ({ "[^\n]*)%.%.%.\n')
    assert.is_truthy(cut)
    assert.equal("", (cut:sub(4):gsub("ö", ""):gsub('"', "")))
    assert.is_true(#cut <= 160 and #cut > 150)
    assert.is_truthy(seen:find("a  { b = { c = { d = {...} } } }", 1, true)
      or seen:find("a  { b = { c = {...} } }", 1, true))
  end)

  it("says in a line what a call can't do", function()
    local seen = converse('rs.accounts:get("CLOUD/1")\nrs.none\n', "--sandbox")
    assert.is_truthy(after(seen, 'rs.accounts:get("CLOUD/1")'):find(
      "^accounts%.get: 404 Customer account not found %(request %S+%)\n> "))
    assert.is_truthy(after(seen, "rs.none"):find(
      "^stdin:1: there is no rs%.none[^\n]*\n> "))
  end)

  it("says how to get at the items of a list", function()
    local seen = converse("rs.accounts:list()\n", "--sandbox")
    shows(seen, "rs.accounts:list()",
      "pager (accounts.list)\nfor its items: pager:totable(10)")
  end)

  it("goes on after an error", function()
    local seen, code = converse("error('no', 0)\nerror({})\nx =\n)\n1 +* 2\n"
      .. "error()\n'still here'\n")
    shows(seen, "error('no', 0)", "no\n> ")
    shows(seen, "error({})", "table: ")
    assert.is_truthy(seen:find("\nstill here\n", 1, true))
    assert.is_truthy(after(seen, "1 +* 2"):find("^stdin:1: [^\n]*\n> "))
    assert.equal(0, code)
  end)

  it("reads on while a chunk isn't whole", function()
    local seen = converse("for i = 1, 2 do\nprint('line', i)\nend\n"
      .. "{ 7,\n8 }\n1 +\n2\n[[long\nstring]]\n")
    assert.is_truthy(seen:find(">> end\nline\t1\nline\t2\n> ", 1, true))
    assert.is_truthy(seen:find(">> 8 }\n1  7\n2  8\n> ", 1, true))
    assert.is_truthy(seen:find(">> 2\n3\n> ", 1, true))
    assert.is_truthy(seen:find(">> string]]\nlong\nstring\n> ", 1, true))
  end)

  it("leaves a chunk that isn't whole at the end of input", function()
    local prompt = open()
    prompt:say("x = (")
    prompt:await(">> ")
    prompt.job:type("\4")
    prompt:await("\n> ")
    prompt:say("'after'")
    local seen, code = prompt:leave()
    assert.equal(0, code)
    assert.is_truthy(seen:find("\n>> \nstdin:1: [^\n]*near '?<eof>"))
    shows(seen, "'after'", "after\n")
  end)

  it("ends what runs on an interrupt, and goes on", function()
    local prompt = open("--sandbox")
    prompt:say("print('run' .. 'ning') while true do "
      .. "require('rackspace.core').sleep(0.01) end")
    prompt:await("\nrunning\n")
    prompt.job:type("\3")
    prompt:await("interrupted\n")
    prompt:say("'alive'")
    prompt:await("> ")
    prompt.job:type("half a line\3")
    prompt:await("^C\n")
    prompt:say("40 + 2")
    local seen, code = prompt:leave()
    assert.equal(0, code)
    shows(seen, "'alive'", "alive\n")
    shows(seen, "40 + 2", "42\n")
  end)

  it("is not there for what comes by a pipe", function()
    local path = support.write(os.tmpname(), "print(1 + 1)\n")
    local job = support.start(quote(support.program), path)
    assert.same({ 0, "2\n", "" }, { job:finish() })
    os.remove(path)
  end)
end)
