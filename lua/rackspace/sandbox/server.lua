--- server.lua - serves a sandbox over HTTP on the loopback interface
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local httpd = require("rackspace.httpd")

local server_methods = {}
local server_mt = { __name = "rackspace.sandbox.server",
  __index = server_methods }

--- Returns the server's URL.
function server_methods:url()
  return ("http://127.0.0.1:%d"):format(self.httpd:port())
end

--- Sends a response. Closes the connection instead when a fault rule says so,
-- or when the response can't be sent, as when its file is gone.
local function respond(server, id, response)
  if response.close or not server.httpd:respond(id, response) then
    server.httpd:drop(id)
  end
end

--- Sends the delayed responses that are due. Returns the seconds until the next
-- one is due, `most` at most.
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

--- Waits up to `seconds` for requests, handles them, and sends the delayed
-- responses that are due.
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

--- Starts a server.
-- @param options table: port, an integer (0: the system chooses one), and the
--   options of the sandbox
-- @param new_sandbox function(options) that returns a sandbox, such as
--   rackspace.sandbox
-- @return the server; or nil and a message when the port or a file can't be
--   used
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
