--- tables_spec.lua - fields as tables of Markdown
-- SPDX-License-Identifier: MIT
local tables = require("script.document.tables")
local text = require("script.document.text")

local service = { name = "things", types = { { name = "Thing" } } }

local function row_of(field)
  local lines = text.lines()
  tables.fields(lines, { field }, service, "field")
  return lines[3]
end

describe("a table of fields", function()
  it("has a head, a rule and a row for each", function()
    local lines = text.lines()
    tables.fields(lines, { { name = "a", type = "string", doc = "A." } }, nil, "setting")
    assert.equal("| setting | type |  |\n| --- | --- | --- |\n| `a` | string | A. |\n\n",
      lines:text())
  end)

  it("tells bounds, known values and what goes together", function()
    assert.equal("| `n` (required) | integer | N. From 1 to 9. |",
      row_of{ name = "n", type = "integer", doc = "N.", min = 1, max = 9, required = true })
    assert.equal("| `n` | integer | N. At least 1. Default: 3. |",
      row_of{ name = "n", type = "integer", doc = "N.", min = 1, default = 3 })
    assert.equal("| `n` | integer | N. At most 9. |",
      row_of{ name = "n", type = "integer", doc = "N.", max = 9 })
    assert.equal("| `s` | string | S. Known: `A`, `B`. Needs `t` beside it. Not beside `u`. |",
      row_of{ name = "s", type = "string", doc = "S.", known = { "A", "B" }, needs = "t",
        without = "u" })
  end)

  it("leads from a record's name to the record", function()
    assert.equal("| `t` | list of [Thing](#thingsthing) |  |",
      row_of{ name = "t", type = "Thing[]" })
    assert.equal("| `t` | string or integer |  |", row_of{ name = "t", type = "id" })
  end)

  it("is not broken by what stands in it", function()
    assert.equal("a \\| b c", tables.cell(" a | b\n c "))
  end)
end)

describe("an anchor", function()
  it("is what Markdown's readers make of a heading", function()
    assert.equal("#rsemail_customers", tables.anchor("rs.email_customers"))
    assert.equal("#the-module", tables.anchor("The module"))
  end)
end)
