--- dialect_spec.lua - the Customer Service by its OpenAPI document
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local rcn = "RCN-123-456-789"

-- Every operation of the document: its call, its path and its answer.
local operations = {
  { function(rs) return rs.accounts:list():totable() end, "/customer_accounts",
    { customer_accounts = { { rcn = rcn } }, totalEntries = 1 }, { { rcn = rcn } } },
  { function(rs) return rs.accounts:get(rcn) end, "/customer_accounts/" .. rcn,
    { rcn = rcn, customerSegment = "x" }, { rcn = rcn, customerSegment = "x" } },
  { function(rs) return rs.accounts:status_history{ rcn = rcn } end,
    "/customer_accounts/" .. rcn .. "/status_history",
    { history = { { status = "Active" } } }, { { status = "Active" } } },
  { function(rs) return rs.accounts:history(rcn) end, "/customer_accounts/" .. rcn .. "/history",
    { history = { { field = "status" } } }, { { field = "status" } } },
  { function(rs) return rs.accounts:customer_history("C 1") end, "/customers/C%201/history",
    { history = { { field = "rcn" } } }, { { field = "rcn" } } },
  { function(rs) return rs.contacts:list(rcn):totable() end,
    "/customer_accounts/" .. rcn .. "/contacts",
    { contacts = { { id = "1" } } }, { { id = "1" } } },
  { function(rs) return rs.contacts:get(rcn, "1") end,
    "/customer_accounts/" .. rcn .. "/contacts/1", { id = "1" }, { id = "1" } },
  { function(rs) return rs.metadata:list(rcn) end, "/customer_accounts/" .. rcn .. "/metadata",
    { metadata = { { key = "a", value = "1" } } }, { a = "1" } },
  { function(rs) return rs.metadata:entries(rcn) end,
    "/customer_accounts/" .. rcn .. "/metadata",
    { metadata = { { key = "b", value = "1", category = "c" }, { key = "a", value = "2" } } },
    { { key = "a", name = "a", value = "2" },
      { key = "b", name = "b", value = "1", category = "c" } } },
  { function(rs) return rs.metadata:get({ resourceType = "contacts", resourceId = 7 }, "a:b") end,
    "/contacts/7/metadata/a%3Ab", { key = "a:b", value = "x", category = "a" }, "x" },
  { function(rs) return rs.metadata:details({ rcn = rcn }, "k") end,
    "/customer_accounts/" .. rcn .. "/metadata/k/details",
    { key = "k", updatedBy = "x" }, { key = "k", updatedBy = "x" } },
}

local function session(handler)
  return stub.session(handler or error, { dialect = "openapi" })
end

describe("the OpenAPI dialect", function()
  it("has every operation, by the document's paths and envelopes", function()
    for _, operation in ipairs(operations) do
      local call, path, body, expected = operation[1], operation[2], operation[3], operation[4]
      local rs, requests = session(function() return stub.reply(200, body) end)
      assert.same(expected, (call(rs)))
      assert.equal("http://localhost/v1" .. path, (requests[1].url:gsub(":", "%%3A"):gsub("%%3A//",
        "://")))
      assert.equal("GET", requests[1].method)
      assert.equal("application/json", requests[1].headers.Accept)
    end
  end)

  it("is at its own address, unless told otherwise", function()
    local function base(endpoints, dialect, options)
      local url
      local rs = assert(rackspace.new{ token = "a-token", dialect = dialect, endpoints = endpoints,
        transport = function(request)
          url = request.url
          return stub.reply(200, {})
        end })
      assert(rs.contacts:list(options and "RCN-1" or dialect and { rcn = "R" } or "CLOUD/1",
        options):totable())
      return (url:match("^https://[^/]*"))
    end
    assert.equal("https://accounts.api.rackspacecloud.com", base(nil, "openapi"))
    assert.equal("https://customer.api.rackspacecloud.com", base())
    assert.equal("https://example.com", base({ customer = "https://example.com" }, "openapi"))
    local own = { customer = "https://example.com", customer_openapi = "https://example.net" }
    assert.equal("https://example.net", base(own, "openapi"))
    assert.equal("https://example.com", base(own))
    assert.equal("https://example.net", base(own, nil, { dialect = "openapi" }))
    assert.equal("https://accounts.api.rackspacecloud.com", base(nil, nil, { dialect = "openapi" }))
  end)

  it("is one of two", function()
    assert.matches([['dialect' must be "reference" or "openapi", not 'swagger']],
      raises(function() rackspace.new{ dialect = "swagger" } end))
  end)

  it("refuses what it has no parameter for", function()
    local rs = session()
    assert.equal("accounts.list: 'accountType' is no parameter in the OpenAPI dialect",
      raises(function() rs.accounts:list{ accountType = "CLOUD" } end))
    assert.equal("contacts.list: 'role' is no parameter in the OpenAPI dialect",
      raises(function() rs.contacts:list(rcn, { role = "BILLING" }) end))
    assert.matches("'changeType' is no parameter",
      raises(function() rs.accounts:history(rcn, { changeType = "NEW" }) end))
    assert.matches("unknown parameter 'timeuot' %(did you mean 'timeout'%?%)",
      raises(function() rs.accounts:get(rcn, { timeuot = 1 }) end))
  end)

  it("wants an RCN where the reference wants an account", function()
    local rs = session()
    for _, account in ipairs{ "CLOUD/10101", 7, {}, { rcn = 7 }, "", "RCN-1/2" } do
      for _, call in ipairs{ "get", "history", "status_history" } do
        local ok, message = pcall(rs.accounts[call], rs.accounts, account)
        assert.is_false(ok)
        assert.matches("'account' ", message)
      end
      assert.is_false(pcall(rs.metadata.list, rs.metadata, account))
    end
    assert.matches([[must be an RCN %(such as "RCN%-123%-456%-789"%) or a record that has one, ]]
      .. "not 'CLOUD/10101'", raises(function() rs.accounts:get("CLOUD/10101") end))
    assert.matches("has a resourceId that must be a string",
      raises(function() rs.metadata:list{ resourceType = "contacts" } end))
    assert.matches("has a resourceType that contains a slash",
      raises(function() rs.metadata:list{ resourceType = "a/b", resourceId = 1 } end))
  end)

  it("is told by flat faults what went wrong", function()
    local rs = session(function()
      return stub.reply(404, { code = 404, message = "no such RCN", details = "x" })
    end)
    local _, message, err = rs.accounts:get(rcn)
    assert.equal("accounts.get: 404 no such RCN", message)
    assert.same({ "not_found", "x" }, { err.kind, err.details })
  end)

  it("leaves the rows of the reference as they are", function()
    local accounts = require("rackspace.accounts")
    local list = accounts.by_name.list
    assert.equal("customerAccount", list.items)
    assert.equal("customer_accounts", list.openapi.items)
    assert.is_nil(accounts.by_name.status_history.openapi.fallback)
    assert.equal("accounts.list", list.openapi.full_name)
  end)
end)

describe("the dialect of a call", function()
  local rs, requests

  before_each(function()
    rs, requests = session(function() return stub.reply(200, {}) end)
    rs:close()
    rs, requests = stub.session(function() return stub.reply(200, { rcn = rcn }) end)
  end)

  local function last()
    return (requests[#requests].url:gsub("^http://localhost/v1", ""))
  end

  it("is named among its options, and ends with the call", function()
    assert.same({ rcn = rcn }, rs.accounts:get(rcn, { dialect = "openapi" }))
    assert.equal("/customer_accounts/" .. rcn, last())
    assert(rs.accounts:get("CLOUD/10101"))
    assert.equal("/customer_accounts/CLOUD/10101", last())
    assert(rs.accounts:get("CLOUD/10101", { dialect = "reference", retries = 0 }))
    assert.equal("/customer_accounts/CLOUD/10101", last())
  end)

  it("is one that every call of the service takes, and no other", function()
    for name, call in pairs{
      ["/customer_accounts"] = function(o) return rs.accounts:list(o):totable() end,
      ["/customer_accounts/RCN-1/status_history"] =
        function(o) return rs.accounts:status_history("RCN-1", o) end,
      ["/customer_accounts/RCN-1/history"] =
        function(o) return rs.accounts:history("RCN-1", o) end,
      ["/customers/RCN-1/history"] =
        function(o) return rs.accounts:customer_history("RCN-1", o) end,
      ["/customer_accounts/RCN-1/contacts/7"] =
        function(o) return rs.contacts:get("RCN-1", 7, o) end,
      ["/customer_accounts/RCN-1/metadata/k/details"] =
        function(o) return rs.metadata:details({ rcn = "RCN-1" }, "k", o) end } do
      assert(call{ dialect = "openapi" })
      assert.equal(name, last())
    end
    assert(rs.accounts:timeline("RCN-1", { dialect = "openapi" }))
    for i = 0, 2 do
      assert.matches("/RCN%-1/", requests[#requests - i].url)
    end
    assert.matches("unknown parameter 'dialect'",
      raises(function() rs.tickets:list{ dialect = "openapi" } end))
    assert.equal("accounts.get: 'dialect' must be one of reference, openapi, not 'opnapi' "
      .. "(did you mean 'openapi'?)",
      raises(function() rs.accounts:get("CLOUD/1", { dialect = "opnapi" }) end))
  end)

  it("may be the reference's in a session that speaks the other", function()
    rs, requests = session(function() return stub.reply(200, {}) end)
    assert(rs.accounts:list{ dialect = "reference", accountType = "CLOUD" }:totable())
    assert.equal("/customer_accounts?accountType=CLOUD", last())
    assert(rs.accounts:list():totable())
    assert.equal("/customer_accounts", last())
  end)

  it("is advised where an account is named by an RCN", function()
    for _, account in ipairs{ "RCN-123-456-789", { rcn = "R:7", name = "x" } } do
      assert.matches('names a customer: give { dialect = "openapi" } with the call',
        raises(function() rs.accounts:get(account) end), 1, true)
    end
  end)

  it("is spoken by the sandbox beside its own", function()
    for own, other in pairs{ reference = "openapi", openapi = "reference" } do
      local box = assert(rackspace.new{ sandbox = rackspace.sandbox{ dialect = own } })
      local name = { reference = "CLOUD/10101", openapi = rcn }
      assert.equal("MyRackspaceAcct", assert(box.accounts:get(name[own])).name)
      local account = assert(box.accounts:get(name[other], { dialect = other }))
      assert.equal(other == "openapi", account.customerSegment ~= nil)
      assert.equal("MyRackspaceAcct", account.name)
      assert.is_true(#assert(box.accounts:list{ dialect = other }:totable()) > 80)
      assert.is_true(#assert(box.metadata:entries(name[other], { dialect = other })) > 2)
      assert.equal(2, box.sandbox:count("accounts.get"))
      box:close()
    end
  end)
end)

describe("a row's openapi", function()
  it("is checked as the row is", function()
    local rs = stub.session(error)
    local function problem(openapi)
      local things = { name = "things", endpoint = "customer",
        { "get", "GET /things", openapi = openapi } }
      return raises(function() rs:service(things) end)
    end
    assert.matches("row 'get' has an unknown field 'itms' (did you mean 'items'?)",
      problem{ "GET /x", itms = "x" }, 1, true)
    assert.matches("has no route", problem{})
    assert.matches("row 'get' has no argument for {id}", problem{ "GET /x/{id}" }, 1, true)
    assert.matches("row 'get' has other arguments with openapi",
      problem{ "GET /x/{id}", args = { { "id", "id", "It." } } }, 1, true)
  end)
end)
