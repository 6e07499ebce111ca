--- email_customers_spec.lua - Email & Apps' customers, as a script calls them
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local KEYS = { user_key = "a-user-key", secret_key = "a-secret-key" }

local function session(handler, more)
  local settings = { token = false, email = KEYS, endpoints = { email = "http://localhost" } }
  for name, value in pairs(more or {}) do
    settings[name] = value
  end
  return stub.session(handler, settings)
end

local function ok()
  return stub.reply(200)
end

describe("rs.email_customers", function()
  it("asks by the documented methods, paths and forms", function()
    local rs, requests = session(function(request)
      local reads = request.method == "GET" or request.url:find("loginToken")
      return reads and stub.reply(200, { name = "n", token = "t-t-t-t", customers = {} }) or ok()
    end)
    local customers = rs.email_customers
    local base = "http://localhost/v1/customers"
    for _, case in ipairs{
      { "GET", base .. "/me", customers:get("me") },
      { "GET", base .. "/460182", customers:get(460182) },
      { "GET", base .. "/460182", customers:get{ accountNumber = "460182" } },
      { "GET", base .. "?referenceNumber=4%209", customers:find{ referenceNumber = "4 9" } },
      { "PUT", base .. "/5", customers:update(5, { name = "a b", referenceNumber = "9" }),
        "name=a%20b&referenceNumber=9" },
      { "PUT", base .. "/5", customers:update("5") },
      { "DELETE", base .. "/5", customers:delete("5") },
      { "POST", base .. "/5/enable", customers:enable("5") },
      { "POST", base .. "/5/disable", customers:disable("5") },
      { "POST", base .. "/me/loginToken",
        customers:login_token("me", { userName = "u", virtualUser = false }),
        "userName=u&virtualUser=false" },
    } do
      local request = table.remove(requests, 1)
      assert.equal(case[1], request.method)
      assert.equal(case[2], request.url)
      assert.is_truthy(case[3])
      assert.equal(case[4], request.body)
      assert.equal("application/json", request.headers.Accept)
      assert.equal(case[4] and "application/x-www-form-urlencoded" or nil,
        request.headers["Content-Type"])
    end
  end)

  it("lists page by page, by size and total", function()
    local rs, requests = session(function(request)
      local offset = tonumber(request.url:match("offset=(%d+)") or 0)
      local list = {}
      for i = offset + 1, math.min(offset + 2, 5) do
        list[#list + 1] = { name = "c" .. i, accountNumber = tostring(i) }
      end
      return stub.reply(200, { offset = offset, size = 2, total = 5, customers = list })
    end)
    local pager = rs.email_customers:list{ contains = "c", size = 2, page = 1 }
    assert.equal(5, pager:total())
    assert.equal(5, #assert(pager:totable()))
    assert.equal(3, #requests)
    for i, request in ipairs(requests) do
      assert.matches("contains=c", request.url, 1, true)
      assert.matches("page=1", request.url, 1, true)
      assert.equal(i > 1 and tostring(i * 2 - 2) or nil, request.url:match("offset=(%d+)"))
    end
  end)

  it("has v0 when the session says so", function()
    local rs, requests = session(ok, { version = "v0" })
    assert(rs.email_customers:delete("5"))
    assert.equal("http://localhost/v0/customers/5", requests[1].url)
    assert.matches("'version' must be", raises(function() rackspace.new{ version = "0" } end))
  end)

  it("refuses wrong arguments where they are made", function()
    local rs = session(error)
    local customers = rs.email_customers
    assert.matches("'%a+' can't stand beside '%a+'",
      raises(function() customers:list{ startswith = "a", contains = "b" } end))
    assert.matches("at most 250", raises(function() customers:list{ size = 251 } end))
    assert.matches("'referenceNumber' is missing", raises(function() customers:find() end))
    assert.matches("'name' is missing", raises(function() customers:create{} end))
    assert.matches("did you mean 'name'", raises(function() customers:create{ nam = "a" } end))
    assert.matches("true or false",
      raises(function() customers:login_token("me", { userName = "a", virtualUser = "x" }) end))
    assert.matches("contains a slash", raises(function() customers:get("a/b") end))
  end)

  it("keeps a log-in token from being shown", function()
    local rs = session(function() return stub.reply(200, { token = "0123abcd", user = "u" }) end)
    local answer = assert(rs.email_customers:login_token("me", { userName = "u" }))
    assert.equal("<secret>", tostring(answer.token))
    assert.equal("0123abcd", answer.token:reveal())
  end)

  it("tells faults by header and by body, and their kinds by message", function()
    for _, case in ipairs{
      { 403, "Exceeded request limits", "throttled" }, { 403, "Authentication failed.", "auth" },
      { 403, "Something else.", "forbidden" }, { 404, "Customer Not Found", "not_found" },
      { 400, "Missing required field: name", "invalid" }, { 406, "Invalid format", "invalid" },
      { 500, "It broke", "server" },
    } do
      for _, reply in ipairs{
        stub.reply(case[1], "", { ["x-error-message"] = case[2] }),
        stub.reply(case[1], { aFault = { message = case[2], code = case[1] } }),
        stub.reply(case[1], "<aFault><message>" .. case[2] .. "</message></aFault>"),
      } do
        local rs = session(function() return reply end)
        local _, message, err = rs.email_customers:delete("5")
        assert.equal(case[3], err.kind)
        assert.equal(case[1], err.status)
        assert.matches(case[2]:gsub("%.$", ""), message, 1, true)
        assert.equal(case[3] == "forbidden", message:find("takes a reseller's key", 1, true) ~= nil)
      end
    end
  end)

  it("is for resellers, as its rows say and the refusal repeats", function()
    local box = sandbox.new()
    local rs = assert(rackspace.new{ sandbox = box, email = box:describe().users[2].email })
    local customers = rs.email_customers
    assert.equal("API Customer 17", assert(customers:get("me")).name)
    assert(customers:login_token("me", { userName = "admin" }))
    local calls = {
      list = function() return customers:list():totable() end,
      get = function() return customers:get("460181") end,
      find = function() return customers:find{ referenceNumber = "49" } end,
      create = function() return customers:create{ name = "x" } end,
      update = function() return customers:update("460181", { name = "x" }) end,
      delete = function() return customers:delete("460181") end,
      enable = function() return customers:enable("460181") end,
      disable = function() return customers:disable("460181") end,
    }
    local rows = require("rackspace.email_customers").by_name
    for name, call in pairs(calls) do
      local _, message, err = call()
      assert.equal("forbidden", err.kind, name)
      assert.matches("the operation takes a reseller's key", message, 1, true)
      assert.matches("a reseller's key", rows[name].role, 1, true)
    end
  end)

  it("takes its keys from the environment's pair, unmixed", function()
    local credentials = require("rackspace.login.credentials")
    local variables = { RACKSPACE_EMAIL_USER_KEY = "k", RACKSPACE_EMAIL_SECRET_KEY = "s",
      HOME = "/nowhere" }
    local function getenv(name) return variables[name] end
    local found = assert(credentials.gather({}, getenv))
    assert.equal("k", found.user_key:reveal())
    assert.equal("s", found.secret_key:reveal())
    found = assert(credentials.gather({ user_key = "other" }, getenv))
    assert.is_nil(found.secret_key)
  end)
end)

describe("rs.email_customers in XML", function()
  it("gives what it gives in JSON", function()
    local box = sandbox.new()
    local json_session = assert(rackspace.new{ sandbox = box })
    local rs = assert(rackspace.new{ sandbox = box, format = "xml" })
    local given = {}
    for i, one in ipairs{ json_session, rs } do
      local customers = one.email_customers
      local pager = customers:list{ size = 2 }
      given[i] = { total = pager:total(), list = assert(pager:totable()),
        none = assert(customers:list{ contains = "no one" }:totable()),
        own = assert(customers:get("me")),
        found = assert(customers:find{ referenceNumber = "49" }) }
    end
    assert.same(given[1], given[2])
    assert.equal("460182", given[2].found.accountNumber)
    local own = assert(rs.email_customers:get("me"))
    assert.equal("text/xml; charset=utf-8", rs:meta(own).headers["content-type"])
    local new = assert(rs.email_customers:create{ name = "A & <b>", referenceNumber = "0071" })
    assert.equal("A & <b>", new.name)
    assert.equal("0071", new.referenceNumber)
    assert.equal("<secret>", tostring(rs.email_customers:login_token("me",
      { userName = "x" }).token))
  end)

  it("has the documented samples' values", function()
    local head = '<?xml version="1.0" encoding="utf-8"?>\n'
    local spaces = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
      .. ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:xml:%s">'
    local customer = "\n  <name>API Customer 17</name>\n  <accountNumber>460182</accountNumber>\n"
      .. "  <referenceNumber>49</referenceNumber>\n"
    local rs = session(function(request)
      assert.equal("text/xml", request.headers.Accept)
      return stub.reply(200, request.url:find("/460182") and head .. "<customer"
        .. spaces:format("customer") .. customer .. "</customer>" or head .. "<customerList"
        .. spaces:format("customerList") .. "<offset>0</offset><size>50</size><total>1</total>"
        .. "<customers>\n<customer>" .. customer .. "</customer>\n</customers></customerList>")
    end, { format = "xml" })
    local expected = { name = "API Customer 17", accountNumber = "460182", referenceNumber = "49" }
    assert.same(expected, rs.email_customers:get("460182"))
    local pager = rs.email_customers:list()
    assert.same({ expected }, pager:totable())
    assert.equal(1, pager:total())
  end)

  it("tells faults alike", function()
    local rs = assert(rackspace.new{ sandbox = true, format = "xml" })
    local _, message, err = rs.email_customers:get("5")
    assert.equal("not_found", err.kind)
    assert.equal("itemNotFoundFault", err.code)
    assert.matches("404 Customer Not Found", message, 1, true)
  end)
end)

describe("rs.email_customers over sockets", function()
  after_each(child.close_all)

  it("says no Expect, and Content-Length: 0 for an empty write", function()
    local service = peer.start("return reply(200, '')")
    local rs = assert(rackspace.new(service:settings{ token = false, email = KEYS,
      endpoints = { email = service.url } }))
    assert(rs.email_customers:enable("5"))
    assert(rs.email_customers:update("5", { name = ("x"):rep(5000) }))
    assert(rs.email_customers:update("5"))
    local requests = service:wait_for(3)
    for i, length in ipairs{ "0", "5005", "0" } do
      local headers = requests[i].headers
      assert.equal(length, headers["content-length"])
      assert.is_nil(headers.expect)
      assert.is_nil(headers["x-auth-token"])
      local stamp = headers["x-api-signature"]:match(":(%d+):")
      assert.equal(core.signature(KEYS.user_key, headers["user-agent"], stamp,
        KEYS.secret_key):reveal(), headers["x-api-signature"])
    end
    assert.equal("name=" .. ("x"):rep(5000), requests[2].body)
    rs:close()
  end)
end)
