--- sandbox_users_spec.lua - who sees whom in the sandbox's Identity
-- SPDX-License-Identifier: MIT
local users = require("rackspace.sandbox.users")
local visible = require("rackspace.identity.sandbox.users")

describe("the sandbox's Identity", function()
  local by_name = users.by_name

  local function names(user, email)
    local list = {}
    for i, shown in ipairs(visible.list(user, email)) do
      list[i] = shown.username
    end
    return table.concat(list, " ")
  end

  it("shows a user to itself, to administrators and to Rackers", function()
    assert.equal("second", names(by_name.second))
    assert.equal("demo second careful disabled newcomer", names(by_name.demo))
    assert.equal("demo second careful disabled racker newcomer", names(by_name.racker))
    assert.equal("careful", names(by_name.demo, "careful@example.com"))
    assert.equal("", names(by_name.second, "careful@example.com"))
  end)

  it("shows no secret", function()
    for _, user in ipairs(users.list) do
      assert.equal(user, visible.by_id[user.id])
      for _, value in pairs(visible.show(user)) do
        assert.is_true(value ~= user.api_key and value ~= user.password
          and value ~= user.passcode)
      end
      assert.equal(not user.disabled, visible.show(user).enabled)
    end
  end)

  it("knows Rackers and administrators by their roles", function()
    assert.is_true(visible.is_racker(by_name.racker))
    assert.is_false(visible.is_racker(by_name.demo))
    assert.is_true(visible.is_admin(by_name.demo))
    assert.is_false(visible.is_admin(by_name.second))
  end)
end)
