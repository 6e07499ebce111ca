--- nearest_spec.lua - what a mistyped name was meant to be
-- SPDX-License-Identifier: MIT
local nearest = require("rackspace.base.nearest")

local NAMES = { "accountType", "marker", "limit", "direction" }

describe("the nearest name", function()
  it("is the one with the fewest edits, whatever their case", function()
    assert.equal("marker", nearest.nearest("maker", NAMES))
    assert.equal("limit", nearest.nearest("LIMITS", NAMES))
    assert.equal("accountType", nearest.nearest("account_type", NAMES))
    assert.equal("direction", nearest.nearest("dirction", NAMES))
    assert.equal("marker", nearest.nearest("marker", NAMES))
  end)

  it("is hinted at, else one that holds it, when it has three letters", function()
    assert.equal(" (did you mean 'accountType'?)", nearest.hint("type", NAMES))
    assert.equal(" (did you mean 'accountType'?)", nearest.hint("Account", NAMES))
    assert.equal("", nearest.hint("co", NAMES))
    assert.is_nil(nearest.nearest("type", NAMES))
  end)

  it("is none when nothing is near", function()
    assert.is_nil(nearest.nearest("colour", NAMES))
    assert.is_nil(nearest.nearest("", NAMES))
    assert.is_nil(nearest.nearest("marker", {}))
  end)

  it("tells whether a list has a value, exactly", function()
    assert.is_true(nearest.has(NAMES, "limit"))
    assert.is_false(nearest.has(NAMES, "Limit"))
    assert.is_false(nearest.has(NAMES, "limits"))
    assert.is_false(nearest.has(NAMES, nil))
    assert.is_false(nearest.has({}, "limit"))
  end)

  it("makes a hint, or no text at all", function()
    assert.equal(" (did you mean 'limit'?)", nearest.hint("limti", NAMES))
    assert.equal("", nearest.hint("colour", NAMES))
    assert.equal("", nearest.hint(42, NAMES))
    assert.equal("", nearest.hint(true, NAMES))
  end)
end)
