--- port.lua - ports that nobody else is given
-- SPDX-License-Identifier: MIT
local socket = require("socket")

local port = {}

--- Holds a port at which nobody listens: the socket that holds it, and its
-- number. Who asks for the port itself may listen there meanwhile.
function port.hold()
  local holder = assert(socket.tcp4())
  assert(holder:setoption("reuseaddr", true))
  assert(holder:bind("127.0.0.1", 0))
  local _, number = holder:getsockname()
  return holder, tonumber(number)
end

local refusing

--- A URL at which nobody ever listens.
function port.refusing_url()
  if not refusing then
    local holder, number = port.hold()
    refusing = { holder = holder, url = "http://127.0.0.1:" .. number }
  end
  return refusing.url
end

return port
