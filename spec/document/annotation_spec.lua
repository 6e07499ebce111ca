--- annotation_spec.lua - what editors call the types of the rows
-- SPDX-License-Identifier: MIT
local annotation = require("script.document.annotation")
local checkers = require("rackspace.row.checkers")
local members = require("rackspace.base.members")

local scope = annotation.scope{ name = "things", types = {
  { name = "Thing", fields = {} }, { name = "Part", fields = { text_as = "name" } } } }

describe("an annotation", function()
  it("is of a type, a record or a list of either", function()
    for given, expected in pairs{ string = "string", id = "string|integer",
      ["string[]"] = "string[]", ["id[]"] = "(string|integer)[]", Thing = "rackspace.things.Thing",
      ["Thing[]"] = "rackspace.things.Thing[]", Part = "string|rackspace.things.Part",
      ["Part[]"] = "(string|rackspace.things.Part)[]", map = "table<string, string>",
      account = "rackspace.AccountName" } do
      assert.equal(expected, annotation.of({ type = given }, scope))
    end
  end)

  it("tells results from arguments", function()
    assert.equal("string|rackspace.Secret", annotation.of({ type = "secret" }, scope))
    assert.equal("rackspace.Secret", annotation.of({ type = "secret" }, scope, true))
    assert.equal("string", annotation.of({ type = "id" }, scope, true))
  end)

  it("leaves known values open, unless they are all", function()
    local field = { type = "string", known = { "A", "B" } }
    assert.equal('"A"|"B"|string', annotation.of(field, scope))
    field.closed = true
    assert.equal('"A"|"B"', annotation.of(field, scope))
    field.type = "string[]"
    assert.equal('("A"|"B")[]', annotation.of(field, scope))
  end)

  it("lets a record stand for its id", function()
    assert.equal("string|integer|table", annotation.of({ type = "id", record = "id" }, scope))
  end)

  it("names every type that there is", function()
    local names = members.add(members.copy(checkers.by_type),
      require("rackspace.customer.references"))
    for name in pairs(members.add(names, require("rackspace.tickets.references"))) do
      local text = annotation.of({ type = name }, annotation.global)
      assert.is_false(text == "rackspace." .. name, name)
    end
  end)
end)
