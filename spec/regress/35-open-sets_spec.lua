--- 35-open-sets_spec.lua - what the documents know is known, and other values pass
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.accounts")
local contacts = require("rackspace.contacts")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

-- Every value of the samples, by the field that has it.
local seen = {
  [accounts.records.Account] = { type = "CLOUD MANAGED_HOSTING FANATICAL_SUPPORT_FOR_AWS",
    collectionsStatus = "CURRENT", serviceLevel = "managed_legacy intensive navigator" },
  [accounts.records.StatusChange] = { accessPolicy = "FULL SUSPENDED",
    collectionsStatus = "DELINQUENT_LEVEL_1 DELINQUENT_LEVEL_2", status = "Active Delinquent",
    fraudStatus = "ACCEPT PENDING_APPROVAL", usertype = "RACKER CUSTOMER SYSTEM" },
  [accounts.records.CustomerChange] = { accountChangeType = "NEW RCN_UPDATE MERGE" },
  [accounts.records.AccountChange] = { accountStatus = "Active Closed",
    accountChangeType = "NEW COLLECTIONS_STATUS RCN_UPDATE LEGACY_ACCOUNT_STATUS NICKNAME MERGE",
    collectionsStatus = "CURRENT DELINQUENT_LEVEL_1 DELINQUENT_LEVEL_2 WRITTEN_OFF" },
  [accounts.by_name.list.query] = { accountType = "CLOUD MANAGED_HOSTING" },
  [accounts.by_name.history.query] = { changeType = "NEW MERGE NICKNAME" },
  [contacts.records.Roles] = { role = "BILLING PRIMARY TECHNICAL ADMINISTRATIVE" },
  [contacts.records.OpenContact] = { roles = "BILLING PRIMARY" },
}

local function known_of(fields, name)
  local known = {}
  for _, field in ipairs(fields) do
    if field.name == name then
      for _, value in ipairs(assert(field.known, name)) do
        known[value] = true
      end
    end
  end
  return known
end

describe("an open set", function()
  it("has every value of the documents' samples", function()
    for fields, values in pairs(seen) do
      for name, list in pairs(values) do
        local known = known_of(fields, name)
        for value in list:gmatch("%S+") do
          assert.is_true(known[value], name .. ": " .. value)
        end
      end
    end
    assert.is_true(known_of(accounts.records.Account, "status")["Pending Approval"])
  end)

  it("has every change that the sandbox makes", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local known, count = known_of(accounts.records.AccountChange, "accountChangeType"), 0
    for account in rs.accounts:list() do
      for _, change in ipairs(assert(rs.accounts:history(account))) do
        count = count + 1
        assert.is_true(known[change.accountChangeType], change.accountChangeType)
      end
    end
    assert.is_true(count > 300)
  end)

  it("lets other values pass", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, { customerAccount = {}, contact = {}, customerAccountHistory = {} })
    end)
    assert(rs.accounts:list{ accountType = "NEW_KIND" }:totable())
    assert(rs.accounts:history("NEW_KIND/1", { changeType = "NEW_CHANGE" }))
    assert(rs.contacts:list("NEW_KIND/1", { role = "NEW_ROLE" }):totable())
    local base = "http://localhost/v1/customer_accounts"
    assert.same({ base .. "?accountType=NEW_KIND",
      base .. "/NEW_KIND/1/history?changeType=NEW_CHANGE",
      base .. "/NEW_KIND/1/contacts?role=NEW_ROLE" },
      { requests[1].url, requests[2].url, requests[3].url })
  end)
end)
