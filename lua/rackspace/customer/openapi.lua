--- openapi.lua - helpers of the sandbox's services in the OpenAPI dialect
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.customer.sandbox")
local json = require("rackspace.base.json")
local keys = require("rackspace.sandbox.keys")

local fault = customer.flat_fault

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
  for i, entry in ipairs(keys.readable(data, index, user)) do
    entries[i] = entry_of(entry)
  end
  return entries
end

--- Returns the first account of the customer with an RCN if the user may see
-- it, or nil.
local function find(sandbox, call, rcn)
  local index = sandbox.data:customer(rcn)
  return index and sandbox.data:visible(call.user.sees, index) and index or nil
end

--- Returns a handler that calls fn(sandbox, call, index) with the account of
-- the RCN in a variable of the path.
local function with(variable, fn)
  return function(sandbox, call)
    local index = find(sandbox, call, call.variables[variable])
    if not index then
      return fault(404, "Customer account not found")
    end
    return fn(sandbox, call, index)
  end
end

-- The types of resources that have metadata here; all are named by RCN.
local kept = { customer_accounts = true, customers = true }

--- Returns a handler that calls fn(sandbox, call, index) with the account whose
-- metadata the path names.
local function with_resource(fn)
  local inner = with("resourceId", fn)
  return function(sandbox, call)
    if not kept[call.variables.resourceType] then
      return fault(404, "Resource not found")
    end
    return inner(sandbox, call)
  end
end

return { contact_of = contact_of, contacts_of = contacts_of,
  entries_of = entries_of, entry_of = entry_of, fault = fault, refuse = refuse,
  with = with, with_resource = with_resource }
