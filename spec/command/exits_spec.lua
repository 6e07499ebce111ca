--- exits_spec.lua - the exit codes, which keep their meaning
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local fault = require("rackspace.base.fault")

describe("the exit codes", function()
  it("stay what they are", function()
    local codes = {}
    for _, exit in ipairs(exits.list) do
      codes[exit.name] = exit.code
    end
    assert.same({ done = 0, failed = 1, usage = 2, auth = 3, not_found = 4,
      throttled = 5, network = 6, partial = 7, refused = 8, invalid = 9,
      server = 10, interrupted = 130 }, codes)
  end)

  it("tell the kinds of error apart", function()
    local expected = { auth = 3, forbidden = 3, config = 3, not_found = 4,
      throttled = 5, network = 6, timeout = 6, tls = 6, refused = 8,
      invalid = 9, conflict = 9, server = 10, protocol = 10, file = 1,
      cancelled = 1 }
    for kind in pairs(fault.kinds) do
      assert.equal(expected[kind], (exits.of{ kind = kind }), kind)
    end
  end)

  it("come with what may help", function()
    assert.same({ 5, "again in 12 seconds" },
      { exits.of{ kind = "throttled", retry_after = 11.2 } })
    assert.matches("rackspace login",
      (select(2, exits.of{ kind = "config", lacks = "credentials" })))
    assert.is_nil((select(2, exits.of{ kind = "config" })))
    assert.is_nil((select(2, exits.of{ kind = "not_found" })))
  end)
end)
