--- raw_peer.lua - a peer that breaks HTTP, in a process of its own
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local socket = require("socket")

local raw_peer = {}

local peer_methods = {}
local peer_mt = { __index = peer_methods }

-- ---- in the child -----------------------------------------------------------

local connection_methods = {}
local connection_mt = { __index = connection_methods }

--- Reads one request; nil at the connection's end. What came is logged.
function connection_methods:request()
  while not self.data:find("\r\n\r\n", 1, true) do
    local data, err, partial = self.socket:receive(1)
    self.data = self.data .. (data or partial or "")
    if err then
      return nil
    end
  end
  local head = self.data
  local length = tonumber(head:lower():match("\r\ncontent%-length: *(%d+)") or 0)
  local body = length > 0 and self.socket:receive(length) or ""
  self.data = ""
  io.write((head .. body):gsub("[^%w ]", function(char)
    return ("%%%02X"):format(char:byte())
  end), "\n")
  io.flush()
  return head
end

--- Tells the spec something, among the requests.
function connection_methods.tell(_, text)
  io.write(text, "\n")
  io.flush()
end

--- Sends bytes; nil once the client is gone.
function connection_methods:send(bytes)
  return self.socket:send(bytes)
end

--- Waits until the client hangs up; what it still sends is passed over.
function connection_methods:wait()
  repeat
    local data, err = self.socket:receive(1)
  until not data and err
end

function connection_methods.pause(_, seconds)
  socket.sleep(seconds)
end

--- Ends the connection by a reset.
function connection_methods:reset()
  self.socket:setoption("linger", { on = true, timeout = 0 })
  self.socket:close()
end

function connection_methods:close()
  self.socket:close()
end

--- An answer's bytes: a status line, more lines, and a body with its length.
function raw_peer.reply(status, body, ...)
  local lines = { ("HTTP/1.1 %s Some"):format(status), "Content-Length: " .. #body, ... }
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. body
end

--- Serves one connection after the other until standard input ends.
function raw_peer.serve(handler)
  local listener = assert(socket.bind("127.0.0.1", 0, 128))
  local stdin = { getfd = function() return 0 end, dirty = function() return false end }
  local count = 0
  io.write(select(2, listener:getsockname()), "\n")
  io.flush()
  while true do
    local ready = socket.select({ stdin, listener })
    if ready[stdin] then
      return
    end
    count = count + 1
    local connection = setmetatable({ socket = listener:accept(), data = "", count = count },
      connection_mt)
    connection.socket:settimeout(child.PATIENCE)
    handler(connection)
    connection:close()
  end
end

-- ---- in the spec ------------------------------------------------------------

--- The requests that came, each as the bytes of its head and body.
function peer_methods:requests()
  local requests, lines = {}, self.child:lines()
  for i = 2, #lines do
    requests[i - 1] = lines[i]:gsub("%%(%x%x)", function(digits)
      return string.char(tonumber(digits, 16))
    end)
  end
  return requests
end

--- Waits until it was asked that often.
peer_methods.wait_for_requests = child.wait_for_requests

--- Waits until the peer has told something.
function peer_methods:wait_for(text)
  return child.wait_until(function()
    for _, line in ipairs(self.child:lines()) do
      if line == text then
        return true
      end
    end
  end, text)
end

--- Settings of a session that has this peer for every service.
function peer_methods:endpoints()
  return { identity = self.url .. "/v2.0", customer = self.url, ticketing = self.url,
    email = self.url, feeds = self.url, resources = self.url }
end

function peer_methods:close()
  self.child:close()
end

--- Starts a peer. `code` is what it does with each `connection`: Lua that knows
-- `reply`, a table `kept`, `connection.count`, and calls connection:request(),
-- send(bytes), tell(text), wait(), pause(seconds), reset() and close().
function raw_peer.start(code)
  local script = os.tmpname()
  local file = assert(io.open(script, "w"))
  file:write('local raw_peer, kept = require("spec.support.raw_peer"), {}\n',
    "local reply = raw_peer.reply\nlocal _ = kept, reply\n",
    "raw_peer.serve(function(connection)\n", code, "\nend)\n")
  file:close()
  local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua"
  local process = child.start(("env -u LD_PRELOAD %s '%s'"):format(lua, script))
  local port = process:first_line()
  os.remove(script)
  return setmetatable({ child = process, port = port, url = "http://127.0.0.1:" .. port }, peer_mt)
end

raw_peer.close_all = child.close_all

return raw_peer
