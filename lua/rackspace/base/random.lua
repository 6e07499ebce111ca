--- random.lua - numbers that spread repeats over time
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local modulus, multiplier = 2147483647, 16807

--- A function that gives numbers between 0 and 1. Lua's own generator starts
-- alike in each process before 5.4, and is the script's to seed. Where many
-- scripts start in the same second, the clock's small parts and an address
-- tell them apart.
local function new()
  local address = tonumber(tostring({}):match("0x(%x+)") or "0", 16) or 0
  local state = (core.monotonic() * 1e6 + core.now() * 1e3 + address / 16) %
    (modulus - 1)
  state = math.floor(state) + 1
  return function()
    state = state * multiplier % modulus
    return state / modulus
  end
end

return { new = new }
