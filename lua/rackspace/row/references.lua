--- references.lua - what is named by a text, or by the record that has it
-- SPDX-License-Identifier: MIT
local checkers = require("rackspace.row.checkers")

local article, check_id = checkers.article, checkers.by_type.id

local references = {}

--- An account is named by "TYPE/ID", "TYPE:ID" or by its record. Gives the
-- two segments that its path has.
function references.account(value)
  local kind, id
  if type(value) == "table" then
    kind, id = value.type, value.id or value.number
  elseif type(value) == "string" then
    kind, id = value:match("^([^/:]*)[/:](.*)$")
  end
  if kind == nil or id == nil then
    return nil, 'must be "TYPE/ID" (such as "CLOUD/10101"), "TYPE:ID" or ' ..
      "an account's record, not " ..
      (type(value) == "string" and ("'%s'"):format(value) or article(value))
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

--- An account; by its full name, a resource of the type of accounts.
function references.account_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    return references.account(value)
  elseif value.resourceType ~= "customer_accounts" then
    return nil, ("is a resource of '%s'; other resources than accounts are " ..
      'reached with dialect = "openapi"'):format(tostring(value.resourceType))
  end
  return references.account(value.resourceId)
end

--- The account of a customer is named by its RCN in the OpenAPI document.
function references.rcn(value)
  local rcn = value
  if type(value) == "table" then
    rcn = value.rcn
  end
  if type(rcn) ~= "string" or not rcn:find("^RCN%-") then
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

--- A customer is named by its id, or by a record that has its RCN.
function references.customer(value)
  if type(value) == "table" then
    value = value.rcn
  end
  local segment, problem = check_id(value)
  if not segment then
    return nil, problem
  end
  return { customerId = segment }
end

--- Whatever metadata can be kept with; an account when it is an RCN.
function references.open_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    local segments, problem = references.rcn(value)
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

--- A resource of a ticket is named by its URL, or by its record.
function references.resource(value)
  if type(value) == "table" then
    local own = type(value._links) == "table" and value._links.self
    value = type(own) == "table" and own.href or own or value.url
  end
  if type(value) ~= "string" or not value:find("^https?://%S+$") then
    return nil, "must be a resource's URL or its record"
  end
  return value
end

--- Who is told of a ticket is named by a text, or by a record with a `value`.
function references.recipient(value)
  if type(value) == "table" then
    value = value.value or value.email
  end
  if type(value) ~= "string" or value == "" then
    return nil, "must be a person's number or an address, or a record that " ..
      "has it as 'value'"
  end
  return value
end

--- A file with a comment is named by its path, or by a record.
function references.attachment(value)
  return require("rackspace.tickets.attachments").read(value)
end

--- A file of a ticket's that is fetched is named by its URL, or its record.
function references.attached(value)
  if type(value) == "table" then
    value = value.url
    if value == nil then
      return nil, "has no url"
    end
  end
  if type(value) ~= "string" then
    return nil, "must be an attachment's record or its URL, not " ..
      article(value)
  end
  return value
end

return references
