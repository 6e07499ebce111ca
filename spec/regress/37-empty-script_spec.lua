--- 37-empty-script_spec.lua - a script may be empty, as it may be for lua -e
-- SPDX-License-Identifier: MIT
local program_options = require("rackspace.command.program_options")

describe("-e", function()
  it("takes an empty script", function()
    local parser, given = program_options.leading, {}
    assert.equal(3, parser:read_leading(given, { "-e", "" }))
    assert.same({ e = { "" } }, given)
    assert.is_nil((parser:read_leading({}, { "-e" })))
    assert.is_nil((parser:read_leading({}, { "--profile", "" })))
  end)
end)
