--- sandbox_users_spec.lua - which users the sandbox's Identity shows to whom
-- SPDX-License-Identifier: MIT
local in_process = require("spec.support.in_process")
local strings = require("spec.support.strings")

describe("the sandbox's Identity", function()
  local box

  setup(function()
    box = in_process.start()
  end)

  local function names(username, query)
    local list = {}
    for i, user in ipairs(box:get(username, "/v2.0/users" .. (query or "")).users) do
      list[i] = user.username
    end
    return table.concat(list, " ")
  end

  it("shows a user to itself, to administrators and to Rackers", function()
    assert.equal("second", names("second"))
    assert.equal("demo second careful disabled newcomer", names("demo"))
    assert.equal("demo second careful disabled racker newcomer", names("racker"))
    assert.equal("careful", names("demo", "?email=careful%40example.com"))
    assert.equal("", names("second", "?email=careful%40example.com"))
  end)

  it("shows no secret, and who is disabled", function()
    for _, user in ipairs(box:get("racker", "/v2.0/users").users) do
      local known = box.users[user.username]
      for _, secret in ipairs{ known.api_key, known.password, known.passcode } do
        assert.is_false(strings.shows(user, secret))
      end
      assert.equal(user.username ~= "disabled", user.enabled)
    end
  end)
end)
