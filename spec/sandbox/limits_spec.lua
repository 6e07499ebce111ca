--- limits_spec.lua - windows of time that move
-- SPDX-License-Identifier: MIT
local limits = require("rackspace.sandbox.limits")

describe("the rows' limits", function()
  local now, box
  local op = { method = "POST", path = "/x", limit = { 2, per = 60 } }
  local demo, second = { username = "demo" }, { username = "second" }

  before_each(function()
    now = 1000
    box = { limits = true, windows = {}, time = function() return now end }
  end)

  it("let so many pass in any window, and tell when the next may", function()
    assert.is_nil(limits.pass(box, op, demo))
    now = 1030
    assert.is_nil(limits.pass(box, op, demo))
    assert.equal(30, limits.pass(box, op, demo))
    now = 1059.5
    assert.equal(1, limits.pass(box, op, demo))
    now = 1060
    assert.is_nil(limits.pass(box, op, demo))
    assert.equal(30, limits.pass(box, op, demo))
  end)

  it("count each user and each route by itself", function()
    for _ = 1, 2 do
      assert.is_nil(limits.pass(box, op, demo))
    end
    assert.is_nil(limits.pass(box, op, second))
    assert.is_nil(limits.pass(box, { method = "PUT", path = "/x",
      limit = op.limit }, demo))
    assert.equal(60, limits.pass(box, op, demo))
  end)

  it("are none where the row or the sandbox has none", function()
    for _ = 1, 9 do
      assert.is_nil(limits.pass(box, { method = "GET", path = "/" }, demo))
    end
    box.limits = false
    for _ = 1, 9 do
      assert.is_nil(limits.pass(box, op, demo))
    end
  end)
end)
