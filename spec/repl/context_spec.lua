--- context_spec.lua - the syntactic context of the cursor
-- SPDX-License-Identifier: MIT
local context_of = require("rackspace.repl.context")
local lexer = require("rackspace.scripts.lexer")

local function context(text)
  return context_of(lexer.read(text), #text)
end

describe("a context", function()
  it("has the word that is typed, and the names before it", function()
    local found = context("print(rs.tickets:cre")
    assert.same({ "cre", 18, { "rs", "tickets" }, true },
      { found.word, found.from, found.path, found.is_method })
    assert.is_nil(context("x = cre").path)
    assert.same({ "", {} }, { context("f().").word, context("f().").path })
  end)

  it("is within a call, at an argument", function()
    local found = context("rs.contacts:get(account, f(1, 2), ")
    assert.same({ "rs.contacts.get", 3, true },
      { found.call.name, found.argument, found.is_argument })
    assert.equal("f", context("g(f(").call.name)
    assert.equal("g", context("g(f(), ").call.name)
    assert.is_nil(context("g()").call)
  end)

  it("is within a table of a call, behind keys", function()
    local found = context("rs.tickets:create{ a = 1, comment = { text = 'x', ")
    assert.same({ "rs.tickets.create", { "comment" }, { text = true }, true },
      { found.call.name, found.keys, found.given, found.is_key })
    found = context("f{ a = 1, b = 'x")
    assert.same({ "b", true, "x" }, { found.key, found.is_string, found.word })
    assert.is_falsy(context("f{ a = ").is_key)
  end)

  it("knows what a name was bound to", function()
    assert.same({ "rs", "accounts", "list" },
      context("for a in rs.accounts:list() do a.").bindings.a)
    assert.same({ "rs", "tickets", "get" },
      context("t = assert(rs.tickets:get(1)) t.").bindings.t)
  end)
end)
