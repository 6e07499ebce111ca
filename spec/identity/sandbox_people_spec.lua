--- sandbox_people_spec.lua - the sandbox's users and keys, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

describe("the sandbox's Identity over HTTP", function()
  local box, token, racker

  setup(function()
    box = assert(support.serve())
    token, racker = support.token(box, 1), support.token(box, 5)
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  local function ask(with, target, ...)
    return curl("-H", "X-Auth-Token: " .. with, box.url .. "/v2.0" .. target, ...)
  end

  it("has one user by name, and a list otherwise", function()
    assert.equal("5", jq(ask(token, "/users").body, ".users | length"))
    assert.equal('"100002"', '"' .. jq(ask(token, "/users?name=second").body, ".user.id") .. '"')
    assert.equal('{"user":"second"}', jq(ask(token, "/users/100002").body,
      "{ user: .user.username }"))
    local missing = ask(token, "/users?name=none")
    assert.equal("404 404", missing.status .. " " .. jq(missing.body, ".itemNotFound.code"))
  end)

  it("has keys in the documented envelopes", function()
    local wrapped = '{"RAX-KSKEY:apiKeyCredentials":{"apiKey":"' .. box.users[2].api_key
      .. '","username":"second"}}'
    assert.equal('{"credentials":[' .. wrapped .. "]}",
      jq(ask(token, "/users/100002/OS-KSADM/credentials").body, "."))
    assert.equal(wrapped, jq(ask(token,
      "/users/100002/OS-KSADM/credentials/RAX-KSKEY:apiKeyCredentials").body, "."))
    assert.equal(403, ask(token, "/users/100005/OS-KSADM/credentials").status)
  end)

  it("has endpoints of a token", function()
    local answer = ask(token, "/tokens/" .. token .. "/endpoints")
    assert.equal('{"id":1,"links":[],"type":"rax:feeds"}', jq(answer.body,
      "{ id: .endpoints[0].id, type: .endpoints[0].type, links: .endpoints_links }"))
    assert.equal(404, ask(token, "/tokens/none/endpoints").status)
    assert.equal(403, ask(support.token(box, 2), "/tokens/" .. token .. "/endpoints").status)
  end)

  local function impersonate(with, body)
    return ask(with, "/RAX-AUTH/impersonation-tokens", "-H", "Content-Type: application/json",
      "-d", body)
  end

  it("impersonates for Rackers, and says so", function()
    local body = '{"RAX-AUTH:impersonation":{"user":{"username":"second"}}}'
    local answer = impersonate(racker, body)
    assert.equal('["expires","id"]', jq(answer.body, ".access.token | keys"))
    assert.equal('["token"]', jq(answer.body, ".access | keys"))
    local id = jq(answer.body, ".access.token.id")
    local found = ask(id, "/tokens/" .. id)
    assert.equal('["second","racker",null]', jq(found.body,
      '.access | [.user.name, .["RAX-AUTH:impersonator"].name, .token.tenant]'))
    assert.equal(403, impersonate(token, body).status)
    for _, wrong in ipairs{ "{}", "5", '{"RAX-AUTH:impersonation":{"user":"x"}}',
      '{"RAX-AUTH:impersonation":{"user":{"username":"second"},"expire-in-seconds":0}}',
      '{"RAX-AUTH:impersonation":{"user":{"username":"second"},"expire-in-seconds":"x"}}' } do
      assert.equal(400, impersonate(racker, wrong).status, wrong)
    end
  end)
end)
