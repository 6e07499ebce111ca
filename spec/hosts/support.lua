--- support.lua - starts a host on a free port, asks it, and stops it
-- SPDX-License-Identifier: MIT
local busted = require("busted")
local child = require("spec.support.child")
local ports = require("spec.support.port")
local socket = require("socket")
local support = require("spec.sandbox.support")

local hosts = { root = support.output("pwd"):gsub("\n$", "") }

local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

--- Where packages lie that are unpacked, not installed.
hosts.unpacked = hosts.root .. "/build/hosts"

--- The columns of doc/guide/hosts.md's table of hosts, by Debian's version.
local columns = { ["12"] = 5, ["13"] = 6 }

local function debian_version()
  local text = support.output("cat /etc/os-release 2>/dev/null")
  return text:find("\nID=debian\n") and text:match('\nVERSION_ID="(%d+)"')
end

--- Returns the version of a host, and of its Lua, that doc/guide/hosts.md's table has
-- for this system; nil where the table has no column for it.
function hosts.expected(name)
  local tried = support.read("doc/guide/hosts.md"):match("| host | how it waits.*")
  local row = tried:match("\n| " .. name .. " (|[^\n]*|)\n")
  local column, cells = columns[debian_version()], { name }
  for cell in row:gmatch("| *([^|]-) *%f[|]") do
    cells[#cells + 1] = cell
  end
  return column and assert(cells[column])
end

--- Returns the variable by which a program finds the libraries that are
-- unpacked there.
function hosts.libraries()
  return "LD_LIBRARY_PATH=" .. support.output(("find %s/ -name 'lib*.so*' "
    .. "-exec dirname {} + | sort -u | paste -sd: -"):format(hosts.unpacked))
    :gsub("\n", "")
end

--- Returns the interpreter that a host's Lua is, by the name that script/specs
-- takes: luajit for "LuaJIT 2.1.0-beta3", lua5.3 for "Lua 5.3.6".
local function interpreter(its_lua)
  local version = its_lua and its_lua:match("^Lua (%d%.%d)")
  return version and "lua" .. version or "luajit"
end

local function is_installed(program)
  return support.output("command -v " .. program) ~= ""
end

local function describe(host, its_lua, version, body)
  local expected = hosts.expected(host.name)
  busted.describe(host.name, function()
    if expected then
      busted.it("has the versions of the table", function()
        busted.assert.equal(expected, version .. ", " .. its_lua)
      end)
    else
      busted.pending("has the versions of the table (neither Debian 12 nor 13)")
    end
    busted.describe("with its example", body)
  end)
end

--- Describes a host. The specs run once, under the Lua that the host itself
-- has. They are pending where it is not installed, and under a checker, whose
-- library it would need first.
-- @param host name, as in doc/guide/hosts.md's table; program, the command, or false
--   where it lacks what it needs; and ask(), which returns what the host says
--   of itself: its Lua and its version
function hosts.describe(host, body)
  if os.getenv("RACKSPACE_SPEC_GC") then
    return
  elseif not (host.program and is_installed(host.program)) then
    return lua == "lua5.4" and busted.pending(host.name .. " (not installed)")
  end
  local its_lua, version = host.ask()
  if interpreter(its_lua) ~= lua then
    return
  elseif os.getenv("LD_PRELOAD") then
    busted.pending(host.name .. " (not under a checker)")
  else
    describe(host, its_lua, version, body)
  end
end

--- The variables by which a host finds the modules and the sandbox.
function hosts.environment(box)
  local root = hosts.root
  return ("env -i HOME=/dev/null PATH=\"$PATH\" RACKSPACE_SANDBOX=%s "
    .. "RACKSPACE_SANDBOX_TOKEN=%s "
    .. "RACKSPACE_HOSTS=%s/examples/hosts "
    .. "LUA_PATH='%s/lua/?.lua;%s/lua/?/init.lua;%s/examples/hosts/?.lua;;' "
    .. "LUA_CPATH='%s/lib/?.so;;' "):format(box.url, box.control_token, root, root, root, root,
      build)
end

--- Ends a host, unless it was ended before. Returns what it printed, and what
-- it complained of.
function hosts.stop(job)
  if job.closed then
    return
  end
  job:signal("TERM")
  local _, out, complaint = job:finish()
  return out, complaint
end

--- Starts a command that serves at a port; command(port) gives it. Waits until
-- it says so (nil: says nothing), and answers.
function hosts.start(box, command, word)
  local holder, port = ports.hold()
  local job = support.start(hosts.environment(box) .. command(port),
    "/dev/null")
  job.url = "http://127.0.0.1:" .. port
  job.port = port
  local ok, problem = pcall(child.wait_until, function()
    local line = word and job:line()
    if line and not line:find(word, 1, true) then
      return nil
    end
    word = nil
    local connection = socket.connect("127.0.0.1", port)
    if connection then
      connection:close()
    end
    return connection
  end, "the host")
  holder:close()
  if not ok then
    local _, complaint = hosts.stop(job)
    error(problem .. ": " .. complaint, 0)
  end
  return job
end

--- Asks for `other` while the answer to `path` can't come, as the sandbox
-- stands still. Returns the status of the first, the second's text.
function hosts.ask_beside(box, job, path, other)
  box:signal("STOP")
  local waiting = assert(socket.connect("127.0.0.1", job.port))
  waiting:settimeout(child.PATIENCE)
  assert(waiting:send(("GET %s HTTP/1.1\r\nHost: localhost\r\n"
    .. "Connection: close\r\n\r\n"):format(path)))
  local ok, answer = pcall(support.curl, job.url .. other)
  box:signal("CONT")
  local text = waiting:receive("*a")
  waiting:close()
  assert(ok, answer)
  return answer.status, text or ""
end

--- Gives the sandbox a rule of faults, as JSON.
function hosts.fault(box, rule)
  local answer = support.curl(box.url .. "/sandbox/faults", "--json", rule)
  assert(answer.status < 300, answer.body)
end

--- Has an operation done, and yet fail once, so that it is made again after a
-- pause.
function hosts.fail_once(box, operation)
  hosts.fault(box, ('{"operation":"%s","status":503,"times":1,'
    .. '"after_processing":true}'):format(operation))
end

--- How often the sandbox answered an operation.
function hosts.count(box, operation)
  return support.jq(support.curl(box.url .. "/sandbox/counts").body,
    ('."%s" // 0'):format(operation))
end

return hosts
