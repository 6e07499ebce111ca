--- openapi.lua - the sandbox's accounts in the OpenAPI dialect
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local pages = require("rackspace.sandbox.pages")
local openapi = require("rackspace.customer.openapi")
local slots = require("rackspace.sandbox.slots")

-- The list has no pages, so its length is bounded.
local most_accounts = 1000

local segments = { "Small Business", "Mid-Market", "Enterprise" }

local reasons = { Active = "Account approved", Closed = "Account closed",
  Delinquent = "Payment overdue", ["Pending Approval"] = "Account opened" }

-- The member that has the new value of a change, by the change's type.
local changed = { NEW = "accountStatus", MERGE = "rcn", RCN_UPDATE = "rcn",
  LEGACY_ACCOUNT_STATUS = "accountStatus", NICKNAME = "nickname",
  COLLECTIONS_STATUS = "collectionsStatus" }

--- Returns the account of a customer, which is its first one, as a record.
local function account_of(data, index, user)
  local account = data:account(index)
  return { rcn = account.rcn, name = account.name, status = account.status,
    createdAt = data:history(index)[1].updatedDate,
    updatedAt = account.lastUpdatedDate,
    customerSegment = segments[data:draw(index, 90, #segments) + 1],
    billingCountry =
      data:contacts(index)[1].phoneNumbers.phoneNumber[1].country,
    contacts = openapi.contacts_of(data, index),
    metadata = openapi.entries_of(data, index, user) }
end

local behaviour = { fault = openapi.fault, refuse = openapi.refuse,
  has_suffixes = true }

--- Returns the index of a customer's first account. Customers count from 0.
local function first_of(number)
  return (slots.accounts(number))
end

function behaviour.list(sandbox, call)
  local list, total = json.array{}, 0
  local data, number = sandbox.data, 0
  while first_of(number) < data.count do
    local index = first_of(number)
    if data:visible(call.user.sees, index) then
      total = total + 1
      if total <= most_accounts then
        list[total] = account_of(data, index, call.user)
      end
    end
    number = number + 1
  end
  return 200, { customer_accounts = list,
    totalEntries = pages.total(sandbox, total) }
end

behaviour.get = openapi.with("rcn", function(sandbox, call, index)
  return 200, account_of(sandbox.data, index, call.user)
end)

behaviour.status_history = openapi.with("rcn", function(sandbox, _, index)
  local history = json.array{}
  for i, change in ipairs(sandbox.data:status_history(index)) do
    history[i] = { status = change.status, changedAt = change.date,
      changedBy = change.username, reason = reasons[change.status] }
  end
  return 200, { history = history }
end)

--- Returns the changes of an account's fields, or of the field `wanted`, oldest
-- first.
local function changes_of(data, index, wanted)
  local history, before = json.array{}, {}
  for _, change in ipairs(data:history(index)) do
    local member = changed[change.accountChangeType]
    local field = member == "accountStatus" and "status" or member
    if wanted and change.accountChangeType == "NEW" then
      member, field = "rcn", "rcn"
    end
    if not wanted or field == wanted then
      history[#history + 1] = { field = field, newValue = change[member],
        previousValue = before[member] or "", changedAt = change.updatedDate,
        changedBy = change.updatedBy.username }
    end
    before = change
  end
  return history
end

behaviour.history = openapi.with("rcn", function(sandbox, _, index)
  return 200, { history = changes_of(sandbox.data, index) }
end)

behaviour.customer_history = openapi.with("customerId",
  function(sandbox, _, index)
    return 200, { history = changes_of(sandbox.data, index, "rcn") }
  end)

return behaviour
