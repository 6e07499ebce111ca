--- 97-portals-of-roles_spec.lua - a refusal names the role, and who gives it
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

local MY, CLOUD = "the MyRackspace portal (my.rackspace.com)", "the Cloud Control Panel"

describe("a refused write of a ticket", function()
  local function refused(said, fn)
    local rs = stub.session(function() return stub.reply(403, { message = said }) end,
      { endpoints = { ticketing = "http://localhost", feeds = "http://localhost" } })
    local _, message, err = fn(rs)
    rs:close()
    return message:match("403 (.*)$"), err
  end

  local function create(account)
    return function(rs)
      return rs.tickets:create{ accountId = account, subject = "s", category = "Incident",
        subcategory = "Other" }
    end
  end

  local function close(rs)
    return rs.tickets:close("1")
  end

  it("names the role of its account, and the portal", function()
    local message, err = refused("No.", create("hybrid:12"))
    assert.equal("No; the operation takes account_admin or edit_ticket, given in " .. MY, message)
    assert.same({ "account_admin or edit_ticket", MY }, { err.role, err.portal })
    for _, account in ipairs{ "12", "faws:12", "managed_gcp:1" } do
      message, err = refused("No.", create(account))
      assert.equal("No; the operation takes identity:user-admin or ticketing:admin, given in "
        .. CLOUD, message)
      assert.same({ "identity:user-admin or ticketing:admin", CLOUD }, { err.role, err.portal })
    end
  end)

  it("names both where the account is not known", function()
    local message, err = refused("No", close)
    assert.equal("No; the operation takes account_admin or edit_ticket for accounts that begin "
      .. "with hybrid:, identity:user-admin or ticketing:admin for all others, given in " .. MY
      .. " or, for all others, " .. CLOUD, message)
    assert.equal(MY .. " or, for all others, " .. CLOUD, err.portal)
  end)

  it("has the portal of the role that the service names", function()
    for said, portal in pairs{ ["This takes the role edit_ticket."] = MY,
      ["The role ticketing:admin is missing"] = CLOUD } do
      local message, err = refused(said, close)
      assert.equal(said:gsub("%.$", "") .. "; it is given in " .. portal, message)
      assert.equal(portal, err.portal)
    end
  end)

  it("has them nowhere but in refusals", function()
    local rs = stub.session(function() return stub.reply(404, { message = "gone" }) end,
      { endpoints = { ticketing = "http://localhost" } })
    local _, message, err = rs.tickets:close("1")
    assert.equal("tickets.close: 404 gone", message)
    assert.is_nil(err.role or err.portal)
  end)
end)

describe("other refusals", function()
  it("name the portal where the documents tell it", function()
    for name, portal in pairs{ events = CLOUD, resources = CLOUD, list = CLOUD } do
      local rs = stub.session(function() return stub.reply(403, "") end, { endpoints =
        { ticketing = "http://localhost", feeds = "http://localhost",
          resources = "http://localhost" } })
      local _, message, err = rs.tickets[name](rs.tickets, name == "events" and "1" or nil)
        :totable()
      assert.matches(portal, message, 1, true)
      assert.matches(portal, err.portal, 1, true)
    end
    local rs = stub.session(function()
      return stub.reply(403, { unauthorizedFault = { message = "No.", code = 403 } })
    end, { email = { user_key = "u", secret_key = "s" } })
    local _, message = rs.email_customers:get("7")
    assert.matches("the Cloud Office Control Panel (cp.rackspace.com)", message, 1, true)
  end)

  it("of the sandbox name it, too", function()
    local box = rackspace.sandbox()
    local user = box:describe().users[2]
    local rs = assert(rackspace.new{ sandbox = box, username = user.username,
      api_key = user.api_key })
    local ticket = assert(rs.tickets:list()())
    local _, message = rs.tickets:comment(ticket, { text = "x" })
    assert.matches("; it is given in the %u", message)
    rs:close()
  end)
end)
