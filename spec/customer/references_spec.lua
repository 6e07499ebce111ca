--- references_spec.lua - arguments that name an account
-- SPDX-License-Identifier: MIT
local references = require("rackspace.customer.references")

local function check(value, kind)
  return references[kind].check(value)
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

describe("an account", function()
  local expected = { accountType = "CLOUD", accountId = "10101" }

  it("is named by TYPE/ID, TYPE:ID or its record", function()
    assert.same(expected, (check("CLOUD/10101", "account")))
    assert.same(expected, (check("CLOUD:10101", "account")))
    assert.same(expected, (check({ type = "CLOUD", id = "10101" }, "account")))
    assert.same(expected, (check({ type = "CLOUD", number = 10101 }, "account")))
    assert.same({ accountType = "MANAGED_HOSTING", accountId = "hybrid:1" },
      (check("MANAGED_HOSTING/hybrid:1", "account")))
  end)

  it("is refused when a part is missing or can't be in a path", function()
    assert.matches('^must be "TYPE/ID"', problem("10101", "account"))
    assert.matches("not 'CLOUD'$", problem("CLOUD", "account"))
    assert.matches("not a table$", problem({ id = "10101" }, "account"))
    assert.matches("not a number$", problem(10101, "account"))
    assert.equal("has a type that is empty", problem("/10101", "account"))
    assert.equal("has an id that is empty", problem("CLOUD/", "account"))
    assert.equal("has an id that is a dot segment", problem("CLOUD/..", "account"))
    assert.equal("has an id that contains a slash", problem("CLOUD/1/2", "account"))
    assert.equal("has a type that is a dot segment", problem("../..", "account"))
  end)
end)
