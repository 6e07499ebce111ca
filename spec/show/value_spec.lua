--- value_spec.lua - any Lua value as text
-- SPDX-License-Identifier: MIT
local value = require("rackspace.show.value")

local function forbidden()
  error("a metamethod was called")
end

local hostile = setmetatable({ a = 1 }, { __index = forbidden, __len = forbidden,
  __pairs = forbidden, __newindex = forbidden })

describe("value.brief", function()
  it("is as Lua would write it, in order", function()
    assert.equal('{ [10] = true, a = 1, ["b c"] = { "x", "y" } }',
      value.brief{ ["b c"] = { "x", "y" }, a = 1, [10] = true })
    assert.equal('{ 1, "two", { k = false } }', value.brief{ 1, "two", { k = false } })
    assert.equal('"a \\"b\\""', value.brief('a "b"'))
    assert.equal("{}", value.brief{})
    assert.equal("nil", value.brief(nil))
  end)

  it("ends where it is deep, long or goes round", function()
    assert.equal("{ { {…} } }", value.brief({ { { {} , 1 } } }, { depth = 2 }))
    local round = { name = "x" }
    round.self = round
    assert.equal('{ name = "x", self = { the table above } }', value.brief(round))
    local twice = { 1 }
    assert.equal("{ { 1 }, { 1 } }", value.brief{ twice, twice })
    local many = {}
    for i = 1, 60 do many[i] = i end
    assert.is_truthy(value.brief(many):find("50, … }", 1, true))
    assert.is_true(#value.brief{ ("x"):rep(10000) } < 600)
  end)

  it("masks secrets, and what a caller wants hidden", function()
    assert.equal("{ password = <secret>, user = \"me\" }",
      value.brief{ user = "me", password = "hunter2" })
    local hide = function(text) return (text:gsub("hunter2", "<secret>")) end
    assert.equal('{ "x <secret> y" }', value.brief({ "x hunter2 y" }, { hide = hide }))
  end)

  it("calls no metamethod but __tostring, and outlives that", function()
    assert.equal("{ a = 1 }", value.brief(hostile))
    local broken = setmetatable({}, { __tostring = forbidden })
    assert.equal("(table)", value.brief(broken))
    assert.equal("a thing", value.brief(setmetatable({}, {
      __tostring = function() return "a thing" end })))
  end)
end)

describe("value.keys", function()
  it("has the named ones first, then the rest in order", function()
    assert.same({ "z", "b", 1, 2, 10, "a" },
      value.keys({ a = 1, b = 1, z = 1, [10] = 1, [2] = 1, [1] = 1 },
        { "z", "none", "b", "z" }))
  end)
end)

describe("value.is_list", function()
  it("distinguishes lists from records", function()
    assert.is_true(value.is_list{ 1, 2 })
    assert.is_true(value.is_list{})
    assert.is_false(value.is_list{ a = 1 })
    assert.is_false(value.is_list{ 1, a = 1 })
    assert.is_false(value.is_list{ [2] = 1 })
    assert.is_false(value.is_list{ [1] = 1, [3] = 1 })
    assert.is_false(value.is_list(hostile))
  end)
end)

describe("value.cell", function()
  it("says a value as short as can be", function()
    assert.equal("", value.cell("x", nil))
    assert.equal("a, b", value.cell("x", { "a", "b" }))
    assert.equal("PRIMARY", value.cell("roles", { role = { "PRIMARY" } }))
    assert.equal("{…}", value.cell("x", { a = 1, b = 2 }))
    assert.equal("(2)", value.cell("x", { { a = 1 }, { a = 2 } }))
    assert.equal("", value.cell("x", {}))
    assert.equal("<secret>", value.cell("token", "abc"))
    assert.equal("false", value.cell("x", false))
  end)
end)

describe("value.grouped", function()
  it("puts commas between thousands", function()
    assert.same({ "0", "999", "1,000", "20,000", "1,234,567", "-1,000" }, { value.grouped(0),
      value.grouped(999), value.grouped(1000), value.grouped(20000), value.grouped(1234567),
      value.grouped(-1000) })
  end)
end)
