--- peer.lua - a raw HTTP/1.1 peer on loopback, moved by the spec itself
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local socket = require("socket")

local PATIENCE = child.PATIENCE

local peer_methods = {}
local peer_mt = { __index = peer_methods }

local function parse(raw, head_end)
  local request = { headers = {}, raw = raw, body = raw:sub(head_end + 1) }
  request.method, request.target = raw:match("^(%S+) (%S+) HTTP/1%.1\r\n")
  for name, value in raw:sub(1, head_end):gmatch("\r\n([^:\r\n]+): ?([^\r\n]*)") do
    request.headers[name:lower()] = value
  end
  return request
end

-- The request that a connection's bytes hold, once they hold all of it.
local function take_request(connection)
  local _, head_end = connection.bytes:find("\r\n\r\n", 1, true)
  if not head_end then
    return nil
  end
  local request = parse(connection.bytes, head_end)
  local length = tonumber(request.headers["content-length"] or 0)
  if #request.body < length then
    return nil
  end
  connection.bytes = ""
  return request
end

local function receive(connection)
  local bytes, err, partial = connection.socket:receive(65536)
  connection.bytes = connection.bytes .. (bytes or partial or "")
  connection.gone = err == "closed"
end

local function send(connection)
  local last, err, partial = connection.socket:send(connection.unsent)
  connection.unsent = connection.unsent:sub((last or partial or 0) + 1)
  connection.gone = connection.gone or err == "closed"
    or (connection.closes and connection.unsent == "")
end

function peer_methods:answer_to(connection, request)
  self.requests[#self.requests + 1] = request
  local answer, closes = self.answer, self.closes
  if type(answer) == "function" then
    answer, closes = answer(request, #self.requests)
  end
  connection.unsent = connection.unsent .. (answer or "")
  connection.closes = closes
end

function peer_methods:accept()
  local accepted = self.listener:accept()
  if accepted then
    accepted:settimeout(0)
    self.accepted = self.accepted + 1
    self.connections[#self.connections + 1] =
      { socket = accepted, bytes = "", unsent = "" }
  end
end

function peer_methods:move(connection)
  receive(connection)
  local request = take_request(connection)
  if request then
    self:answer_to(connection, request)
  end
  if connection.unsent ~= "" or connection.closes then
    send(connection)
  end
end

--- Does what can be done without waiting.
function peer_methods:step()
  self:accept()
  for i = #self.connections, 1, -1 do
    local connection = self.connections[i]
    self:move(connection)
    if connection.gone then
      connection.socket:close()
      table.remove(self.connections, i)
    end
  end
end

--- Moves a client and the peer until the condition holds; returns all that
-- finished meanwhile.
function peer_methods:drive(client, condition)
  local stop, finished = socket.gettime() + PATIENCE, {}
  repeat
    self:step()
    for _, transfer in ipairs(client:poll(0.002)) do
      finished[#finished + 1] = transfer
    end
    assert(socket.gettime() < stop, "nothing came within the spec's patience")
  until condition(finished)
  return finished
end

--- Runs one request to its end.
function peer_methods:run(client, request)
  local transfer = client:start(request)
  self:drive(client, function(finished)
    return finished[1] == transfer
  end)
  return transfer
end

function peer_methods:close()
  self.listener:close()
  for _, connection in ipairs(self.connections) do
    connection.socket:close()
  end
  self.connections = {}
end

local peer = { PATIENCE = PATIENCE }

--- answer: a text, or a function of the request and its number that returns
-- one and whether the connection is closed after it; nil answers nothing.
function peer.new(answer, closes)
  local listener = assert(socket.bind("127.0.0.1", 0))
  listener:settimeout(0)
  local _, port = listener:getsockname()
  return setmetatable({
    answer = answer, closes = closes, listener = listener, port = port,
    url = "http://127.0.0.1:" .. port,
    connections = {}, requests = {}, accepted = 0,
  }, peer_mt)
end

--- An answer with this body.
function peer.ok(body)
  return "HTTP/1.1 200 OK\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

return peer
