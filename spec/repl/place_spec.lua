--- place_spec.lua - where in a piece of Lua the cursor stands
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.repl.lexer")
local place_of = require("rackspace.repl.place")

local function place(text)
  return place_of(lexer.read(text), #text)
end

describe("a place", function()
  it("has the word that is typed, and the names before it", function()
    local found = place("print(rs.tickets:cre")
    assert.same({ "cre", 18, { "rs", "tickets" }, true },
      { found.word, found.from, found.path, found.is_method })
    assert.is_nil(place("x = cre").path)
    assert.same({ "", {} }, { place("f().").word, place("f().").path })
  end)

  it("is within a call, at an argument", function()
    local found = place("rs.contacts:get(account, f(1, 2), ")
    assert.same({ "rs.contacts.get", 3, true },
      { found.call.name, found.argument, found.in_call })
    assert.equal("f", place("g(f(").call.name)
    assert.equal("g", place("g(f(), ").call.name)
    assert.is_nil(place("g()").call)
  end)

  it("is within a table of a call, behind keys", function()
    local found = place("rs.tickets:create{ a = 1, comment = { text = 'x', ")
    assert.same({ "rs.tickets.create", { "comment" }, { text = true }, true },
      { found.call.name, found.keys, found.given, found.is_key })
    found = place("f{ a = 1, b = 'x")
    assert.same({ "b", true, "x" }, { found.key, found.is_text, found.word })
    assert.is_falsy(place("f{ a = ").is_key)
  end)

  it("knows what a name was bound to", function()
    assert.same({ "rs", "accounts", "list" },
      place("for a in rs.accounts:list() do a.").loops.a)
    assert.same({ "rs", "tickets", "get" },
      place("t = assert(rs.tickets:get(1)) t.").loops.t)
  end)
end)
