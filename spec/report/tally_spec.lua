--- tally_spec.lua - counts what comes by, however many different things
-- SPDX-License-Identifier: MIT
local tally = require("rackspace.report.tally")

describe("a tally", function()
  it("has the most frequent first, then by name", function()
    local counted = tally.new()
    for _, value in ipairs{ "b", "a", "c", "c", "a", "c", 7 } do
      counted:add(value)
    end
    assert.same({ { label = "c", count = 3 }, { label = "a", count = 2 },
      { label = "7", count = 1 }, { label = "b", count = 1 } }, counted:items())
    assert.equal(7, counted.total)
  end)

  it("counts what has no value, and tells as what", function()
    local counted = tally.new("unknown")
    assert.equal("unknown", counted:add(nil))
    assert.equal("unknown", counted:add(""))
    assert.equal("a", counted:add("a", 5))
    assert.same({ { label = "a", count = 5 }, { label = "unknown", count = 2 } },
      counted:items())
    assert.equal(7, counted.total)
  end)

  it("holds a thousand different things, cut, and counts the others as one", function()
    local counted = tally.new()
    for i = 1, 1500 do
      counted:add("key" .. i)
    end
    counted:add("key1")
    local items = counted:items()
    assert.equal(1001, #items)
    assert.same({ label = "(others)", count = 500 }, items[1])
    assert.same({ label = "key1", count = 2 }, items[2])
    local long = tally.new()
    assert.equal(("x"):rep(119) .. "…", long:add(("x"):rep(1000000)))
  end)
end)
