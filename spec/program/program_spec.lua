--- program_spec.lua - the program `rackspace`, as it is run
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local ports = require("spec.support.port")
local socket = require("socket")
local support = require("spec.sandbox.support")

local quote, run = support.quote, support.run

local interpreter = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"

--- Exit code, output and complaint of a run that is not of interest whole.
local function check(arguments, code, out, complaint, settings)
  local got, printed, said = run(arguments, settings)
  assert.equal(code, got, arguments .. ": " .. said)
  assert.equal(out, printed)
  if complaint then
    assert.is_truthy(said:find(complaint), said)
  else
    assert.equal("", said)
  end
end

describe("rackspace", function()
  local folder

  setup(function()
    folder = support.folder()
  end)

  teardown(function()
    support.remove(folder)
  end)

  local function script(text, name)
    return support.write(folder .. "/" .. (name or "script.lua"), text)
  end

  it("runs a script with its arguments", function()
    local path = script('print(select("#", ...), #arg, arg[0], arg[2], ...)')
    check(quote(path) .. " one 'two words' ''", 0,
      "3\t3\t" .. path .. "\ttwo words\tone\ttwo words\t\n")
    check(quote(path), 0, "0\t0\t" .. path .. "\tnil\n")
    check(path .. " -e --sandbox", 0,
      "2\t2\t" .. path .. "\t--sandbox\t-e\t--sandbox\n")
  end)

  it("puts itself and its options before the script into arg", function()
    local path = script("print(arg[-1], arg[-2], arg[-3])")
    check("-e 'x = 1' " .. path, 0,
      "x = 1\t-e\t" .. support.program .. "\n")
    check("-e 'print(arg[0], arg[1])'", 0, support.program .. "\t-e\n")
  end)

  it("runs lines of code, one after the other, before the script", function()
    check("-e 'x = 1' -e 'print(x)'", 0, "1\n")
    check("-e 'y = 5' " .. script("print(y, ...)") .. " z", 0, "5\tz\n")
    check("-e 'error(\"first\", 0)' -e 'print(2)'", 1, "",
      "^rackspace: first\n")
  end)

  it("gives the lines a session, when they ask for one", function()
    check("--sandbox -e 'print(rs.accounts:get(\"CLOUD/10101\").name)'", 0, "MyRackspaceAcct\n")
    check("-e 'print(rackspace._VERSION)' -e 'print(rawget(_G, \"rs\"), none)'", 0,
      require("rackspace")._VERSION .. "\nnil\tnil\n")
    check("-e 'print(rs)'", 1, "", "^rackspace: rackspace%.new: there are no credentials: ")
    check("--sandbox -e 'x = 1' " .. script("print(rs, x, getmetatable(_G))"), 0,
      "nil\t1\tnil\n")
    check("-e 'getmetatable(_G).__index = function() return 7 end' " .. script("print(none)"), 0,
      "7\n")
    check("--sandbox -e 'x = rs' " .. script("print(rs == x)"), 0, "true\n")
  end)

  it("runs what it reads, by - or without a terminal", function()
    local text = quote(script("#!/bin/false\nprint('read', ...)"))
    for arguments, out in pairs{ ["- a b"] = "read\ta\tb\n", [""] = "read\n" } do
      local job = support.start(quote(support.program) .. " " .. arguments, text)
      assert.same({ 0, out, "" }, { job:finish() })
    end
    check("-", 0, "")
  end)

  it("says the versions, and how it is used", function()
    local code, out = run("--version")
    assert.equal(0, code)
    local name = interpreter == "luajit" and "LuaJIT 2%.1"
      or "Lua " .. interpreter:match("%d%.%d")
    assert.is_truthy(out:find("^rackspace %d+%.%d+%.%d+ %(" .. name
      .. "[^,]*, libcurl/%S+%)\n$"), out)
    code, out = run("--help")
    assert.equal(0, code)
    for _, word in ipairs{ "-e CODE", "-i ", "--profile=NAME", "--read-only",
      "--sandbox", "--version", "exit codes",
      "report --help", "sandbox" } do
      assert.is_truthy(out:find(word, 1, true))
    end
    for line in out:gmatch("[^\n]+") do
      assert.is_true(#line <= 80)
    end
  end)

  it("ends with 2 when it is not used as it says", function()
    for arguments, problem in pairs{ ["--none"] = "no option '%-%-none'",
      ["-x"] = "no option '%-x'", ["-e"] = "%-e needs a value, as in %-e CODE",
      ["--sandbox="] = "%-%-sandbox needs a value",
      ["--profile"] = "%-%-profile needs a value", ["--profile="] = "needs a value",
      ["--read-only=1"] = "%-%-read%-only takes no value",
      ["--version --none"] = "no option '%-%-none'" } do
      check(arguments, 2, "", "^rackspace: [^\n]*" .. problem
        .. "[^\n]*\ntry: rackspace %-%-help\n$")
    end
  end)

  it("ends with 1, and says where, when the script fails", function()
    local path = script("local function inner()\n  error('broken')\nend\n"
      .. "local function outer()\n  inner()\nend\nouter()")
    local code, out, said = run(path)
    assert.same({ 1, "" }, { code, out })
    assert.is_truthy(said:find("^rackspace: [^\n]*script%.lua:2: broken\n"
      .. "stack traceback:\n"))
    assert.is_truthy(said:find("script.lua:5:", 1, true))
    assert.is_nil(said:find("program.lua", 1, true))
    check(script("x ="), 1, "", "^rackspace: [^\n]*script%.lua:1: [^\n]*\n$")
    check("-e 'x ='", 1, "", "^rackspace: %-e:1: [^\n]*\n$")
    check(folder .. "/none.lua", 1, "",
      "^rackspace: cannot open [^\n]*No such file or directory[^\n]*\n$")
    check("-e 'error()'", 1, "", "^rackspace: nil\n")
    check("-e 'error({})'", 1, "", "^rackspace: table: ")
    check("-e 'error(\"it was interrupted\")'", 1, "",
      "^rackspace: %-e:1: it was interrupted\nstack traceback:")
  end)

  it("shows an error of the library's in one line", function()
    local code = [[-e 'for a in require("rackspace").new{ sandbox = true,
      api_key = "none" }.accounts:list() do print(a) end']]
    check(code, 1, "", "^rackspace: [^\n]*401 Unable to authenticate user "
      .. "with credentials provided%.[^\n]*\n$")
  end)

  it("tells of failed calls that a script drops, and ends as they do", function()
    local path = script("local rs = assert(require('rackspace').new())\n" ..
      "rs.tickets:close('nope')\nprint('goes on')")
    local code, out, said = run("--sandbox " .. path)
    assert.same({ 4, "goes on\n" }, { code, out })
    assert.matches("^rackspace: [^\n]*script%.lua:2: tickets%.close: 404 [^\n]*\n$", said)
    check("--sandbox --quiet-failures " .. path, 0, "goes on\n")
    check("--sandbox -e 'rs.tickets:close(\"nope\")'", 4, "",
      "^rackspace: %-e:1: tickets%.close: 404 [^\n]*\n$")
    check("--sandbox -e 'return rs.tickets:close(\"nope\")'", 4, "",
      "^rackspace: %-e: tickets%.close: 404 [^\n]*\n$")
    check("--sandbox --read-only -e 'rs.tickets:close(\"nope\") os.exit(0)'", 0, "",
      "the session is read%-only")
    check("--sandbox -e 'rs.tickets:close(\"nope\") error(\"broken\", 0)'", 1, "",
      "404 [^\n]*\nrackspace: broken\n")
    check("--sandbox -e 'local t = rs.tickets:close(\"nope\") print(t)'", 0, "nil\n")
  end)

  it("names the failed call that an error comes of", function()
    check("--sandbox -e 'a = rs.accounts:get(\"CLOUD/99\")' -e 'print(a.name)'", 1, "",
      "^rackspace: %-e:1: [^\n]*nil[^\n]*\nthat nil is from a call that failed: "
      .. "%-e:1: accounts%.get: 404 [^\n]*\nstack traceback:\n")
    local path = script("local rackspace = require('rackspace')\n" ..
      "local rs = rackspace.new{ profile = 'none' }\nrs.accounts:list()")
    check(path, 1, "", "script%.lua:2: rackspace%.new: there is no profile 'none'")
  end)

  it("ends with the code that the script asks for", function()
    check("-e 'os.exit(7)'", 7, "")
    check("-e 'io.stdout:write(1) os.exit(0)'", 0, "1")
  end)

  it("has a sandbox for every script that asks for none", function()
    local path = script([[local rs = assert(require("rackspace").new())
      print(rs.accounts:get("CLOUD/10101").name, #rs.accounts:list():totable())]])
    check("--sandbox " .. path, 0, "MyRackspaceAcct\t137\n")
    check(path, 0, "MyRackspaceAcct\t137\n", nil, "env RACKSPACE_SANDBOX=1")
    check(path, 1, "", "there are no credentials")
    for _, setting in ipairs{ "", "0" } do
      check(path, 1, "", "there are no credentials",
        "env RACKSPACE_SANDBOX=" .. setting)
    end
    local box = assert(support.serve("--accounts 60"))
    check("--sandbox=" .. box.url .. " " .. path, 0, "MyRackspaceAcct\t60\n")
    check(path, 0, "MyRackspaceAcct\t60\n", nil,
      "env RACKSPACE_SANDBOX=" .. box.url)
    assert.equal("2", support.jq(support.curl(box.url
      .. "/sandbox/counts").body, '."accounts.get"'))
    assert.equal(0, (box:finish()))
    finally(ports.close_all)
    local nowhere = ports.refusing_url()
    check(path, 1, "", "the sandbox at " .. nowhere:gsub("%p", "%%%0")
      .. " can't be reached", "env RACKSPACE_SANDBOX=" .. nowhere)
  end)

  it("takes the profile that is named", function()
    support.output("mkdir -p " .. folder .. "/rackspace")
    local path = support.write(folder .. "/rackspace/config",
      "[work]\nusername = alice.work\napi_key = none123456\n")
    support.output("chmod 600 " .. path)
    local code = [[-e 'print(require("rackspace").new())']]
    local settings = "env XDG_CONFIG_HOME=" .. folder
    check("--profile=work " .. code, 0, "session (alice.work)\n", nil, settings)
    local _, out = run("--profile=none " .. code, settings)
    assert.is_truthy(out:find("there is no profile 'none'", 1, true))
  end)

  it("works from any folder, with no variable set", function()
    local program = support.output("realpath " .. quote(support.program))
      :gsub("\n", "")
    local code = [[local rs = require("rackspace").new{ sandbox = true }
      print(rs.accounts:get("CLOUD/10101").number, os.getenv("HOME"))
      require("rackspace.httpd").listen{}:close()
      print(require("cjson").encode{ 1 }, require("cjson.safe")._NAME)]]
    local job = support.start(("sh -c 'cd / && exec env -i \"$0\" -e \"$1\"' "
      .. "%s %s"):format(quote(program), quote(code)), "/dev/null")
    local got, out, said = job:finish()
    assert.same({ 0, "" }, { got, said })
    assert.is_truthy(out:find("^10101\tnil\n%[1%]\tcjson"), out)
  end)

  it("loads a user's C modules", function()
    local code = [[-e 'print(require("lxp")._VERSION ~= nil,
      require("socket").gettime() > 0, require("lfs").currentdir() ~= nil)']]
    check(code, 0, "true\ttrue\ttrue\n", nil, "env -u LUA_PATH -u LUA_CPATH")
  end)

  it("reads its sources from a folder that is being worked on", function()
    support.output("mkdir -p " .. folder .. "/lua && cp -r lua/rackspace "
      .. folder .. "/lua")
    support.write(folder .. "/lua/rackspace/base/nearest.lua",
      "return { mine = true }")
    check([[-e 'print(require("rackspace.base.nearest").mine)']], 0,
      "true\n", nil, "env RACKSPACE_LUA_PATH=" .. folder .. "/lua")
    check([[-e 'print(require("rackspace.base.nearest").mine)']], 0,
      "nil\n")
  end)
end)

describe("an interrupt of rackspace", function()
  local folder, listener

  setup(function()
    folder = support.folder()
    listener = assert(socket.bind("127.0.0.1", 0))
    listener:settimeout(child.PATIENCE)
  end)

  teardown(function()
    listener:close()
    support.remove(folder)
  end)

  local function start(text)
    return support.start(quote(support.program) .. " " .. quote(
      support.write(folder .. "/script.lua", text)), "/dev/null")
  end

  --- Signals, and gives what finish() gives, and the seconds that it took.
  local function interrupt(job, name)
    local began = socket.gettime()
    job:signal(name or "INT")
    local code, out, said = job:finish()
    return { code, out, said }, socket.gettime() - began
  end

  local interrupted = { 130, "", "rackspace: interrupted\n" }

  --- Waits for the request of a script, which is never answered.
  local function accept()
    local peer = assert(listener:accept())
    peer:settimeout(child.PATIENCE)
    assert.equal("POST /v2.0/tokens HTTP/1.1", peer:receive("*l"))
    return peer
  end

  local call = [[
    local _, port = ...
    local rs = require("rackspace").new{ username = "a", api_key = "b",
      endpoints = { identity = "http://127.0.0.1:%d/v2.0" } }
    %s
    print("went on")]]

  local function start_call(code)
    local _, port = listener:getsockname()
    return start(call:format(port, code))
  end

  it("ends a call in flight at once", function()
    local job = start_call('rs.accounts:get("CLOUD/1")')
    local peer = accept()
    local result, seconds = interrupt(job)
    peer:close()
    assert.same(interrupted, result)
    assert.is_true(seconds < 60, seconds)
  end)

  it("ends a walk, and a call inside a coroutine", function()
    for _, code in ipairs{ "for _ in rs.accounts:list() do print() end",
      'coroutine.wrap(function() rs.accounts:get("CLOUD/1") end)()' } do
      local job = start_call(code)
      local peer = accept()
      local result, seconds = interrupt(job)
      peer:close()
      assert.same(interrupted, result)
      assert.is_true(seconds < 60, seconds)
    end
  end)

  it("ends a loop, also in a coroutine and in C", function()
    for _, loop in ipairs{ "while true do end",
      "coroutine.wrap(function() while true do end end)()",
      "coroutine.wrap(function() while true do pcall(error) end end)()",
      'string.find(("a"):rep(200000), (".-"):rep(20) .. "b")' } do
      local job = start("io.write('ready\\n') io.flush() " .. loop)
      assert.equal("ready", job:line())
      local result, seconds = interrupt(job)
      assert.same(interrupted, result)
      assert.is_true(seconds < 60, seconds)
    end
  end)

  it("ends a wait", function()
    local job = start("io.write('ready\\n') io.flush() "
      .. "require('rackspace.core').sleep(1000)")
    assert.equal("ready", job:line())
    assert.same(interrupted, (interrupt(job)))
  end)

  it("is an error that the script may meet, and go on", function()
    local job = start([[
      local ok, message = pcall(function()
        io.write("ready\n") io.flush()
        while true do require("rackspace.core").sleep(0.01) end
      end)
      print(ok, (tostring(message):gsub("^.*: ", "")))]])
    assert.equal("ready", job:line())
    assert.same({ 0, "false\tinterrupted\n", "" }, (interrupt(job)))
  end)

  it("leaves an error after it what it is", function()
    local job = start([[
      pcall(function()
        io.write("ready\n") io.flush()
        while true do require("rackspace.core").sleep(0.01) end
      end)
      error("another", 0)]])
    assert.equal("ready", job:line())
    local result = interrupt(job)
    assert.equal(1, result[1])
    assert.is_truthy(result[3]:find("^rackspace: another\n"))
  end)

  it("is told from a termination by the exit code", function()
    local job = start("io.write('ready\\n') io.flush() while true do end")
    assert.equal("ready", job:line())
    assert.same({ 143, "", "rackspace: interrupted\n" },
      (interrupt(job, "TERM")))
  end)

  it("also ends a program that reads", function()
    local job = support.start(quote(support.program) .. " -e 'print(1) "
      .. "io.flush() io.read(\"*a\") print(2)'")
    assert.equal("1", job:line())
    job:signal("INT")
    assert.equal("", job.out:read("*a"))
    assert.same({ 130, "", "rackspace: interrupted\n" }, { job:finish() })
  end)
end)
