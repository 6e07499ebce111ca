--- references.lua - the types of arguments that name an account or a customer
-- SPDX-License-Identifier: MIT
local checkers = require("rackspace.row.checkers")
local products = require("rackspace.customer.products")

local article, check_id = checkers.article, checkers.by_type.id

-- Each check returns the segments of the path by the names of its variables, or
-- nil and a problem.

--- Returns the type and id that a record names: an account's own, or what names
-- an account as Ticketing does, such as a ticket's record.
local function named_by(record)
  local kind, id = record.type, record.id or record.number
  if type(kind) == "table" or record.accountId ~= nil then
    return products.account(record.accountId or id)
  end
  return kind, id
end

--- Returns why a value names no account.
local function problem_of(value)
  local rcn = type(value) == "table" and value.rcn or value
  if type(rcn) == "string" and (rcn ~= value or rcn:find("^RCN%-")) then
    return ("'%s' names a customer: give { dialect = \"openapi\" } " ..
      'with the call, or an account as "TYPE/ID"'):format(rcn)
  end
  return 'must be "TYPE/ID" (such as "CLOUD/10101"), "TYPE:ID" or ' ..
    "an account's record, not " ..
    (type(value) == "string" and ("'%s'"):format(value) or article(value))
end

--- Checks an account: "TYPE/ID", "TYPE:ID" or its record.
local function account(value)
  local kind, id
  if type(value) == "table" then
    kind, id = named_by(value)
  elseif type(value) == "string" then
    kind, id = value:match("^([^/:]*)[/:](.*)$")
  end
  if kind == nil or id == nil then
    return nil, problem_of(value)
  end
  local first, problem = check_id(kind)
  if problem then
    return nil, "has a type that " .. problem
  end
  local second
  second, problem = check_id(id)
  if problem then
    return nil, "has an id that " .. problem
  end
  return { accountType = first, accountId = second }
end

--- Checks an account, or a resource record of the type of accounts.
local function account_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    return account(value)
  elseif value.resourceType ~= "customer_accounts" then
    return nil, ("is a resource of '%s'; other resources than accounts are " ..
      'reached with dialect = "openapi"'):format(tostring(value.resourceType))
  end
  return account(value.resourceId)
end

--- Whether a text names an account as the reference does.
local function is_account(text)
  return text:find("/", 1, true) or products.name(text:match("^([%u_]+):"), "")
end

--- Checks a customer's account, which the OpenAPI document names by its RCN: an
-- RCN or a record that has one, in whatever form the service gave it.
local function rcn_of(value)
  local rcn = value
  if type(value) == "table" then
    rcn = value.rcn
  end
  if type(rcn) ~= "string" or is_account(rcn) then
    return nil, 'must be an RCN (such as "RCN-123-456-789") or a record ' ..
      "that has one, not " ..
      (type(rcn) == "string" and ("'%s'"):format(rcn) or article(value))
  end
  local segment, problem = check_id(rcn)
  if not segment then
    return nil, problem
  end
  return { rcn = segment }
end

--- Checks a customer: its id, or a record that has its RCN.
local function customer(value)
  if type(value) == "table" then
    value = value.rcn
  end
  local segment, problem = check_id(value)
  if not segment then
    return nil, problem
  end
  return { customerId = segment }
end

--- Checks a resource with metadata: its record, or an RCN for an account.
local function open_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    local segments, problem = rcn_of(value)
    return segments and { resourceType = "customer_accounts",
      resourceId = segments.rcn }, problem
  end
  local segments = {}
  for _, name in ipairs{ "resourceType", "resourceId" } do
    local problem
    segments[name], problem = check_id(value[name])
    if problem then
      return nil, ("has a %s that %s"):format(name, problem)
    end
  end
  return segments
end

-- The types, each with the path's variables that it sets.
return {
  account = { check = account, segments = { "accountType", "accountId" } },
  account_resource = { check = account_resource,
    segments = { "accountType", "accountId" } },
  rcn = { check = rcn_of, segments = { "rcn" } },
  customer = { check = customer, segments = { "customerId" } },
  open_resource = { check = open_resource,
    segments = { "resourceType", "resourceId" } },
}
