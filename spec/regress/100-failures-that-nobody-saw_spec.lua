--- 100-failures-that-nobody-saw_spec.lua - scripts that exit 0 after a failed call
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

-- A script whose write was refused ended with 0 and wrote nothing:
-- rs.tickets:close("nope") returns nil and a message, which nobody looked at.
-- What came of it later was an error that named a variable, not the call.
describe("a failed call that a script drops", function()
  it("is told, and makes the exit code", function()
    for _, code in ipairs{ [[rs.tickets:close("nope")]],
        [[for _, id in ipairs{ "nope" } do rs.tickets:close(id) end]],
        [[(function() rs.tickets:close("nope") end)()]] } do
      local status, out, said = support.run("--sandbox -e " .. support.quote(code))
      assert.same({ 4, "" }, { status, out }, code)
      assert.matches("^rackspace: %-e:1: tickets.close: 404 ", said)
    end
  end)

  it("is named by an error that comes of it", function()
    local status, _, said = support.run("--sandbox -e " .. support.quote(
      'local a = rs.accounts:get("CLOUD/99") print(a.name)'))
    assert.equal(1, status)
    assert.matches("accounts.get: 404 Customer account not found", said)
  end)
end)
