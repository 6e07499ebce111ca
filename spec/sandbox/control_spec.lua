--- control_spec.lua - the sandbox's own HTTP interface, by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

describe("a sandbox's controls", function()
  local box

  setup(function()
    box = assert(support.serve("--accounts 21 --seed 3"))
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function post(action, body)
    return curl("-X", "POST", "-H", "Content-Type: application/json", "-d",
      body or "", box.url .. "/sandbox/" .. action)
  end

  local function status_with(token)
    return curl("-H", "X-Auth-Token: " .. token,
      box.url .. "/v1/customer_accounts?limit=1").status
  end

  it("tell where the services are and who can log in", function()
    local answer = curl(box.url .. "/sandbox")
    assert.equal(200, answer.status)
    assert.equal(box.url .. "/v2.0 " .. box.url .. " 21 3 demo",
      jq(answer.body, '"\\(.endpoints.identity) \\(.endpoints.customer) '
        .. '\\(.accounts) \\(.seed) \\(.credentials.username)"'))
    local other = curl("-H", "Host: localhost:80", box.url .. "/sandbox")
    assert.equal("http://localhost:80", jq(other.body, ".url"))
  end)

  it("tell how often each operation was answered", function()
    local token = support.token(box)
    local before = jq(curl(box.url .. "/sandbox/counts").body,
      '."accounts.list" // 0')
    status_with(token)
    status_with(token)
    status_with("none")
    assert.equal(("%d"):format(before + 2),
      jq(curl(box.url .. "/sandbox/counts").body, '."accounts.list"'))
  end)

  it("revoke every token", function()
    local token, other = support.token(box), support.token(box, 2)
    assert.equal(200, status_with(token))
    local answer = post("revoke")
    assert.equal(204, answer.status)
    assert.equal("", answer.body)
    assert.equal(401, status_with(token))
    assert.equal(401, status_with(other))
    assert.equal(200, status_with(support.token(box)))
  end)

  it("move the time on, so that tokens expire", function()
    local token = support.token(box)
    assert.equal(204, post("advance", '{"seconds":0}').status)
    assert.equal(200, status_with(token))
    assert.equal(204, post("advance", '{"seconds":90000}').status)
    assert.equal(401, status_with(token))
  end)

  it("refuse to move the time where it can't go", function()
    for _, body in ipairs{ "", "{}", "[]", "5", '{"seconds":"9"}',
      '{"seconds":-1}', '{"seconds":1e300}', '{"seconds":', "x" } do
      local answer = post("advance", body)
      assert.equal(400, answer.status, body)
      assert.is_truthy(answer.body:find("seconds", 1, true))
    end
  end)

  it("are no others", function()
    for _, target in ipairs{ "/sandbox/", "/sandbox/none", "/sandbox/revoke",
      "/sandbox/counts/x" } do
      assert.equal(404, curl(box.url .. target).status)
    end
    assert.equal("404", jq(curl(box.url .. "/sandboxes").body,
      ".notFound.code"))
    assert.equal(404, curl("-X", "DELETE", box.url .. "/sandbox").status)
  end)
end)
