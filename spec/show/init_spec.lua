--- init_spec.lua - values as people read them
-- SPDX-License-Identifier: MIT
local columns = require("spec.support.columns")
local rackspace = require("rackspace")
local show = require("rackspace.show")

local function shown(object, options, first, last)
  return table.concat((show.lines(object, options, first, last)), "\n")
end

describe("show.lines", function()
  it("takes the form that a value has", function()
    assert.equal("table", show.layout{ { a = 1 } })
    assert.equal("list", show.layout{ 1, 2 })
    assert.equal("record", show.layout{ a = 1 })
    for _, value in ipairs{ {}, "x", 1, true, print } do
      assert.equal("text", show.layout(value))
    end
    assert.equal("text", show.layout(nil))
  end)

  it("numbers a list of other things than records", function()
    assert.equal(' 9  "i"\n10  { a = 1 }', shown({ "a", "b", "c", "d", "e", "f",
      "g", "h", "i", { a = 1 } }, {}, 9, 10))
    assert.equal("{}", shown{})
    assert.equal("nil", shown(nil))
    assert.equal("\\27[0m", shown("\27[0m"))
  end)

  it("has the order of the rows inside of records too", function()
    local text = ("long "):rep(14) .. "end"
    local comment = { author = { name = "R.", id = "" }, text = text, id = "2" }
    assert.equal('comments\n  - id      2\n    text    ' .. text
      .. '\n    author  { id = "", name = "R." }', shown{ comments = { comment } })
  end)

  it("shows a service's records by the row's columns, within the width",
    function()
      local rs = assert(rackspace.new{ sandbox = true })
      local accounts = assert(rs.accounts:list():totable(8))
      for _, most in ipairs{ 80, 95 } do
        local text = shown(accounts, { width = most }, 1, 3)
        columns.assert_fit(text, most)
        local rows = columns.read(text)
        for i, row in ipairs(rows) do
          assert.same({ accounts[i].id, accounts[i].status }, { row.id, row.status })
          assert.equal(accounts[i].name:sub(1, 8), row.name:sub(1, 8))
        end
        assert.equal(3, #rows)
        assert.equal(most > 80, rows[1].rcn ~= nil)
      end
      assert.matches("…", shown(accounts, { width = 80 }), 1, true)
      assert.is_truthy(shown(accounts[1]):find("^id +10101\nnumber +10101\ntype"))
      rs:close()
    end)
end)
