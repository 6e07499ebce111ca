--- login_spec.lua - the bodies of a log-in
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local login = require("rackspace.login.login")

describe("a log-in's body", function()
  it("is a secret of the best credentials that there are", function()
    local key, password, token = core.secret('k"\\'), core.secret("p"), core.secret("t")
    for text, credentials in pairs{
      ['{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"u\\"","apiKey":"k\\"\\\\"}}}'] =
        { username = 'u"', api_key = key, password = password, token = token },
      ['{"auth":{"passwordCredentials":{"username":"u","password":"p"},"tenantId":"7"}}'] =
        { username = "u", password = password, token = token, tenant = 7 },
      ['{"auth":{"token":{"id":"t"},"tenantId":"hybrid:1"}}'] =
        { token = token, tenant = "hybrid:1" },
    } do
      local body = login.body(credentials)
      assert.equal("<secret>", tostring(body))
      assert.equal(text, body:reveal())
    end
  end)

  it("is the passcode in the second step", function()
    assert.equal('{"auth":{"RAX-AUTH:passcodeCredentials":{"passcode":"123456"}}}',
      login.passcode_body(core.secret("123456")):reveal())
  end)

  it("can be shown with variables instead of its values", function()
    assert.equal('{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"$RACKSPACE_USERNAME",' ..
      '"apiKey":"$RACKSPACE_API_KEY"},"tenantId":"$RACKSPACE_TENANT"}}',
      login.shown_body{ username = "u", api_key = core.secret("k"), tenant = 7 })
  end)

  it("holds what must not show in an answer", function()
    local key, password = core.secret("k"), core.secret("p")
    assert.same({ key, password }, login.secrets{ username = "u", api_key = key,
      password = password, tenant = 5 })
  end)
end)

describe("credentials", function()
  it("are enough for a log-in, or are only a token to use, or neither", function()
    local key = core.secret("k")
    for _, case in ipairs{
      { { username = "u", api_key = key }, true, false },
      { { username = "u", password = key }, true, false },
      { { username = "u" }, false, false }, { { api_key = key }, false, false },
      { { token = key }, true, true }, { { token = key, tenant = 5 }, true, false },
      { { token = key, username = "u", password = key }, true, false }, { {}, false, false } } do
      assert.equal(case[2], login.has_credentials(case[1]))
      assert.equal(case[3], login.is_only_token(case[1]))
    end
  end)
end)
