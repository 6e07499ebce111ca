--- columns_spec.lua - the columns that texts take on a terminal
-- SPDX-License-Identifier: MIT
local columns = require("rackspace.core").columns

local family = "👨‍👩‍👧‍👦"

describe("core.columns", function()
  it("counts what people see as one character once", function()
    for text, wanted in pairs{ [""] = 0, plain = 5, ["Zażółć"] = 6, ["東京"] = 4,
      ["किन्डल"] = 4, ["e\204\129"] = 1, [family] = 2, ["🇫🇷🇩🇪"] = 4, ["❤️"] = 2, ["❤"] = 1,
      ["\255x\195"] = 3, ["a\0\n\27"] = 4 } do
      assert.same({ wanted, #text }, { columns(text) }, text)
    end
  end)

  it("finds the longest beginning that fits and cuts no character", function()
    assert.same({ 2, 2 }, { columns("plain", 2) })
    assert.same({ 0, 0 }, { columns("東", 1) })
    assert.same({ 2, #family }, { columns(family .. "x", 2) })
    assert.same({ 1, 1 }, { columns("x" .. family, 2) })
    assert.same({ 2, #"किन" }, { columns("किनल", 2.5) })
    for _, most in ipairs{ 0, -1, -math.huge, 0 / 0 } do
      assert.same({ 0, 0 }, { columns("x", most) })
    end
    assert.same({ 1, 1 }, { columns("x", math.huge) })
  end)

  it("takes only text, and a number", function()
    assert.has_error(function() columns({}) end)
    assert.has_error(function() columns("x", {}) end)
  end)
end)
