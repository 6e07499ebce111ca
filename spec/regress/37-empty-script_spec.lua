--- 37-empty-script_spec.lua - a script may be empty, as it may be for lua -e
-- SPDX-License-Identifier: MIT
local options = require("rackspace.command.options")

describe("-e", function()
  it("takes an empty script", function()
    local given = {}
    assert.equal(3, options.read(given, { "-e", "" }, 1))
    assert.same({ e = { "" } }, given)
    assert.is_nil((options.read({}, { "-e" }, 1)))
    assert.is_nil((options.read({}, { "--profile", "" }, 1)))
  end)
end)
