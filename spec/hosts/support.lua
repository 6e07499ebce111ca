--- support.lua - starts a host on a free port, asks it, and stops it
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local ports = require("spec.support.port")
local socket = require("socket")
local support = require("spec.sandbox.support")

local hosts = { root = support.output("pwd"):gsub("\n$", "") }

local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

--- Where what is not installed may lie unpacked.
hosts.unpacked = hosts.root .. "/build/hosts"

--- What README.md's table says of a host: its Lua, and the version tested.
function hosts.row(name)
  local text = support.read("README.md")
  local row = text:match("\n| (" .. name .. " |[^\n]*)|\n")
  local cells = {}
  for cell in (row or ""):gmatch("([^|]+)") do
    cells[#cells + 1] = cell:match("^ *(.-) *$")
  end
  return { cells[2], cells[#cells] }
end

--- Describes a host of this Lua by busted's two words: pending where it is not
-- installed or needs a checker's library first; nothing under another Lua, or
-- a second time.
function hosts.describe(words, name, host_lua, file, body)
  if lua ~= host_lua or os.getenv("RACKSPACE_SPEC_GC") then
    return
  elseif os.getenv("LD_PRELOAD") then
    words.pending(name .. " (not under a checker)", body)
  elseif support.output("command -v " .. file) == "" then
    words.pending(name .. " (not installed)", body)
  else
    words.describe(name, body)
  end
end

--- The variables by which a host finds the modules and the sandbox.
function hosts.environment(box)
  local root = hosts.root
  return ("env -i HOME=/dev/null PATH=\"$PATH\" RACKSPACE_SANDBOX=%s "
    .. "RACKSPACE_HOSTS=%s/examples/hosts "
    .. "LUA_PATH='%s/lua/?.lua;%s/lua/?/init.lua;%s/examples/hosts/?.lua;;' "
    .. "LUA_CPATH='%s/lib/?.so;;' "):format(box.url, root, root, root, root,
      build)
end

--- Ends a host: what it printed and what it complained of.
function hosts.stop(job)
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

--- Has an operation done, and yet fail once, so that it is made again after a pause.
function hosts.fail_once(box, operation)
  local answer = support.curl(box.url .. "/sandbox/faults", "--json",
    ('{"operation":"%s","status":503,"times":1,'
      .. '"after_processing":true}'):format(operation))
  assert(answer.status < 300, answer.body)
end

--- How often the sandbox answered an operation.
function hosts.count(box, operation)
  return support.jq(support.curl(box.url .. "/sandbox/counts").body,
    ('."%s" // 0'):format(operation))
end

return hosts
