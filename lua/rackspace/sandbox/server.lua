--- server.lua - serves a sandbox over HTTP on the loopback interface
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local guard = require("rackspace.sandbox.guard")
local httpd = require("rackspace.httpd")

local MAX_BODY = 1048576 -- bytes of a body that are kept in memory
local MAX_OPEN = 65536 -- bytes of a body before its request is authenticated

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

--- Lets a request whose body has only begun send the rest, or returns the
-- response that refuses it.
local function decide(server, request)
  local length = tonumber(request.headers["content-length"]) or 0
  request.file = length > MAX_BODY and "" or nil -- it would be in a file
  local ok, response = server.sandbox:admit(request, MAX_OPEN)
  if not ok then
    return response
  end
  server.httpd:admit(request.id)
end

--- Returns the response to a request; nil when the rest of its body is awaited.
local function answer(server, request)
  local refusal = guard.refusal(request)
  if refusal then
    return refusal
  elseif request.is_partial then
    return decide(server, request)
  end
  return server.sandbox:handle(request)
end

--- Sends a response now, or after its delay.
local function send(server, id, response)
  local delay = response.delay or 0
  if delay > 0 then
    server.held[#server.held + 1] = { id = id, response = response,
      at = core.monotonic() + delay }
  else
    respond(server, id, response)
  end
end

--- Waits up to `seconds` for requests, handles them, and sends the delayed
-- responses that are due.
function server_methods:step(seconds)
  local wait = release(self, seconds)
  for _, request in ipairs(assert(self.httpd:poll(wait))) do
    local response = answer(self, request)
    if response then
      send(self, request.id, response)
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
-- @return the server, whose sandbox has a `control_token`; or nil and a message
--   when the port, a file or RACKSPACE_SANDBOX_TOKEN can't be used
local function new(options, new_sandbox)
  local token, listener, message
  token, message = guard.token(os.getenv)
  if not token then
    return nil, message
  end
  listener, message = httpd.listen{ port = options.port or 0,
    spool = bytes.folder(), max_body = MAX_BODY, max_open = MAX_OPEN }
  if not listener then
    return nil, message
  end
  local box
  box, message = new_sandbox(options)
  if not box then
    listener:close()
    return nil, message
  end
  box.control_token = token
  return setmetatable({ httpd = listener, sandbox = box, held = {} }, server_mt)
end

return { new = new }
