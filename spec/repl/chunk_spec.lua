--- chunk_spec.lua - what was typed, made into something to run
-- SPDX-License-Identifier: MIT
local chunk = require("rackspace.repl.chunk")

describe("chunk.compile", function()
  it("gives the value of an expression", function()
    for _, text in ipairs{ "1 + 1", "= 1 + 1", "  =1 + 1" } do
      local found = assert(chunk.compile(text))
      assert.equal(2, found.run())
      assert.is_true(found.is_value)
    end
  end)

  it("runs what is no expression", function()
    assert.is_false(chunk.compile("local x = 1").is_value)
    assert.is_false(chunk.compile("").is_value)
    assert.is_false(chunk.compile("-- only this").is_value)
  end)

  it("distinguishes incomplete input from wrong input", function()
    for _, text in ipairs{ "for i = 1, 2 do", "f(", "x = {", "[[long", "1 +", "x =" } do
      local found, message, is_open = chunk.compile(text)
      assert.is_nil(found)
      assert.is_string(message)
      assert.is_true(is_open, text)
    end
    for _, text in ipairs{ ")", "1 +* 2", "x = = 1" } do
      assert.is_falsy((select(3, chunk.compile(text))), text)
    end
  end)

  it("reads a question as help", function()
    assert.equal('help("rs.tickets.create", rs.tickets.create)',
      chunk.compile("?rs.tickets.create").text)
    assert.equal('help("rs.tickets:create", rs.tickets.create)',
      chunk.compile(" ? rs.tickets:create ").text)
    assert.equal("help(1 + 1)", chunk.compile("?1 + 1").text)
    assert.equal("help()", chunk.compile("?").text)
  end)
end)

describe("chunk.lost_local", function()
  it("names what is gone after its line", function()
    assert.equal("x", chunk.lost_local("local x = 1"))
    assert.equal("f", chunk.lost_local("local function f() end"))
    assert.is_nil(chunk.lost_local("x = 1"))
  end)
end)
