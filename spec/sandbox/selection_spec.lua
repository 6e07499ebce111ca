--- selection_spec.lua - positions in a list, and the indexes they stand for
-- SPDX-License-Identifier: MIT
local selection = require("rackspace.sandbox.selection")

describe("a selection", function()
  it("repeats its residues up to the total, and is inverted", function()
    local some = selection.new({ 1, 4, 5 }, 6, 17)
    local found = {}
    for k = 0, some.count - 1 do
      found[#found + 1] = some:at(k)
      assert.equal(k, some:position(some:at(k)))
    end
    assert.same({ 1, 4, 5, 7, 10, 11, 13, 16 }, found)
  end)

  it("has nothing outside of itself", function()
    local some = selection.new({ 1, 4 }, 6, 10)
    assert.equal(3, some.count)
    for _, k in ipairs{ -1, 3, 1e9 } do
      assert.is_nil(some:at(k))
    end
    for _, i in ipairs{ -5, 0, 10, 13 } do
      assert.is_nil(some:position(i))
    end
    assert.equal(0, selection.new({}, 20, 1000000).count)
    assert.equal(0, selection.new({ 0 }, 1, 0).count)
  end)

  it("needs no more for a far position than for a near one", function()
    local some = selection.new({ 3 }, 20, 100000000)
    assert.equal(5000000, some.count)
    assert.equal(99999983, some:at(some.count - 1))
    assert.equal(some.count - 1, some:position(99999983))
  end)
end)
