--- slots_spec.lua - which accounts belong to which customer
-- SPDX-License-Identifier: MIT
local slots = require("rackspace.sandbox.slots")

describe("the slots", function()
  it("give every account a customer whose accounts it is among", function()
    local before, sizes = -1, {}
    for i = 0, slots.period * 3 - 1 do
      local customer = slots.customer(i)
      local first, size = slots.accounts(customer)
      assert.is_true(customer == before or customer == before + 1)
      assert.equal(first, slots.head(i))
      assert.is_true(i >= first and i < first + size)
      assert.equal(size, slots.at(i).size)
      before, sizes[size] = customer, true
    end
    assert.same({ true, true, true, true }, sizes)
    assert.equal(20, slots.period)
  end)

  it("have no type twice for one customer, and a cloud where one is borrowed",
    function()
      for owner = 0, 11 do
        local first, size = slots.accounts(owner)
        local types = {}
        for i = first, first + size - 1 do
          local kind = slots.at(i).kind
          assert.is_nil(types[kind.type])
          types[kind.type] = true
          assert.is_true(kind.domain ~= nil
            or slots.at(first).kind.type == "CLOUD")
        end
      end
    end)

  it("list every kind under its type, the highest ids first", function()
    local count = 0
    for account_type, names in pairs(slots.kinds_of) do
      local base = math.huge
      for _, name in ipairs(names) do
        count = count + 1
        assert.equal(account_type, slots.kinds[name].type)
        assert.is_true(slots.kinds[name].base < base)
        base = slots.kinds[name].base
      end
    end
    for _ in pairs(slots.kinds) do
      count = count - 1
    end
    assert.equal(0, count)
  end)
end)
