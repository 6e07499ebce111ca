--- types_spec.lua - checks values against fields
-- SPDX-License-Identifier: MIT
local types = require("rackspace.row.types")

local function check(value, kind)
  return types.check(value, { type = kind }, {
    Point = { { name = "x", type = "integer", required = true },
      { name = "label", type = "string" } },
    Line = { { name = "points", type = "Point[]" } },
  })
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

describe("a record and a list", function()
  it("are copied, so that the script's own is never written", function()
    local given = { points = { { x = 1, label = "a" }, { x = 2 } } }
    local copy = check(given, "Line")
    assert.same(given, copy)
    assert.are_not.equal(given, copy)
    assert.are_not.equal(given.points, copy.points)
    assert.are_not.equal(given.points[1], copy.points[1])
  end)

  it("are nothing else", function()
    assert.equal("must be a string, not a number", problem(5, "string"))
    assert.equal("must be a list, not a number", problem(1, "string[]"))
    assert.equal("must be a table, not a boolean", problem(false, "Point"))
  end)

  it("have values of a service's own types, too", function()
    local reference = { check = function(value)
      if value == "b" then
        return nil, "is no letter"
      end
      return value:upper()
    end }
    assert.equal("A", types.check("a", { type = "letter", reference = reference }))
    local field = { type = "letter[]", reference = reference }
    assert.same({ "A", "C" }, types.check({ "a", "c" }, field))
    assert.same({ nil, "has an item 2 that is no letter" }, { types.check({ "a", "b" }, field) })
  end)

  it("name the field that is wrong", function()
    assert.equal("has no field 'lable' (did you mean 'label'?)", problem({ lable = "a" }, "Point"))
    assert.equal("has no 'x', which it needs", problem({ label = "a" }, "Point"))
    assert.equal("has a field 'x' that must be a whole number, not a string",
      problem({ x = "1" }, "Point"))
    assert.equal("has a field 'points' that has an item 2 that has no 'x', which it needs",
      problem({ points = { { x = 1 }, {} } }, "Line"))
    assert.equal("must be a list, and has a field 'x'", problem({ x = 1 }, "Point[]"))
  end)

  it("keep an empty list a list", function()
    local json = require("rackspace.base.json")
    assert.equal("[]", json.encode((check({}, "string[]"))))
  end)

  it("know which types there are", function()
    assert.is_true(types.is_known("string"))
    assert.is_true(types.is_known("integer[]"))
    assert.is_true(types.is_known("Point[]", { Point = {} }))
    assert.is_false(types.is_known("Point", {}))
    assert.is_false(types.is_known(nil))
  end)
end)
