--- init_spec.lua - values as people read them
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local show = require("rackspace.show")
local width = require("rackspace.show.width")

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
      assert.equal([[
id        type                    name                    status  serviceLevel
10101     CLOUD                   MyRackspaceAcct         Active  managed_legacy
5342844   MANAGED_HOSTING         MyRackspaceAcct Hosti…  Active  intensive
75842862  FANATICAL_SUPPORT_FOR…  MyRackspaceAcct AWS     Active  navigator]],
        shown(accounts, { width = 80 }, 1, 3))
      assert.equal([[
id       type             name                     status  serviceLevel    rcn
10101    CLOUD            MyRackspaceAcct          Active  managed_legacy  RCN-123-456-789
5342844  MANAGED_HOSTING  MyRackspaceAcct Hosting  Active  intensive       RCN-123-456-789]],
        shown(accounts, { width = 95 }, 1, 2))
      for _, columns in ipairs{ 80, 132 } do
        for line in shown(accounts, { width = columns }):gmatch("[^\n]+") do
          assert.is_true(width.of(line) <= columns, line)
        end
      end
      assert.is_truthy(shown(accounts[1]):find("^id +10101\nnumber +10101\ntype"))
      rs:close()
    end)
end)
