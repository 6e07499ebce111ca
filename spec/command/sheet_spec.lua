--- sheet_spec.lua - results for people: a table that grows, or a record
-- SPDX-License-Identifier: MIT
local writer = require("spec.support.writer")

describe("a table", function()
  it("keeps the columns of its first page", function()
    local text, notes = writer.pages("table", {
      { { id = "1", name = "short" } }, { { id = "22222", name = "n" } } },
      { width = 20 })
    assert.equal("id  name\n1   short\n2…  n\n", text)
    assert.same({}, notes)
  end)

  it("notes what it has no room for, and that there is nothing", function()
    local _, notes = writer.pages("table", { { { id = "1", name = ("n"):rep(15),
      other = ("o"):rep(15) } } }, { width = 20 })
    assert.matches("^also: other %(%-%-fields=NAMES", notes[1])
    _, notes = writer.pages("table", { {} })
    assert.same({ "there is none" }, notes)
  end)

  it("of one record has its fields", function()
    assert.equal("a     1\nlong  x\n", writer.value("table", { a = 1, long = "x" }))
  end)

  it("of texts has them by their numbers", function()
    assert.equal('1  "x"\n2  "y"\n', writer.pages("table", { { "x", "y" } }))
  end)
end)
