--- secret_spec.lua - fields that are not shown
-- SPDX-License-Identifier: MIT
local secret = require("rackspace.show.secret")

describe("a secret's name", function()
  it("is known in every way that it is written", function()
    for _, name in ipairs{ "apiKey", "api_key", "API_KEY", "password",
      "secret_key", "X-Auth-Token", "loginToken", "passcode", "token" } do
      assert.is_true(secret.is_name(name), name)
    end
    for _, name in ipairs{ "key", "name", "tokens_left", "passport", "id", 7 } do
      assert.is_false(secret.is_name(name), tostring(name))
    end
  end)

  it("hides texts and nothing else", function()
    assert.is_true(secret.is_field("token", "abc"))
    assert.is_false(secret.is_field("token", ""))
    assert.is_false(secret.is_field("token", { id = 1 }))
    assert.is_false(secret.is_field("name", "abc"))
  end)
end)
