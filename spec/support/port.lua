--- port.lua - ports of 127.0.0.1 that no other process is given
-- SPDX-License-Identifier: MIT
local socket = require("socket")

local port = {}

--- Reserves a port at which nobody listens. Returns the socket that holds it
-- until it is closed, and the port's number. A program that is told the number
-- may listen there meanwhile.
function port.hold()
  local holder = assert(socket.tcp4())
  assert(holder:setoption("reuseaddr", true))
  assert(holder:bind("127.0.0.1", 0))
  local _, number = holder:getsockname()
  return holder, tonumber(number)
end

local refusing

--- Returns a URL at which nobody listens until port.close_all.
function port.refusing_url()
  if not refusing then
    local holder, number = port.hold()
    refusing = { holder = holder, url = "http://127.0.0.1:" .. number }
  end
  return refusing.url
end

--- Gives back the port of refusing_url: for after_each.
function port.close_all()
  if refusing then
    refusing.holder:close()
    refusing = nil
  end
end

return port
