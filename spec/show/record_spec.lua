--- record_spec.lua - one record as aligned fields
-- SPDX-License-Identifier: MIT
local paint = require("rackspace.show.paint")
local record = require("rackspace.show.record")

local function shown(object, options)
  return table.concat(record.lines(object, options), "\n")
end

describe("record.lines", function()
  it("aligns fields, in the requested order", function()
    assert.equal("name    Zoë\nnumber  7\nab      false",
      shown({ ab = false, number = 7, name = "Zoë" },
        { order = { "name", "number" } }))
  end)

  it("indents what is nested, and marks the items of lists", function()
    local ticket = { id = "1", author = { name = "Sarah Thompson",
        roles = { "Primary", "Technical", "Administrative" }, type = "customer" },
      comments = { { id = 1, text = ("long "):rep(12) },
        { id = 2, text = "short" } } }
    assert.equal([[
author
  name   Sarah Thompson
  roles  { "Primary", "Technical", "Administrative" }
  type   customer
comments
  - id    1
    text  long long long long long long long long long long long long ]] .. [[

  - { id = 2, text = "short" }
id        1]], shown(ticket, { width = 70 }))
  end)

  it("shows a text of several lines as lines", function()
    assert.equal("text\n  one\n  two\\27[m", shown{ text = "one\r\ntwo\27[m\n" })
  end)

  it("ends where it is deep, long or goes round", function()
    local round = { name = "x" }
    round.self = { again = round, more = ("y"):rep(80) }
    assert.is_truthy(shown(round):find("again\n    the table above", 1, true))
    local deep = { ("z"):rep(80) }
    for _ = 1, 12 do deep = { deep, ("z"):rep(80) } end
    assert.is_truthy(shown({ deep = deep }):find("…", 1, true))
    local many = {}
    for i = 1, 50 do many[i] = ("item %d "):format(i):rep(3) end
    local text = shown{ list = many }
    assert.is_truthy(text:find("- item 20 ", 1, true))
    assert.is_nil(text:find("- item 21 ", 1, true))
    assert.is_truthy(text:find("… and 30 more", 1, true))
  end)

  it("masks secrets wherever they are", function()
    local text = shown({ apiKey = "k123456", user = { password = "p\nq" },
      note = "k999999" }, { hide = function(s) return (s:gsub("k9+", "<secret>")) end })
    assert.equal("apiKey  <secret>\nnote    <secret>\n"
      .. "user    { password = <secret> }", text)
  end)

  it("colours names and numbers when it is let", function()
    assert.equal("\27[36mn\27[0m  \27[33m1\27[0m",
      shown({ n = 1 }, { paint = paint.new(true) }))
  end)
end)
