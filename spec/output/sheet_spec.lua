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

  it("is a picture where somebody looks, and asks for no columns", function()
    local pages = { { { date = "2015-01-01T00:00:00Z", what = "status", to = "Active",
      who = "abc" } } }
    local sheet = { operation = "accounts.timeline", subject = "CLOUD/10101",
      is_terminal = true, width = 60 }
    assert.equal("CLOUD/10101\n2015-01-01 ● Status  Active\n",
      (writer.pages("table", pages, sheet)))
    sheet.fields = { "what", "to" }
    assert.equal("what    to\nstatus  Active\n", (writer.pages("table", pages, sheet)))
    sheet.fields, sheet.is_terminal = nil, false
    assert.equal("date", (writer.pages("table", pages, sheet):match("^%S+")))
  end)
end)
