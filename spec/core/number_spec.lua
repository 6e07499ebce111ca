--- number_spec.lua - numbers as texts, and texts as numbers
-- SPDX-License-Identifier: MIT
local number = require("rackspace.core").number

describe("core.number.text", function()
  it("writes whole numbers without a point or an exponent", function()
    for text, value in pairs{ ["0"] = 0, ["-3"] = -3, ["1000000000000000"] = 1e15,
      ["9007199254740991"] = 2 ^ 53 - 1, ["19293384938"] = 19293384938 } do
      assert.equal(text, number.text(value))
    end
    assert.equal("0", number.text(-0.0))
  end)

  it("writes fractions with as few digits as give them again", function()
    for text, value in pairs{ ["0.1"] = 0.1, ["-2.5"] = -2.5, ["1e+300"] = 1e300,
      ["0.30000000000000004"] = 0.1 + 0.2, ["123456.789"] = 123456.789 } do
      assert.equal(text, number.text(value))
    end
  end)

  if math.type then
    it("writes every digit of an integer", function()
      for _, digits in ipairs{ "9223372036854775807", "-9223372036854775808" } do
        assert.equal(digits, number.text(math.tointeger(digits)))
      end
    end)
  end
end)

describe("core.number.fixed", function()
  it("writes so many decimals", function()
    assert.equal("0.500", number.fixed(0.5, 3))
    assert.equal("2", number.fixed(2.4, 0))
    assert.equal("0.33333333333333331483", number.fixed(1 / 3, 1000))
    assert.equal(312, #number.fixed(1e308, 2))
  end)
end)

describe("core.number.brief", function()
  it("writes so many digits at most", function()
    assert.equal("0.333", number.brief(1 / 3, 3))
    assert.equal("2", number.brief(2, 3))
  end)
end)

describe("core.number.read", function()
  it("reads decimal numbers", function()
    for text, value in pairs{ ["0"] = 0, ["-12"] = -12, ["1.5"] = 1.5, [".5"] = 0.5, ["2."] = 2,
      ["1e3"] = 1000, ["-2.5E-1"] = -0.25, ["007"] = 7 } do
      assert.equal(value, number.read(text), text)
    end
    if math.type then
      assert.equal("integer", math.type(number.read("12")))
      assert.equal("float", math.type(number.read("12.0")))
      assert.equal("9223372036854775807", ("%d"):format(number.read("9223372036854775807")))
    end
  end)

  it("gives nil for anything else", function()
    for _, text in ipairs{ "", "-", ".", "1,5", "1 ", " 1", "+1", "0x10", "1e", "1e+", "inf", "nan",
      "1.2.3", "1\0", ("1"):rep(400) } do
      assert.is_nil(number.read(text), text)
    end
  end)
end)

describe("core.number.integer", function()
  it("reads whole numbers that are exact", function()
    assert.equal(42, number.integer("42"))
    assert.equal(-42, number.integer("-42"))
    local large = number.integer("9007199254740993")
    if math.type then
      assert.equal("9007199254740993", ("%d"):format(large))
    else
      assert.is_nil(large)
    end
  end)

  it("gives nil for other numbers and other texts", function()
    for _, text in ipairs{ "1.0", "1e3", "", "x", "9223372036854775808", "0x1" } do
      assert.is_nil(number.integer(text), text)
    end
  end)
end)
