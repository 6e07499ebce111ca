--- numbers_spec.lua - the numbers of customers and persons, there and back
-- SPDX-License-Identifier: MIT
local numbers = require("rackspace.sandbox.numbers")

describe("the numbers", function()
  it("begin with the documented ones", function()
    assert.equal("RCN-123-456-789", numbers.rcn(0))
    assert.equal("RPN-823-034-233", numbers.rpn(0))
  end)

  it("are each one's own, and lead back", function()
    for _, serial in ipairs{ 0, 1, 2, 999, 60000000, 123456789, 799999999,
      999999999 } do
      assert.equal(serial, numbers.customer(numbers.rcn(serial)))
      assert.equal(serial, numbers.person(numbers.rpn(serial)))
      assert.is_truthy(numbers.rcn(serial):match("^RCN%-%d%d%d%-%d%d%d%-%d%d%d$"))
    end
    local seen = {}
    for serial = 0, 4999 do
      local rcn = numbers.rcn(serial)
      assert(not seen[rcn])
      seen[rcn] = true
    end
  end)

  it("are not read from anything else", function()
    for _, text in ipairs{ "", "RCN-123-456-78", "RCN-123-456-7890",
      "rcn-123-456-789", "RPN-123-456-789", " RCN-123-456-789" } do
      assert.is_nil(numbers.customer(text))
    end
    assert.is_nil(numbers.customer(nil))
    assert.is_nil(numbers.person("RCN-123-456-789"))
    assert.is_nil(numbers.person(5))
  end)
end)
