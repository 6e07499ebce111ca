--- 33-roles-of-refusals_spec.lua - a refusal names the role, and names it once
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local DEMO, SECOND, RACKER = 1, 2, 5

local function as(box, number)
  local user = box:describe().users[number]
  return assert(rackspace.new{ sandbox = box, username = user.username,
    api_key = user.api_key })
end

local function refused(text, value, message, err)
  assert.is_nil(value)
  assert.equal("forbidden", err.kind)
  assert.matches(text, message, 1, true)
  local _, count = message:gsub("role", "")
  assert.equal(1, count, message)
  assert.is_nil(message:find("the operation takes", 1, true))
end

describe("a refusal", function()
  it("names Identity's role", function()
    local box = sandbox.new()
    local second = as(box, SECOND).identity
    refused("role identity:user-admin", second:user{ name = "demo" })
    refused("role identity:user-admin", second:api_key("100001"))
    refused("role Racker", as(box, DEMO).identity:user{ name = "racker" })
    refused("role Racker", as(box, DEMO).identity:impersonate{ username = "second" })
  end)

  it("names Ticketing's role once", function()
    local box = sandbox.new()
    local second = as(box, SECOND)
    local ticket = assert(second.tickets:list()())
    refused("role identity:user-admin or ticketing:admin",
      second.tickets:comment(ticket, { text = "x" }))
  end)

  it("is told the row's role where the service says none", function()
    for said, expected in pairs{
      ["No."] = "tickets.categories: 403 No",
      ["No; controlled."] = "tickets.categories: 403 No; controlled" } do
      local rs = stub.session(function() return stub.reply(403, { message = said }) end,
        { endpoints = { ticketing = "http://localhost" } })
      local _, message = rs.tickets:categories()
      assert.equal(expected .. ".", message)
      _, message = rs.tickets:get("1")
      assert.equal(expected:gsub("categories", "get") ..
        "; the operation takes ticketing:observer or ticketing:admin, given in the Cloud "
        .. "Control Panel", message)
    end
  end)
end)

describe("a restricted namespace", function()
  it("is for Rackers, in lists too, in both dialects", function()
    for dialect, account in pairs{ reference = "CLOUD/10101", openapi = "RCN-123-456-789" } do
      local box = sandbox.new{ dialect = dialect }
      local rs, racker = as(box, DEMO), as(box, RACKER)
      refused("role Racker", rs.metadata:get(account, "internal:score"))
      assert.is_nil(assert(rs.metadata:list(account))["internal:score"])
      assert.equal("12", racker.metadata:get(account, "internal:score"))
      assert.equal("12", assert(racker.metadata:list(account))["internal:score"])
      local details = assert(racker.metadata:details(account, "internal:score"))
      assert.equal("12", details.value)
      assert.is_nil(details.restricted)
    end
  end)
end)
