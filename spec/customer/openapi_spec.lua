--- openapi_spec.lua - the sandbox in the OpenAPI dialect, asked by curl
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local list, rcn = "/v1/customer_accounts", "RCN-123-456-789"
local first = list .. "/" .. rcn

describe("the sandbox's OpenAPI dialect", function()
  local box

  setup(function()
    box = support.serve_user("--dialect openapi")
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  it("has the document's shapes, every member there", function()
    assert.equal("openapi", box.dialect)
    assert.equal('["customer_accounts","totalEntries"]', box:read(list, "keys"))
    assert.equal("82 true",
      box:read(list, '"\\(.totalEntries) \\((.customer_accounts | length) == .totalEntries)"'))
    local keys = '["billingCountry","contacts","createdAt","customerSegment","metadata",' ..
      '"name","rcn","status","updatedAt"]'
    assert.equal("[" .. keys .. "]", box:read(list, "[.customer_accounts[] | keys] | unique"))
    assert.equal(keys, box:read(first, "keys"))
    assert.equal('["email","firstName","id","lastName","phone","primary","roles"]',
      box:read(first .. "/contacts", ".contacts[0] | keys"))
    assert.equal('["category","key","value"]',
      box:read(first .. "/metadata", ".metadata[0] | keys"))
    assert.equal('["changedAt","changedBy","reason","status"]',
      box:read(first .. "/status_history", ".history[0] | keys"))
    for _, path in ipairs{ first .. "/history", "/v1/customers/" .. rcn .. "/history" } do
      assert.equal('[["changedAt","changedBy","field","newValue","previousValue"]]',
        box:read(path, "[.history[] | keys] | unique"))
    end
  end)

  it("tells the same of a customer everywhere", function()
    local account = box:read(list, ".customer_accounts[0]")
    assert.equal(account, box:read(first, "."))
    assert.equal(jq(account, ".contacts"), box:read(first .. "/contacts", ".contacts"))
    assert.equal(jq(account, ".metadata"), box:read(first .. "/metadata", ".metadata"))
    assert.equal(jq(account, ".contacts[1]"),
      box:read(first .. "/contacts/" .. jq(account, ".contacts[1].id"), "."))
    assert.equal(jq(account, ".metadata[1]"), box:read(first .. "/metadata/some:key", "."))
    assert.equal(jq(account, ".metadata[1]"), box:read("/v1/customers/" .. rcn ..
      "/metadata/some%3Akey/details", "{ key, value, category }"))
    assert.equal(rcn, box:read("/v1/customers/" .. rcn .. "/history", ".history[-1].newValue"))
    assert.equal(jq(account, ".status"), box:read(first .. "/history",
      '[.history[] | select(.field == "status")][-1].newValue'))
  end)

  it("has flat faults", function()
    for target, status in pairs{ [list .. "/RCN-000-000-000"] = 404, [list .. "/CLOUD"] = 404,
      ["/v1/tickets/" .. rcn .. "/metadata"] = 404, [first .. "/contacts/RPN-1"] = 404,
      [first .. "/metadata/internal:score"] = 403, [first .. "/metadata/none:such"] = 404,
      [list .. "/CLOUD/10101"] = 404, ["/nowhere"] = 404 } do
      local answer = box:get(target)
      assert.equal(status, answer.status)
      assert.equal('["code","details","message"]', jq(answer.body, "keys"))
      assert.equal(tostring(status), jq(answer.body, ".code"))
    end
    assert.equal(405, curl("-X", "DELETE", box.url .. list).status)
    local answer = curl(box.url .. list)
    assert.equal("401", jq(answer.body, ".code"))
  end)

  it("shows a user only what it sees", function()
    local own = box.token
    box.token = support.token(box, 2)
    assert.equal(404, box:get(first).status)
    assert.is_true(tonumber(box:read(list, ".totalEntries")) < 20)
    box.token = own
  end)

  it("is what a session with it speaks, asked or not", function()
    for _, settings in ipairs{ { sandbox = box.url }, { sandbox = true, dialect = "openapi" },
      { sandbox = sandbox.new{ dialect = "openapi" } } } do
      local rs = assert(rackspace.new(settings))
      local accounts = rs.accounts:list()
      local account = accounts()
      assert.same({ rcn, 82 }, { account.rcn, accounts:total() })
      assert.equal("navigator", rs.metadata:get(account, "support:level"))
      assert.equal(5, #rs.contacts:list(account):totable())
      assert.equal("rcn", rs.accounts:customer_history(account)[1].field)
      rs:close()
    end
  end)
end)

describe("a sandbox's dialect", function()
  it("is one of two", function()
    assert.is_false(pcall(sandbox.new, { dialect = "swagger" }))
    local code, _, complaint = support.run("sandbox --dialect swagger")
    assert.equal(2, code)
    assert.matches('%-%-dialect needs "reference" or "openapi"', complaint)
    assert.equal(2, (support.run("sandbox --dialect")))
  end)

  it("lists a thousand customers, counts them all, and warns of the rest", function()
    local box = sandbox.new{ dialect = "openapi", accounts = 2000 }
    local rs = assert(rackspace.new{ sandbox = box })
    local warnings = {}
    rs:on("warning", function(event)
      warnings[#warnings + 1] = event.message
    end)
    local accounts = rs.accounts:list()
    assert.equal(1000, #assert(accounts:totable()))
    assert.equal(1200, accounts:total())
    assert.same({ "accounts.list: the list ended after 1000 items; the service " ..
      "counts 1200" }, warnings)
    assert.is_false(accounts:complete())
  end)
end)
