--- random_spec.lua - numbers that spread repeats
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local random = require("rackspace.base.random")

describe("random numbers", function()
  it("are spread evenly between 0 and 1", function()
    local next_number, tenths = random.new(), {}
    for _ = 1, 10000 do
      local number = next_number()
      assert.is_true(number > 0 and number < 1)
      local tenth = math.floor(number * 10)
      tenths[tenth] = (tenths[tenth] or 0) + 1
    end
    for tenth = 0, 9 do -- 1000 each, and 10 standard deviations around
      assert.is_true(math.abs(tenths[tenth] - 1000) < 300)
    end
  end)

  it("differ from one generator to the next", function()
    local seen = {}
    for _ = 1, 20 do
      local first = random.new()()
      assert.is_nil(seen[first])
      seen[first] = true
    end
  end)

  it("start far apart in generators that are made at the same moment", function()
    local monotonic, now = core.monotonic, core.now
    finally(function() core.monotonic, core.now = monotonic, now end)
    core.monotonic, core.now = function() return 5 end, function() return 1e9 end
    local generators, tenths = {}, {}
    for i = 1, 200 do -- all of them are kept, as those of two sessions are
      generators[i] = random.new()
      tenths[math.floor(generators[i]() * 10)] = true
    end
    for tenth = 0, 9 do
      assert.is_true(tenths[tenth], tenth)
    end
  end)

  it("leave Lua's own generator as it is", function()
    math.randomseed(7)
    local expected = math.random(1, 1000000)
    math.randomseed(7)
    random.new()()
    assert.equal(expected, math.random(1, 1000000))
  end)
end)
