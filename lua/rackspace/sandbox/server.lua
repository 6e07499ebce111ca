--- server.lua - a sandbox over real HTTP, on loopback
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local httpd = require("rackspace.httpd")

local server_methods = {}
local server_mt = { __name = "rackspace.sandbox.server",
  __index = server_methods }

--- The address that it answers at.
function server_methods:url()
  return ("http://127.0.0.1:%d"):format(self.httpd:port())
end

--- Answers a request; or hangs up where a fault says so, or where what was held
-- back has lost its file.
local function respond(server, id, response)
  if response.close or not server.httpd:respond(id, response) then
    server.httpd:drop(id)
  end
end

--- Answers what a fault has held back for long enough. Returns the seconds
-- until the next is due.
local function release(server, most)
  local now, kept = core.monotonic(), {}
  for _, held in ipairs(server.held) do
    if held.at <= now then
      respond(server, held.id, held.response)
    else
      kept[#kept + 1], most = held, math.min(most, held.at - now)
    end
  end
  server.held = kept
  return most
end

--- Answers what comes in within `seconds`, and what is due.
function server_methods:step(seconds)
  local wait = release(self, seconds)
  for _, request in ipairs(assert(self.httpd:poll(wait))) do
    local response = self.sandbox:handle(request)
    local delay = response.delay or 0
    if delay > 0 then
      self.held[#self.held + 1] = { id = request.id, response = response,
        at = core.monotonic() + delay }
    else
      respond(self, request.id, response)
    end
  end
  release(self, 0)
end

function server_methods:close()
  self.httpd:close()
  self.sandbox:close()
end

--- Returns a server for the sandbox that new_sandbox(options) gives, such as
-- rackspace.sandbox. `options.port` is its port (0: the system chooses).
-- Returns nil and a message when the port or the state can't be used.
local function new(options, new_sandbox)
  local listener, message = httpd.listen{ port = options.port or 0,
    spool = bytes.folder() }
  if not listener then
    return nil, message
  end
  local box
  box, message = new_sandbox(options)
  if not box then
    listener:close()
    return nil, message
  end
  return setmetatable({ httpd = listener, sandbox = box, held = {} }, server_mt)
end

return { new = new }
