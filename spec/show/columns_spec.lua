--- columns_spec.lua - which fields a table shows
-- SPDX-License-Identifier: MIT
local columns = require("rackspace.show.columns")

local function chosen(list, options)
  return columns.choose(list, options or {})
end

describe("columns.choose", function()
  it("takes the row's choice first, and keeps it though it is empty", function()
    assert.same({ "rcn", "name", "id" }, chosen({ { id = "1", name = "x",
      rcn = {} } }, { chosen = { "rcn", "name", "none" } }))
  end)

  it("puts what a record is called by first, then its name and state",
    function()
      assert.same({ "ticketId", "subject", "status", "created", "favorite" },
        chosen{ { created = "2020", favorite = true, status = "Open",
          subject = "s", ticketId = "1" } })
    end)

  it("leaves out what no cell can say", function()
    assert.same({ "id" }, chosen{ { id = "1", link = { { a = 1 }, { a = 2 } },
      actor = { a = 1, b = 2 }, none = {} } })
  end)
end)

describe("columns.fit", function()
  it("cuts the widest, and no column that is narrow", function()
    local list = { { id = "12345678", name = ("n"):rep(50), note = ("m"):rep(30) } }
    local shown = columns.fit(list, 1, 1, { width = 50,
      chosen = { "id", "name", "note" } })
    local total = -2
    for _, column in ipairs(shown) do
      total = total + column.width + 2
    end
    assert.same({ "id", "name", "note" },
      { shown[1].name, shown[2].name, shown[3].name })
    assert.equal(50, total)
    assert.equal(8, shown[1].width)
    assert.same({ 19, 19 }, { shown[2].width, shown[3].width })
  end)
end)
