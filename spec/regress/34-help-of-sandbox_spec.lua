--- 34-help-of-sandbox_spec.lua - the help lists every option of the sandbox
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local support = require("spec.sandbox.support")

describe("rackspace sandbox --help", function()
  it("lists every option of `rackspace sandbox`, in the usage and below", function()
    local code, help = support.run("sandbox --help")
    assert.equal(0, code)
    local usage = assert(help:match("^(.-)\n\n"))
    local below = help:sub(#usage + 1)
    local _, sandbox = commands.find("sandbox")
    for _, option in ipairs(sandbox.options) do
      assert.truthy(usage:find("[" .. option.name, 1, true), option.name)
      assert.truthy(below:find("\n  " .. option.name .. " ", 1, true), option.name)
    end
    assert.is_true(#sandbox.options >= 7)
    for line in help:gmatch("[^\n]+") do
      assert.is_true(#line <= 80, line)
    end
  end)
end)
