--- source_spec.lua - what a map reads its items from, and how it names one
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local source = require("rackspace.many.source")

local function read_all(read)
  local list = {}
  for a, b in read do
    list[#list + 1] = b == nil and a or { a, b }
  end
  return list
end

describe("a source", function()
  it("is a list, read as it is when an item is wanted", function()
    local list = { 1, 2 }
    local read = source.reader(list)
    assert.equal(1, read())
    list[3] = 3
    assert.same({ 2, 3 }, read_all(read))
  end)

  it("is what can be called", function()
    local callable = setmetatable({ op = { key = { "x" } } }, { __call = function() return 5 end })
    local read, keys = source.reader(callable)
    assert.equal(5, read())
    assert.same({ "x" }, keys)
    read, keys = source.reader(("a b"):gmatch("%a"))
    assert.same({ "a", "b" }, read_all(read))
    assert.is_nil(keys)
  end)

  it("is what a for loop is given, in braces", function()
    assert.same({ { 1, "x" }, { 2, "y" } }, read_all(source.reader{ ipairs{ "x", "y" } }))
    assert.same({ { "k", 1 } }, read_all(source.reader{ pairs{ k = 1 } }))
  end)

  it("is nothing else", function()
    for _, value in ipairs{ 5, "text", true } do
      local read, problem = source.reader(value)
      assert.is_nil(read)
      assert.equal("takes a list, a pager or an iterator, not a " .. type(value), problem)
    end
  end)

  it("counts", function()
    assert.same({ 1, 2, 3 }, read_all(source.numbers(3)))
    assert.same({}, read_all(source.numbers(0)))
  end)
end)

describe("an item's name", function()
  it("is its position, and its id by the fields that are known to hold one", function()
    assert.equal("item 7 (rcn RCN-1-2-3)", source.name({ rcn = "RCN-1-2-3" }, 7))
    assert.equal("item 7 (code A-1)", source.name({ code = "A-1", id = "9" }, 7, { "code" }))
    assert.equal("item 7 (id 9)", source.name({ id = 9 }, 7, { "code" }))
    assert.equal("item 7 (accountNumber 12)", source.name({ accountNumber = 12 }, 7))
  end)

  it("has nothing in it that may be a person's", function()
    for _, item in ipairs{ "ann", "ann@example.com", "Ann Lee", { username = "ann" },
      { id = "Ann Lee" }, { id = ("9"):rep(81) }, { id = {} }, true, print } do
      assert.equal("item 1", source.name(item, 1))
    end
  end)
end)

describe("blame", function()
  it("puts an item's name before what was raised", function()
    assert.equal("item 1: no", source.blame("no", "item 1"))
    local err = fault.new{ kind = "server", operation = "x.y", text = "no" }
    local blamed = source.blame(err, "item 1")
    assert.equal("item 1: x.y: no", tostring(blamed))
    assert.equal("server", blamed.kind)
    assert.equal("x.y: no", tostring(err))
    assert.equal(print, source.blame(print, "item 1"))
  end)
end)
