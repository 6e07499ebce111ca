--- accounts_spec.lua - accounts and their histories, against the sandbox
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")

describe("accounts", function()
  local service, rs

  setup(function()
    service = sandbox.start("--accounts 300")
    rs = assert(rackspace.new(service:settings()))
  end)

  teardown(function()
    rs:close()
    child.close_all()
  end)

  local function count(options)
    local all, seen = 0, {}
    for account in rs.accounts:list(options) do
      local key = account.type .. ":" .. account.id
      assert.is_nil(seen[key])
      seen[key], all = account, all + 1
    end
    return all, seen
  end

  it("lists every account once, over several pages", function()
    local all, seen = count()
    assert.is_true(all > 100)
    local pages = 0
    for page in rs.accounts:list():pages() do
      pages = pages + 1
      assert.is_string(page.links.self)
    end
    assert.equal(math.ceil(all / 50), pages)
    assert.equal("MyRackspaceAcct", seen["CLOUD:10101"].name)
    assert.equal(all, (count{ limit = 7 }))
  end)

  it("lists by type, domain and metadata", function()
    local all = count()
    local cloud, seen = count{ accountType = "CLOUD" }
    assert.is_true(cloud > 0 and cloud < all)
    for _, account in pairs(seen) do
      assert.equal("CLOUD", account.type)
    end
    local domain = seen["CLOUD:10101"].domain
    local _, within = count{ domain = domain }
    assert.is_truthy(within["CLOUD:10101"])
    for _, account in pairs(within) do
      assert.equal(domain, account.domain)
    end
    assert.equal(0, (count{ metadataKey = "no:such", metadataValue = "x" }))
  end)

  it("gets one account by any of its three names", function()
    local account = assert(rs.accounts:get("CLOUD/10101"))
    assert.same({ "10101", 10101, "CLOUD", "RCN-123-456-789", "Active" },
      { account.id, account.number, account.type, account.rcn, account.status })
    assert.same(account, rs.accounts:get("CLOUD:10101"))
    assert.same(account, rs.accounts:get(account))
    assert.same(account, rs.accounts:get{ type = "CLOUD", number = 10101 })
    assert.same(account, rs.accounts:get(rs.accounts:list()()))
    assert.equal(200, rs:meta(account).status)
    assert.is_string(rs:meta(account).request_id)
  end)

  it("gives numbers that print without a point", function()
    for account in rs.accounts:list{ accountType = "CLOUD" } do
      if account.number then
        assert.equal(account.id, tostring(account.number))
        if math.type then
          assert.equal("integer", math.type(account.number))
        end
      end
    end
  end)

  it("tells of an account that is not there, or that is somebody else's", function()
    local account, message, err = rs.accounts:get("CLOUD/99999999")
    assert.is_nil(account)
    assert.equal("not_found", err.kind)
    assert.equal(404, err.status)
    assert.equal("accounts.get", err.operation)
    assert.equal("notFound", err.code)
    assert.matches("^accounts%.get: 404 Customer account not found %(request ", message)
    local other = assert(rackspace.new(service:settings{ username = service.users[2].username,
      api_key = service.users[2].api_key }))
    local _, hidden = count()
    for theirs in other.accounts:list() do
      hidden[theirs.type .. ":" .. theirs.id] = nil
    end
    assert.is_truthy(next(hidden))
    for name in pairs(hidden) do
      assert.equal("not_found", select(3, other.accounts:get(name)).kind)
    end
    other:close()
  end)

  it("tells an account's histories", function()
    local statuses = assert(rs.accounts:status_history("CLOUD/10101"))
    assert.is_true(#statuses > 0)
    assert.is_string(statuses[1].status)
    assert.is_number(rackspace.time(statuses[1].date))
    local customers = assert(rs.accounts:customer_history("CLOUD:10101"))
    assert.is_string(customers[1].rcn)
    local changes = assert(rs.accounts:history{ type = "CLOUD", id = "10101" })
    assert.is_string(changes[1].accountChangeType)
    assert.equal("accounts.history", rs:meta(changes).operation)
  end)

  it("tells those changes only that are asked for", function()
    local changes = assert(rs.accounts:history("CLOUD/10101", { changeType = "NEW" }))
    assert.is_true(#changes > 0)
    for _, change in ipairs(changes) do
      assert.equal("NEW", change.accountChangeType)
    end
    assert.same({}, rs.accounts:history("CLOUD/10101", { changeType = "none" }))
  end)

  it("is a module by itself, whose new takes a session", function()
    local accounts = require("rackspace.accounts").new(rs)
    assert.equal("MyRackspaceAcct", assert(accounts:get("CLOUD/10101")).name)
    assert.equal("rs.accounts", tostring(accounts))
  end)

  it("raises for what a call can't have, at the caller's line", function()
    assert.equal("accounts.get: 'account' is missing", raises(function() rs.accounts:get() end))
    assert.equal("accounts.list: 'metadataValue' needs 'metadataKey' beside it",
      raises(function() rs.accounts:list{ metadataValue = "x" } end))
    assert.equal("accounts.history: unknown parameter 'changetype' (did you mean 'changeType'?)",
      raises(function() rs.accounts:history("CLOUD/1", { changetype = "NEW" }) end))
  end)
end)

describe("an account's path", function()
  after_each(child.close_all)

  it("has its colons and every other byte encoded, as the peer sees it", function()
    local service = peer.start("return reply(200, '{}')")
    local rs = assert(rackspace.new(service:settings()))
    assert(rs.accounts:get("MANAGED_HOSTING/hybrid:5342844"))
    assert(rs.accounts:get{ type = "créé", id = "a b%?#&+é" })
    assert(rs.accounts:customer_history{ type = "CLOUD", number = 19293384938 })
    local requests = service:requests()
    assert.equal("/v1/customer_accounts/MANAGED_HOSTING/hybrid%3A5342844", requests[1].target)
    assert.equal("/v1/customer_accounts/cr%C3%A9%C3%A9/a%20b%25%3F%23%26%2B%C3%A9",
      requests[2].target)
    assert.equal("/v1/customer_accounts/CLOUD/19293384938/customer_history", requests[3].target)
    assert.equal("application/json", requests[1].headers.accept)
    rs:close()
  end)

  it("of the status history is plural, then singular, once", function()
    local service = peer.start([[
      if request.target:find("/customer_accounts/") then return reply(404, "") end
      return reply(200, '{"statusChange":[{"status":"Active"}]}')]])
    local rs = assert(rackspace.new(service:settings()))
    local history = assert(rs.accounts:status_history("CLOUD/1:2"))
    assert.equal("Active", history[1].status)
    assert.equal(2, rs:meta(history).attempts)
    local requests = service:requests()
    assert.equal("/v1/customer_accounts/CLOUD/1%3A2/status_history", requests[1].target)
    assert.equal("/v1/customer_account/CLOUD/1%3A2/status_history", requests[2].target)
    assert.equal(2, #requests)
    rs:close()
  end)

  it("of the other operations has no second form", function()
    local rs, requests = stub.session(function() return stub.reply(404) end)
    rs.accounts:get("CLOUD/1")
    rs.accounts:history("CLOUD/1")
    rs.accounts:customer_history("CLOUD/1")
    assert.equal(3, #requests)
  end)
end)
