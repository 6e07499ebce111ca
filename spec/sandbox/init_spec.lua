--- init_spec.lua - the sandbox as a whole: routes from the rows, over HTTP
-- SPDX-License-Identifier: MIT
local sandbox = require("rackspace.sandbox")
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

-- What a row's path means here.
local places = { accountType = "CLOUD", accountId = "10101",
  userId = "100002" }
local bases = { identity = "/v2.0", accounts = "" }

local function path_of(path, token)
  return (path:gsub("{(.-)}", function(name)
    return name == "tokenId" and token or places[name]
  end))
end

-- What rows demand of the query.
local queries = { ["identity.user"] = "?name=second" }

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

describe("the sandbox over HTTP", function()
  local box, token

  setup(function()
    box = assert(support.serve("--accounts 137"))
    token = support.token(box)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function call(method, target, ...)
    return curl(box.url .. target, "-X", method, "-H",
      "X-Auth-Token: " .. token, ...)
  end

  local key = '["RAX-KSKEY:apiKeyCredentials"].username'
  local expected = {
    ["identity.whoami"] = ".access.user.name",
    ["identity.endpoints"] = ".endpoints[0].type",
    ["identity.users"] = ".users[1].username",
    ["identity.user"] = ".user.username",
    ["identity.user_by_id"] = ".user.username",
    ["identity.credentials"] = ".credentials[0]" .. key,
    ["identity.api_key"] = "." .. key,
    ["identity.validate"] = ".access.user.name", ["identity.tenants"] =
      ".tenants[0].id", ["accounts.list"] = ".customerAccount[0].id",
    ["accounts.get"] = ".id", ["accounts.status_history"] =
      ".statusChange[0].status", ["accounts.customer_history"] =
      ".accountRCNChange[0].accountChangeType", ["accounts.history"] =
      ".customerAccountHistory[0].accountChangeType",
    ["accounts.timeline"] = ".customerAccountHistory[0].accountChangeType",
  }
  local values = {
    ["identity.whoami"] = "demo", ["identity.endpoints"] = "rax:feeds",
    ["identity.users"] = "second", ["identity.user"] = "second",
    ["identity.user_by_id"] = "second", ["identity.credentials"] = "second",
    ["identity.api_key"] = "second",
    ["identity.validate"] = "demo", ["identity.tenants"] = "10101",
    ["accounts.list"] = "10101", ["accounts.get"] = "10101",
    ["accounts.status_history"] = "Active",
    ["accounts.customer_history"] = "RCN_UPDATE",
    ["accounts.history"] = "NEW", ["accounts.timeline"] = "NEW",
  }

  local rows = 0
  for service, base in pairs(bases) do
    for _, op in ipairs(require("rackspace." .. service).operations) do
      rows = rows + 1
      local routes = { op.path, op.fallback_path }
      for _, path in ipairs(op.method == "GET" and routes or {}) do
        it("answers " .. op.full_name .. " at " .. path, function()
          local answer = call("GET", base .. path_of(path, token) ..
            (queries[op.full_name] or ""),
            "-H", "Accept: application/json")
          assert.equal(200, answer.status)
          assert.equal("application/json", answer.headers["content-type"])
          assert.equal(values[op.full_name],
            jq(answer.body, expected[op.full_name]))
        end)
      end
    end
  end

  it("has a check above for every row that is read", function()
    local reads = 0
    for service in pairs(bases) do
      for _, op in ipairs(require("rackspace." .. service).operations) do
        if op.method == "GET" then
          reads = reads + 1
          assert.is_string(values[op.full_name], op.full_name)
        end
      end
    end
    assert.is_true(rows > reads and reads >= 7)
  end)

  it("names the request in every answer, never twice", function()
    local seen = {}
    for _, target in ipairs{ "/v1/customer_accounts?limit=1", "/nothing",
      "/v2.0/nothing", "/sandbox" } do
      local id = call("GET", target).headers["x-trans-id"]
      assert.is_truthy(id and not seen[id])
      seen[id] = true
    end
  end)

  it("faults with the service's own element", function()
    local cases = {
      { "GET", "/v1/nothing", 404, "notFound" },
      { "GET", "/", 404, "notFound" },
      { "GET", "/v1/customer_accounts/", 404, "notFound" },
      { "GET", "/v1//customer_accounts", 404, "notFound" },
      { "GET", "/v2.0/nothing", 404, "itemNotFound" },
      { "GET", "/v2.0", 404, "itemNotFound" },
      { "POST", "/v1/customer_accounts", 405, "methodNotAllowed" },
      { "DELETE", "/v1/customer_accounts/CLOUD/10101", 405,
        "methodNotAllowed" },
      { "PUT", "/v2.0/tenants", 405, "badMethod" },
    }
    for _, case in ipairs(cases) do
      local answer = call(case[1], case[2])
      assert.equal(case[3], answer.status)
      assert.equal(case[4] .. " " .. case[3],
        jq(answer.body, 'to_entries[] | "\\(.key) \\(.value.code)"'))
      assert.is_truthy(jq(answer.body, ".[].message") ~= "null")
    end
    assert.equal("GET", call("POST", "/v1/customer_accounts").headers.allow)
  end)

  it("serves and reads JSON only, but for what the rows say", function()
    local list = "/v2.0/tenants"
    for accept, status in pairs{ ["application/json"] = 200, ["*/*"] = 200,
      ["text/html, application/json;q=0.9"] = 200, ["application/xml"] = 406,
      ["APPLICATION/JSON"] = 200, ["text/html"] = 406 } do
      assert.equal(status, call("GET", list, "-H", "Accept: " .. accept).status)
    end
    assert.equal(200, call("GET", list, "-H", "Accept:").status)
    local refused = call("GET", list, "-H", "Accept: application/xml")
    assert.equal("406", jq(refused.body, ".notAcceptable.code"))
    assert.equal(200, call("GET", "/v1/customer_accounts?limit=1", "-H",
      "Accept: application/xml").status)
    assert.equal(406, call("GET", "/v1/customer_accounts?limit=1", "-H",
      "Accept: text/xml").status)
    local form = curl("-d", "a=1", box.url .. "/v2.0/tokens")
    assert.equal(415, form.status)
    assert.equal("415", jq(form.body, ".badMediaType.code"))
  end)

  it("takes the format from the end of Identity's paths first", function()
    assert.equal(200, call("GET", "/v2.0/tenants.json", "-H",
      "Accept: application/xml").status)
    assert.equal(406, call("GET", "/v2.0/tenants.xml").status)
    assert.equal(404, call("GET", "/v2.0/tenants.txt").status)
  end)

  it("decodes paths, whose separators stay what they are", function()
    local base = "/v1/customer_accounts/"
    assert.equal(200, call("GET", base .. "%43LOUD/1010%31").status)
    assert.equal(404, call("GET", base .. "CLOUD%2F10101").status)
    assert.equal(404, call("GET", base .. "CLOUD/..").status)
    assert.equal(404, call("GET", base .. "CLOUD/%00").status)
    assert.equal(404, call("GET", base .. "CLOUD/%zz").status)
  end)
end)

describe("a sandbox", function()
  it("gives what another one of its seed gives, byte by byte", function()
    local first, second = sandbox.new{ seed = 7 }, sandbox.new{ seed = 7 }
    local other = sandbox.new{ seed = 8 }
    local differ = 0
    for _, box in ipairs{ first, second, other } do
      box.token = log_in(box)
    end
    for _, target in ipairs{ "/v1/customer_accounts?limit=100",
      "/v1/customer_accounts?marker=last", "/v1/customer_accounts/CLOUD/10101",
      "/v1/customer_accounts?accountType=RPC_V", "/v2.0/tenants",
      "/v1/customer_accounts/CLOUD/10101/history", "/v1/nothing" } do
      local answers = {}
      for i, box in ipairs{ first, second, other } do
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
