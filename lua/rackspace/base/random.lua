--- random.lua - a generator of random numbers for the delays of retries
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

-- The minimal standard generator of Park and Miller.
local MODULUS, MULTIPLIER = 2147483647, 16807

--- Returns a function that returns numbers between 0 and 1. math.random is not
-- used: before Lua 5.4 it starts with the same seed in each process, and its
-- state belongs to the script. The seed is made of the clock's fractions and
-- an address, so that scripts started in the same second differ.
local function new()
  local address = tonumber(tostring({}):match("0x(%x+)") or "0", 16) or 0
  local state = (core.monotonic() * 1e6 + core.now() * 1e3 + address / 16) %
    (MODULUS - 1)
  state = math.floor(state) + 1
  return function()
    state = state * MULTIPLIER % MODULUS
    return state / MODULUS
  end
end

return { new = new }
