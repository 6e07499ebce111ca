--- command_spec.lua - words of the prompt
-- SPDX-License-Identifier: MIT
local command = require("rackspace.repl.command")

describe("a command", function()
  it("is called as a function is, and known without that", function()
    local more = command.new("more", function(...) return select("#", ...), ... end)
    assert.same({ 2, "a", "b" }, { more("a", "b") })
    assert.is_true(command.is_command(more))
    assert.equal("more", tostring(more))
    assert.is_false(command.is_command(print))
    assert.is_false(command.is_command{})
  end)
end)
