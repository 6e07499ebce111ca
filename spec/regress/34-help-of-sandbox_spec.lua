--- 34-help-of-sandbox_spec.lua - the help lists every option of the sandbox
-- SPDX-License-Identifier: MIT
local command = require("rackspace.command.sandbox")
local support = require("spec.sandbox.support")

describe("rackspace sandbox --help", function()
  it("lists every option of `rackspace sandbox`, in the usage and below", function()
    local code, help = support.run("sandbox --help")
    assert.equal(0, code)
    local usage = assert(help:match("^(.-)\n\n"))
    local below = help:sub(#usage + 1)
    local count = 0
    for name in pairs(command.known) do
      count = count + 1
      assert.truthy(usage:find("[" .. name .. " ", 1, true), name)
      assert.truthy(below:find("\n  " .. name .. " ", 1, true), name)
    end
    assert.is_true(count >= 7)
    for line in help:gmatch("[^\n]+") do
      assert.is_true(#line <= 80, line)
    end
  end)
end)
