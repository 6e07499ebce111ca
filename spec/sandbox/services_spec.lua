--- services_spec.lua - the sandbox's routes, one for every row, over HTTP
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

-- The values of the variables in the rows' paths.
local places = { accountType = "CLOUD", accountId = "10101",
  userId = "100002" }
local bases = { identity = "/v2.0", accounts = "" }

local function path_of(path, token)
  return (path:gsub("{(.-)}", function(name)
    return name == "tokenId" and token or places[name]
  end))
end

-- The parameters that rows require.
local queries = { ["identity.user"] = "?name=second" }

describe("the sandbox's routes", function()
  local box, token

  setup(function()
    box = assert(support.serve("--accounts 137"))
    token = support.token(box)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function get(target)
    return curl(box.url .. target, "-H", "X-Auth-Token: " .. token, "-H",
      "Accept: application/json")
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
          local answer = get(base .. path_of(path, token) ..
            (queries[op.full_name] or ""))
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
end)
