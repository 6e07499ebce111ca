--- keys_spec.lua - the keys and values of metadata
-- SPDX-License-Identifier: MIT
local keys = require("rackspace.sandbox.keys")

describe("the keys", function()
  it("are in order, and hold the documented ones", function()
    local names = {}
    for i, key in ipairs(keys.list) do
      names[i] = key.name
    end
    local sorted = {}
    for i, name in ipairs(names) do
      sorted[i] = name
    end
    table.sort(sorted)
    assert.same(sorted, names)
    for _, name in ipairs{ "billing:somekey", "creation:faws:servicelevelid",
      "some:key", "support:level" } do
      assert.equal(name, keys.named(name).name)
    end
  end)

  it("are not found by what nobody may read", function()
    assert.is_nil(keys.named("internal:score"))
    assert.is_nil(keys.named("none"))
    assert.is_nil(keys.named(nil))
  end)

  it("have values that take turns, on some accounts", function()
    local key = keys.named("billing:somekey")
    local found = {}
    for i = 0, 14 do
      found[#found + 1] = keys.value(key, i, "CLOUD")
    end
    assert.same({ "a value billing cares about", "monthly", "net 30",
      "purchase order", "a value billing cares about" }, found)
    assert.is_nil(keys.value(key, 1, "CLOUD"))
  end)

  it("may be of one type of account only", function()
    local key = keys.named("creation:faws:servicelevelid")
    assert.equal("some_value", keys.value(key, 2, "FANATICAL_SUPPORT_FOR_AWS"))
    assert.is_nil(keys.value(key, 2, "CLOUD"))
  end)
end)
