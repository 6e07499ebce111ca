--- sandbox.lua - `rackspace sandbox`: a sandbox over HTTP, until interrupted
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local sandbox_server = require("rackspace.sandbox.server")

local STEP = 60 -- seconds that the server waits for a request at most

local function announce(server, host)
  local description = server.sandbox:describe(server:url())
  description.pid = host.pid()
  description.control_token = server.sandbox.control_token
  local ok, problem = io.write(json.plain(description), "\n")
  if ok then
    ok, problem = io.stdout:flush()
  end
  if not ok then -- nobody would know where it is
    error(fault.new{ kind = "file", text = "the output can't be written: " ..
      problem }, 0)
  end
end

local function serve(server, options, host)
  announce(server, host)
  if options.with_stdin then
    host.end_with_stdin()
  end
  while true do
    server:step(STEP)
  end
end

--- Serves until it is interrupted. Returns the exit code, and what went wrong.
-- @param protect function(fn, ...) that calls fn(...) and returns as pcall,
--   with "interrupted" for the error of an interrupt
local function run(options, host, protect)
  local server, message = sandbox_server.new(options, rackspace.sandbox)
  if not server then
    return exits.failed, message
  end
  local torn = server.sandbox.store.torn
  if torn then
    io.stderr:write("rackspace: ", torn, "\n")
  end
  local _, reason = protect(serve, server, options, host)
  server:close()
  if reason ~= "interrupted" then
    return exits.failed, reason
  end
  return exits.done
end

return { run = run }
