--- services_spec.lua - the list of the services
-- SPDX-License-Identifier: MIT
local modules = require("rackspace.services").modules

describe("the list of services", function()
  it("leads to a definition of each one's name", function()
    for name, module in pairs(modules) do
      local definition = require(module)
      assert.equal(name, definition.name)
      assert.is_true(#definition.operations > 0)
    end
  end)
end)
