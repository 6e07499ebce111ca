--- sandbox.lua - a sandbox in a process of its own, over HTTP
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local json = require("rackspace.base.json")
local rackspace = require("rackspace")

local sandbox_methods = {}
local sandbox_mt = { __index = sandbox_methods }

function sandbox_methods:close()
  self.child:close()
end

--- Settings of a session with it, by the ordinary way: credentials and
-- endpoints as a script gives them.
function sandbox_methods:settings(settings)
  local copy = { username = self.credentials.username,
    api_key = self.credentials.api_key, email = self.credentials.email,
    endpoints = self.endpoints }
  for name, value in pairs(settings or {}) do
    copy[name] = value or nil
  end
  return copy
end

--- Asks something of the sandbox itself: "GET", "counts".
function sandbox_methods:control(method, action, body)
  local rs = assert(rackspace.new{ sandbox = self.url })
  local response = assert(rs.transport{ method = method, timeout = 10, operation = "control",
    url = self.url .. "/sandbox/" .. action, headers = { ["Content-Type"] = "application/json",
      ["X-Sandbox-Token"] = self.control_token },
    body = body })
  rs:close()
  assert(response.status < 300, response.body)
  return json.decode(response.body)
end

--- How many log-ins it has seen succeed or fail.
function sandbox_methods:logins()
  local counts = self:control("GET", "counts")
  return (counts["identity.login"] or 0) + (counts["identity.authenticate"] or 0)
end

--- Starts `rackspace sandbox`; options as the program takes them.
local function start(options)
  local program = os.getenv("RACKSPACE_PROGRAM") or "rackspace"
  local process = child.start(("'%s' sandbox --with-stdin %s"):format(program, options or ""))
  local self = assert(json.decode(process:first_line()))
  self.child = process
  return setmetatable(self, sandbox_mt)
end

return { close_all = child.close_all, start = start }
