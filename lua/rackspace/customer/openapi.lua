--- openapi.lua - the same customers as the OpenAPI document renders them
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.customer.sandbox")
local json = require("rackspace.base.json")
local metadata = require("rackspace.metadata.sandbox")
local slots = require("rackspace.sandbox.slots")

local fault = customer.flat_fault

-- The list has no pages, so that there is an end to it.
local most_accounts = 1000

local segments = { "Small Business", "Mid-Market", "Enterprise" }

local reasons = { Active = "Account approved", Closed = "Account closed",
  Delinquent = "Payment overdue", ["Pending Approval"] = "Account opened" }

-- What a change is about, and the member of its record that says what it is
-- from then on.
local changed = { NEW = "accountStatus", MERGE = "rcn", RCN_UPDATE = "rcn",
  LEGACY_ACCOUNT_STATUS = "accountStatus", NICKNAME = "nickname",
  COLLECTIONS_STATUS = "collectionsStatus" }

local function refuse()
  return fault(401, "the token is missing or not valid")
end

local function is_primary(contact)
  for _, role in ipairs(contact.roles.role) do
    if role == "PRIMARY" then
      return true
    end
  end
  return false
end

local function contact_of(contact)
  return { id = contact.contactNumber, firstName = contact.firstName,
    lastName = contact.lastName, roles = json.array(contact.roles.role),
    email = contact.emailAddresses.emailAddress[1].address,
    phone = contact.phoneNumbers.phoneNumber[1].number,
    primary = is_primary(contact) }
end

local function contacts_of(data, index)
  local contacts = json.array{}
  for i, contact in ipairs(data:contacts(index)) do
    contacts[i] = contact_of(contact)
  end
  return contacts
end

local function entry_of(entry)
  return { key = entry.key, value = entry.value,
    category = entry.key:match("^[^:]*") }
end

local function entries_of(data, index, user)
  local entries = json.array{}
  for i, entry in ipairs(metadata.readable(data, index, user)) do
    entries[i] = entry_of(entry)
  end
  return entries
end

--- A customer's account: the first of those that it has.
local function account_of(data, index, user)
  local account = data:account(index)
  return { rcn = account.rcn, name = account.name, status = account.status,
    createdAt = data:history(index)[1].updatedDate,
    updatedAt = account.lastUpdatedDate,
    customerSegment = segments[data:draw(index, 90, #segments) + 1],
    billingCountry =
      data:contacts(index)[1].phoneNumbers.phoneNumber[1].country,
    contacts = contacts_of(data, index),
    metadata = entries_of(data, index, user) }
end

--- The first account of a customer that the user sees, by an RCN; or nil.
local function find(self, call, rcn)
  local index = self.data:customer(rcn)
  return index and self.data:visible(call.user.sees, index) and index or nil
end

--- Calls fn with the index that a variable of the path stands for.
local function with(variable, fn)
  return function(self, call)
    local index = find(self, call, call.variables[variable])
    if not index then
      return fault(404, "Customer account not found")
    end
    return fn(self, call, index)
  end
end

--- The places where metadata is kept here, all by RCN.
local kept = { customer_accounts = true, customers = true }

--- Calls fn with the account whose metadata the path names.
local function with_resource(fn)
  local inner = with("resourceId", fn)
  return function(self, call)
    if not kept[call.variables.resourceType] then
      return fault(404, "Resource not found")
    end
    return inner(self, call)
  end
end

local accounts = { fault = fault, refuse = refuse }

--- The index of the first account of a customer, who are counted from 0.
local function first_of(number)
  return (slots.accounts(number))
end

function accounts.list(self, call)
  local list, total = json.array{}, 0
  local data, number = self.data, 0
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
  return 200, { customer_accounts = list, totalEntries = total }
end

accounts.get = with("rcn", function(self, call, index)
  return 200, account_of(self.data, index, call.user)
end)

accounts.status_history = with("rcn", function(self, _, index)
  local history = json.array{}
  for i, change in ipairs(self.data:status_history(index)) do
    history[i] = { status = change.status, changedAt = change.date,
      changedBy = change.username, reason = reasons[change.status] }
  end
  return 200, { history = history }
end)

--- The changes of an account's fields, oldest first; of one field if named.
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

accounts.history = with("rcn", function(self, _, index)
  return 200, { history = changes_of(self.data, index) }
end)

accounts.customer_history = with("customerId", function(self, _, index)
  return 200, { history = changes_of(self.data, index, "rcn") }
end)

local contacts = { fault = fault, refuse = refuse }

contacts.list = with("rcn", function(self, _, index)
  return 200, { contacts = contacts_of(self.data, index) }
end)

contacts.get = with("rcn", function(self, call, index)
  local owner, position = self.data:contact(call.variables.contactNumber)
  if owner ~= index then
    return fault(404, "Contact not found")
  end
  return 200, contact_of(self.data:contacts(index)[position])
end)

local open_metadata = { fault = fault, refuse = refuse }

open_metadata.list = with_resource(function(self, call, index)
  return 200, { metadata = entries_of(self.data, index, call.user) }
end)

open_metadata.entries = open_metadata.list

--- Calls fn with the entry that the path's key names.
local function with_entry(fn)
  return with_resource(function(self, call, index)
    local entry, status, problem = metadata.find(self.data, index,
      call.variables.metadataKey, call.user)
    if not entry then
      return fault(status, problem)
    end
    return 200, fn(entry)
  end)
end

open_metadata.get = with_entry(entry_of)

open_metadata.details = with_entry(function(entry)
  local details = entry_of(entry)
  details.createdAt, details.createdBy = entry.createdDate, entry.createdBy
  details.updatedAt = entry.lastUpdatedDate
  details.updatedBy = entry.lastUpdatedBy
  return details
end)

return { accounts = accounts, contacts = contacts, metadata = open_metadata }
