--- peer.lua - an HTTP peer that answers with raw bytes, in a process of its own
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local socket = require("socket")

local peer = {}

local peer_methods = {}
local peer_mt = { __index = peer_methods }

local reasons = { [200] = "OK", [204] = "No Content", [401] = "Unauthorized" }

--- The bytes of a response with a body, of JSON unless the headers differ.
function peer.reply(status, body, headers)
  local lines = { ("HTTP/1.1 %d %s"):format(status, reasons[status] or "Some") }
  headers = headers or {}
  headers["Content-Type"] = headers["Content-Type"] or "application/json"
  if status ~= 204 then
    headers["Content-Length"] = headers["Content-Length"] or #body
  end
  for name, value in pairs(headers) do
    lines[#lines + 1] = name .. ": " .. tostring(value)
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. body
end

--- A log-in's answer with a token; its life in seconds.
function peer.access(token, life)
  return peer.reply(200, ('{"access":{"token":{"id":"%s","expires":"%s"},"user":{"id":"1"}}}')
    :format(token, os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + (life or 86400))))
end

-- ---- in the child -----------------------------------------------------------

local function quote(text)
  return '"' .. text:gsub('[%c"\\\127-\255]', function(char)
    return ("\\%03d"):format(char:byte())
  end) .. '"'
end

local function log(request)
  local headers = {}
  for name, value in pairs(request.headers) do
    headers[#headers + 1] = ("[%s]=%s"):format(quote(name), quote(value))
  end
  io.write(("{method=%s,target=%s,body=%s,connection=%d,headers={%s}}\n"):format(
    quote(request.method), quote(request.target), quote(request.body),
    request.connection, table.concat(headers, ",")))
  io.flush()
end

--- Takes one whole request off what a connection received.
local function take(connection)
  local head, rest = connection.data:match("^(.-\r\n)\r\n(.*)$")
  if not head then
    return nil
  end
  local headers = {}
  for name, value in head:gmatch("\r\n([^:\r\n]+): *([^\r\n]*)") do
    headers[name:lower()] = value
  end
  local length = tonumber(headers["content-length"] or 0)
  if #rest < length then
    return nil
  end
  connection.data = rest:sub(length + 1)
  local method, target = head:match("^(%S+) (%S+)")
  return { method = method, target = target, headers = headers,
    body = rest:sub(1, length), connection = connection.number }
end

local function receive(server, connection)
  local data, err, partial = connection.socket:receive(65536)
  connection.data = connection.data .. (data or partial or "")
  local open = err ~= "closed"
  local request = take(connection)
  while request do
    server.count = server.count + 1
    log(request)
    local bytes, ends = server.handler(request, server.count)
    connection.socket:settimeout(5)
    connection.socket:send(bytes or "")
    connection.socket:settimeout(0)
    open = open and not ends
    request = open and take(connection)
  end
  if not open then
    connection.socket:close()
    server.connections[connection.socket] = nil
  end
end

local function accept(server)
  local client = server.listener:accept()
  if client then
    client:settimeout(0)
    server.opened = server.opened + 1
    server.connections[client] = { socket = client, data = "", number = server.opened }
  end
end

--- Serves until standard input ends. The handler gets a request and its number,
-- and returns the bytes to send (nil: none), and whether to hang up then.
function peer.serve(handler)
  local listener = assert(socket.bind("127.0.0.1", 0, 128))
  local stdin = { getfd = function() return 0 end, dirty = function() return false end }
  local server = { handler = handler, listener = listener, connections = {},
    count = 0, opened = 0 }
  listener:settimeout(0)
  io.write(select(2, listener:getsockname()), "\n")
  io.flush()
  while true do
    local waiting = { stdin, listener }
    for client in pairs(server.connections) do
      waiting[#waiting + 1] = client
    end
    for _, ready in ipairs((socket.select(waiting))) do
      if ready == stdin then
        return
      elseif ready == listener then
        accept(server)
      else
        receive(server, server.connections[ready])
      end
    end
  end
end

-- ---- in the spec ------------------------------------------------------------

--- What it was asked so far: { method =, target =, headers =, body =,
-- connection = its number }.
function peer_methods:requests()
  local requests = {}
  local lines = self.child:lines()
  for i = 2, #lines do
    requests[i - 1] = assert((loadstring or load)("return " .. lines[i]))()
  end
  return requests
end

--- Waits until it was asked that often.
peer_methods.wait_for = child.wait_for_requests

function peer_methods:close()
  self.child:close()
end

--- Settings of a session that has this peer for every service, and a token.
function peer_methods:settings(settings)
  local copy = { token = "a-token-of-the-spec",
    endpoints = { identity = self.url .. "/v2.0", customer = self.url } }
  for name, value in pairs(settings or {}) do
    copy[name] = value or nil
  end
  return copy
end

--- Starts a peer. `code` is its handler's body: Lua that knows `request`,
-- `count`, `reply`, `access` and a table `kept`, and returns bytes.
function peer.start(code)
  local script = os.tmpname()
  local file = assert(io.open(script, "w"))
  file:write('local peer, kept = require("spec.support.peer"), {}\n',
    "local reply, access = peer.reply, peer.access\n",
    "local _ = kept, reply, access\n",
    "peer.serve(function(request, count)\nlocal _ = request, count\n", code, "\nend)\n")
  file:close()
  local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua"
  local process = child.start(("env -u LD_PRELOAD %s '%s'"):format(lua, script))
  local url = "http://127.0.0.1:" .. process:first_line()
  os.remove(script)
  return setmetatable({ child = process, url = url }, peer_mt)
end

peer.close_all = child.close_all

return peer
