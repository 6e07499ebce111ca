--- server.lua - a sandbox over real HTTP, on loopback
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local httpd = require("rackspace.httpd")
local sandbox = require("rackspace.sandbox")

local server_methods = {}
local server_mt = { __name = "rackspace.sandbox.server",
  __index = server_methods }

--- The address that it answers at.
function server_methods:url()
  return ("http://127.0.0.1:%d"):format(self.httpd:port())
end

--- Answers what comes in within `seconds`.
function server_methods:step(seconds)
  for _, request in ipairs(assert(self.httpd:poll(seconds))) do
    self.httpd:respond(request.id, self.sandbox:handle(request))
  end
end

function server_methods:close()
  self.httpd:close()
  self.sandbox:close()
end

--- A server for a sandbox of the given options, and `port` (0: the system
-- chooses). nil and a message when the port or the state can't be used.
local function new(options)
  options = options or {}
  local listener, message = httpd.listen{ port = options.port or 0,
    spool = bytes.folder() }
  if not listener then
    return nil, message
  end
  local box
  box, message = sandbox.new(options)
  if not box then
    listener:close()
    return nil, message
  end
  return setmetatable({ httpd = listener, sandbox = box }, server_mt)
end

return { new = new }
