--- urlencoded_spec.lua - application/x-www-form-urlencoded bodies
-- SPDX-License-Identifier: MIT
local form = require("rackspace.row.urlencoded")

describe("a form", function()
  local FIELDS = { { name = "name" }, { name = "count" }, { name = "is_on", wire = "isOn" } }

  it("has the fields that were given, in the rows' order and wire names", function()
    assert.equal("name=a&count=2&isOn=true", form.encode(FIELDS,
      { is_on = true, name = "a", count = 2, other = "x" }))
    assert.equal("isOn=false", form.encode(FIELDS, { is_on = false }))
  end)

  it("writes a space as %20, and everything else so that it comes back", function()
    assert.equal("name=a%20b%26c%3Dd%2B%25%C3%A9", form.encode(FIELDS, { name = "a b&c=d+%é" }))
    assert.equal("name=", form.encode(FIELDS, { name = "" }))
  end)

  it("is nothing without fields", function()
    assert.is_nil(form.encode(FIELDS, {}))
    assert.is_nil(form.encode({}, { name = "x" }))
  end)

  it("writes numbers alike on every Lua", function()
    assert.equal("count=12345678901", form.encode(FIELDS, { count = 12345678901.0 }))
    assert.equal("count=1.5", form.encode(FIELDS, { count = 1.5 }))
  end)
end)
