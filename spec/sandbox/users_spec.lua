--- users_spec.lua - who can log in to the sandbox
-- SPDX-License-Identifier: MIT
local users = require("rackspace.sandbox.users")

describe("the sandbox's users", function()
  it("are told apart by everything that a log-in sends", function()
    local seen = {}
    for _, user in ipairs(users.list) do
      assert.equal(user, users.by_name[user.username])
      for _, text in ipairs{ user.id, user.username, user.api_key,
        user.password } do
        assert.is_nil(seen[text])
        seen[text] = true
      end
    end
  end)

  it("are told to whoever asks, as copies", function()
    local told = users.public()
    assert.equal(#users.list, #told)
    for i, user in ipairs(told) do
      assert.same({ username = users.list[i].username,
        api_key = users.list[i].api_key, password = users.list[i].password,
        passcode = users.list[i].passcode,
        email = users.list[i].email and {
          user_key = users.list[i].email.user_key,
          secret_key = users.list[i].email.secret_key } }, user)
    end
    told[1].password = "spoilt"
    assert.not_equal("spoilt", users.list[1].password)
  end)
end)
