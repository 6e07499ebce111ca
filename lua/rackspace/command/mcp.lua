--- mcp.lua - `rackspace mcp`: tools for assistants, over standard input
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local poll = require("rackspace.loop.poll")
local rackspace = require("rackspace")
local server_of = require("rackspace.mcp.server")
local tools = require("rackspace.mcp.tools")

local STDIN = 0

-- The bytes that a message may have.
local LONGEST_LINE = 16777216

--- Returns the names in a list with commas between them.
local function read_list(text)
  local names = {}
  for name in (text or ""):gmatch("[^,%s]+") do
    names[#names + 1] = name
  end
  return names
end

local function fail(text)
  error(fault.new{ kind = "file", text = text }, 0)
end

local function send(message)
  local ok, problem = io.write(json.plain(message), "\n")
  if ok then
    ok, problem = io.stdout:flush()
  end
  if not ok then
    fail("the output can't be written: " .. problem)
  end
end

local function take_line(server, line)
  if line:find("%S") then
    server:receive(line)
  end
end

--- Hands the whole lines to the server of a text that follows on `parts`, the
-- pieces of a line without an end so far.
local function take_lines(server, parts, text)
  local from, stop = 1, text:find("\n", 1, true)
  while stop do
    parts[#parts + 1] = text:sub(from, stop - 1)
    local line = table.concat(parts)
    for i = #parts, 1, -1 do
      parts[i] = nil
    end
    parts.size = 0
    take_line(server, line)
    from = stop + 1
    stop = text:find("\n", from, true)
  end
  parts[#parts + 1] = text:sub(from)
  parts.size = parts.size + #text - from + 1
end

--- Reads what has come. Returns whether more may come.
local function read_input(server, host, parts)
  local bytes, problem = host.read()
  if problem then
    fail("standard input can't be read: " .. problem)
  end
  take_lines(server, parts, bytes or "\n")
  if parts.size > LONGEST_LINE then
    fail(("a message has more than %d bytes"):format(LONGEST_LINE))
  end
  return bytes ~= nil
end

--- Serves until the end of standard input, and of the calls that are in
-- progress then: of a write that was left the outcome would be unknown.
local function serve(server, loop, host)
  local parts, is_open = { size = 0 }, true
  while is_open or server:is_busy() do
    local descriptors, seconds = loop:fds(), loop:timeout()
    descriptors[STDIN] = is_open and "r" or nil
    local ready, events = host.wait(descriptors, seconds)
    if ready == STDIN then
      is_open = read_input(server, host, parts)
    else
      loop:step(ready, events)
    end
    server:finish()
  end
end

--- Opens the session. Returns it and its tools; or nil, an exit code and a
-- message.
local function open(options, allowed, loop)
  local session, message, err = rackspace.new{ sandbox = options.sandbox,
    profile = options.profile, allow = tools.list(allowed).allowed,
    loop = loop }
  if not session then
    return nil, exits.failure(err, message)
  end
  return session, tools.list(allowed, session.settings.dialect)
end

--- Serves the tools until the end of standard input, or until it is
-- interrupted. Returns the exit code, and what went wrong.
local function run(options, host, protect)
  local allowed = read_list(options.allow)
  local problem = tools.problem(allowed)
  if problem then
    return exits.usage, "mcp: --allow: " .. problem
  end
  local loop = poll.new()
  local session, offered, message = open(options, allowed, loop)
  if not session then
    return offered, message
  end
  local server = server_of.new(session, offered, rackspace._VERSION, send)
  local ok, reason = protect(serve, server, loop, host)
  session:close()
  if not ok and reason ~= "interrupted" then
    return exits.failed, reason
  end
  return exits.done
end

return { run = run }
