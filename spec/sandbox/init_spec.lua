--- init_spec.lua - the sandbox as a whole
-- SPDX-License-Identifier: MIT
local sandbox = { new = require("rackspace").sandbox }

local function ask(box, target, headers, method, body)
  local answer = box:handle{ method = method or "GET", target = target,
    headers = headers or {}, body = body }
  return answer.status, answer.body, answer.headers
end

local function log_in(box, username, api_key)
  local _, body = ask(box, "/v2.0/tokens", {}, "POST",
    ('{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"%s","apiKey":"%s"}}}')
      :format(username or "demo", api_key or "0d3e00000000000000000000000c0de1"))
  return body:match('"id":"(AA[%w_-]+)"')
end

describe("a sandbox", function()
  it("gives what another one of its seed gives, byte by byte", function()
    local boxes, differ = {}, 0
    for i, seed in ipairs{ 7, 7, 8 } do
      boxes[i] = sandbox.new{ seed = seed, clock = function() return 1700000000 end }
      boxes[i].token = log_in(boxes[i])
    end
    for _, target in ipairs{ "/v1/customer_accounts?limit=100",
      "/v1/customer_accounts?marker=last", "/v1/customer_accounts/CLOUD/10101",
      "/v1/customer_accounts?accountType=RPC_V", "/v2.0/tenants",
      "/v1/customer_accounts/CLOUD/10101/history", "/v1/nothing" } do
      local answers = {}
      for i, box in ipairs(boxes) do
        answers[i] = box:handle{ method = "GET", target = target,
          headers = { ["x-auth-token"] = box.token } }
      end
      assert.same(answers[1], answers[2])
      differ = differ + (answers[1].body ~= answers[3].body and 1 or 0)
    end
    assert.is_true(differ >= 4)
  end)

  it("takes a seed below zero", function()
    local box = sandbox.new{ seed = -5 }
    local _, _, headers = ask(box, "/sandbox")
    assert.is_truthy(headers["X-Trans-Id"]:match("^fffffffb%-"))
    assert.is_truthy(log_in(box))
  end)

  it("has a million accounts without work, the last as near as the first",
    function()
      local box, draws = sandbox.new{ accounts = 1000000 }, 0
      local draw = box.data.draw
      box.data.draw = function(...)
        draws = draws + 1
        return draw(...)
      end
      local headers = { ["x-auth-token"] = log_in(box) }
      local function work(target)
        draws = 0
        local status, body = ask(box, target, headers)
        assert.equal(200, status)
        return draws, select(2, body:gsub('"rel":"via"', ""))
      end
      local account = box.data:account(999900)
      local list = "/v1/customer_accounts?limit=50"
      local first, count = work(list)
      assert.equal(50, count)
      for _, marker in ipairs{ "last", account.type .. ":" .. account.id } do
        local deep
        deep, count = work(list .. "&marker=" .. marker)
        assert.equal(50, count)
        assert.is_true(deep < first * 1.5, deep .. " draws, not " .. first)
      end
      local filtered = work(list .. "&marker=last&metadataKey=some:key" ..
        "&metadataValue=Some+Value&accountType=CLOUD")
      assert.is_true(filtered < first * 1.5)
    end)

  it("counts what it answered, not what it refused", function()
    local box = sandbox.new()
    local headers = { ["x-auth-token"] = log_in(box) }
    assert.equal(1, box:count("identity.authenticate"))
    ask(box, "/v1/customer_accounts", headers)
    ask(box, "/v1/customer_accounts?limit=1", headers)
    ask(box, "/v1/customer_accounts")
    ask(box, "/v1/customer_accounts?metadataValue=x", headers)
    ask(box, "/v1/customer_accounts", { accept = "text/html" })
    assert.equal(2, box:count("accounts.list"))
    assert.equal(0, box:count("accounts.get"))
  end)

  it("has a time of its own", function()
    local now = 1000
    local box = sandbox.new{ clock = function() return now end }
    assert.equal(1000, box:time())
    box:advance(500)
    now = 1001
    assert.equal(1501, box:time())
    for _, wrong in ipairs{ -1, 0 / 0, 1 / 0, 1e11, "1", false } do
      assert.has_error(function() box:advance(wrong) end)
    end
    assert.has_error(function() box:advance() end)
    assert.equal(1501, box:time())
  end)

  it("says where it is and who can log in", function()
    local box = sandbox.new{ accounts = 3, seed = 2 }
    local found = box:describe()
    assert.equal("http://localhost", found.url)
    assert.equal("http://localhost/v2.0", found.endpoints.identity)
    assert.equal("demo", found.credentials.username)
    assert.same({ 3, 2, 6 }, { found.accounts, found.seed, #found.users })
    assert.equal("http://x:1/v2.0",
      box:describe("http://x:1").endpoints.identity)
    assert.equal("sandbox (3 accounts, seed 2)", tostring(box))
  end)

  it("raises for options that can't be", function()
    assert.has_error(function() sandbox.new{ accounts = -1 } end)
    assert.has_error(function() sandbox.new{ seed = "x" } end)
  end)

  it("survives what no client sends", function()
    local box = sandbox.new()
    local token = log_in(box)
    local bodies = { "", "[]", "5", "null", "{", '{"auth":5}', '{"auth":[]}',
      '{"auth":{}}', '{"auth":{"token":[]}}', '{"auth":{"token":{"id":{}}}}',
      '{"auth":{"passwordCredentials":{"username":{},"password":[]}}}',
      '{"auth":{"token":{"id":"' .. token .. '"},"tenantId":{}}}',
      '{"auth":{"token":{"id":"' .. token .. '"},"tenantId":true}}',
      ("["):rep(5000) }
    for _, body in ipairs(bodies) do
      assert.equal(400, (ask(box, "/v2.0/tokens", {}, "POST", body)), body)
    end
    for _, target in ipairs{ "*", "", "?", "//", "/%", "/v1/%/%/%",
      "/v1/customer_accounts?%=&&=&a&=b&%zz=%zz", "/sandbox/%00",
      "http://x/v1/customer_accounts", "/" .. ("a/"):rep(2000) } do
      for _, method in ipairs{ "GET", "POST", "HEAD", "X" } do
        local status = ask(box, target, { ["x-auth-token"] = token }, method)
        assert.is_true(status >= 200 and status < 500)
      end
    end
  end)
end)
