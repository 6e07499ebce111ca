--- table_spec.lua - a list of records as a table
-- SPDX-License-Identifier: MIT
local paint = require("rackspace.show.paint")
local show_table = require("rackspace.show.table")
local width = require("rackspace.show.width")

local function shown(list, options, first, last)
  local lines, hidden = show_table.lines(list, options, first, last)
  return table.concat(lines, "\n"), hidden
end

local people = {
  { id = "1", name = "Zoë García", city = "東京", age = 7 },
  { id = "22", name = "Jo", age = 41 },
}

describe("show_table.lines", function()
  it("aligns texts left, numbers right, and wide characters by what they take",
    function()
      assert.equal("id  name        age  city\n1   Zoë García    7  東京\n"
        .. "22  Jo           41", (shown(people, { chosen = { "id", "name", "age" } })))
    end)

  it("shows a part of a list, under its heading", function()
    assert.equal("id  name\n22  Jo", (shown(people, { fields = { "id", "name" } }, 2, 2)))
  end)

  it("keeps within the width, and names what it left out", function()
    local list = { { id = "1", name = ("n"):rep(60), note = ("x"):rep(60), n = 5 } }
    for _, columns in ipairs{ 20, 40, 80, 132 } do
      local text, hidden = shown(list, { width = columns, chosen = { "id", "name" } })
      for line in text:gmatch("[^\n]+") do
        assert.is_true(width.of(line) <= columns, line)
      end
      assert.is_truthy(text:find("^id  name"))
      assert.same(columns == 132 and {} or { "note" }, columns == 132 and hidden
        or { hidden[#hidden] })
    end
  end)

  it("shows the requested columns, and no others", function()
    local text, hidden = shown(people, { fields = { "age", "id" } })
    assert.equal("age  id\n  7  1\n 41  22", text)
    assert.same({ "city", "name" }, hidden)
  end)

  it("masks secrets", function()
    assert.equal("id  token\n1   <secret>", (shown{ { id = "1", token = "abc" } }))
  end)

  it("colours a heading, and how things stand", function()
    assert.equal("\27[1mid\27[0m  \27[1mstatus\27[0m\n1   \27[31mDelinquent\27[0m",
      (shown({ { id = "1", status = "Delinquent" } }, { paint = paint.new(true) })
        :gsub(" +\27%[0m", "\27[0m")))
  end)
end)

describe("show_table.is_table", function()
  it("holds for lists of records and nothing else", function()
    assert.is_true(show_table.is_table(people))
    assert.is_false(show_table.is_table{})
    assert.is_false(show_table.is_table{ 1, 2 })
    assert.is_false(show_table.is_table{ { a = 1 }, "x" })
    assert.is_false(show_table.is_table{ { a = 1 }, {} })
    assert.is_false(show_table.is_table{ { 1 } })
    assert.is_false(show_table.is_table("text"))
  end)
end)
