--- fields_spec.lua - the fields of a result that --fields chooses
-- SPDX-License-Identifier: MIT
local fields = require("rackspace.output.fields")
local json = require("rackspace.base.json")
local tickets = require("rackspace.tickets")

describe("fields", function()
  it("are chosen by their paths", function()
    assert.same({ "a", "b.c" }, fields.read("a, b.c"))
    assert.same({ id = 1, ["owner.name"] = "x", ["list.n"] = { 1, 2 },
      ["list.2.n"] = 2, gone = json.null, ["a.b"] = "dotted" },
      fields.select({ id = 1, owner = { name = "x" }, ["a.b"] = "dotted",
        list = { { n = 1 }, { n = 2 } } },
        { "id", "owner.name", "list.n", "list.2.n", "gone", "a.b" }))
    assert.same({ off = false }, fields.select({ off = false, on = true }, { "off" }))
    assert.equal("text", fields.select("text", { "a" }))
  end)

  it("are known by the type", function()
    local function problem(text)
      return fields.problem(text, "Ticket", tickets.records)
    end
    assert.is_nil(problem("ticketId,comments.text,comments.1.author.name"))
    assert.equal("there is no field 'subjct' (did you mean 'subject'?)",
      problem("ticketId,subjct"))
    assert.equal("there is no field 'comments.txt' (did you mean 'text'?)",
      problem("comments.txt"))
    assert.matches("needs names", problem(" , "))
    assert.is_nil(fields.problem("anything", "any", {}))
  end)
end)
