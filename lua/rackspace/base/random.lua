--- random.lua - a generator of random numbers for the delays of retries
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

-- The minimal standard generator of Park and Miller.
local MODULUS, MULTIPLIER = 2147483647, 16807

--- Returns a function that returns numbers between 0 and 1. math.random is not
-- used: before Lua 5.4 it starts with the same seed in each process, and its
-- state belongs to the script. The seed is a digest of the clocks and of the
-- generator's own address, so that generators made at the same moment, in one
-- process or in many, start far apart.
local function new()
  local generator
  local state = 1
  function generator()
    state = state * MULTIPLIER % MODULUS
    return state / MODULUS
  end
  local seed = core.digest(("%.17g %.17g %s"):format(core.monotonic(),
    core.now(), tostring(generator)))
  state = tonumber(seed:sub(1, 12), 16) % (MODULUS - 1) + 1
  return generator
end

return { new = new }
