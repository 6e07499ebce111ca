--- types.lua - checks the values that operations are given
-- SPDX-License-Identifier: MIT
local nearest = require("rackspace.engine.nearest")

local types = {}

local function article(value)
  local kind = type(value)
  return kind == "nil" and "nil" or "a " .. kind
end

local function no_control(value)
  if value:find("[%z\r\n]") then
    return nil, "holds a line break or a NUL byte"
  end
  return value
end

-- From here on a float no longer tells one whole number from the next.
local largest = 2 ^ 53

local function is_integer(value)
  return math.type ~= nil and math.type(value) == "integer"
end

--- A number that is whole, as text: an integer on every Lua.
local function digits(number)
  return (is_integer(number) and "%d" or "%.0f"):format(number)
end

--- Whether a number is whole and says exactly which one it is.
local function is_exact(value)
  return is_integer(value) or
    value % 1 == 0 and value < largest and value > -largest
end

local checkers = {}

function checkers.string(value)
  if type(value) ~= "string" then
    return nil, "must be a string, not " .. article(value)
  end
  return value
end

--- One segment of a path; or the record whose member it is.
function checkers.id(value, field)
  if type(value) == "table" and field and field.record then
    value = value[field.record]
  end
  if type(value) == "number" and is_exact(value) then
    return digits(value)
  elseif type(value) == "number" and value % 1 == 0 then
    return nil, "is too large for a number; give it as a string"
  elseif type(value) ~= "string" then
    return nil, "must be a string or a whole number, not " .. article(value)
  elseif value == "" then
    return nil, "is empty"
  elseif value == "." or value == ".." then
    return nil, "is a dot segment"
  elseif value:find("[/\\%c]") then
    return nil, value:find("[/\\]") and "contains a slash" or
      "contains a control character"
  end
  return value
end

local function within(value, field)
  if field.min and value < field.min then
    return nil, "must be at least " .. field.min
  elseif field.max and value > field.max then
    return nil, "must be at most " .. field.max
  end
  return value
end

function checkers.integer(value, field)
  if type(value) ~= "number" or value % 1 ~= 0 then
    return nil, "must be a whole number, not " ..
      (type(value) == "number" and tostring(value) or article(value))
  elseif not is_exact(value) then
    return nil, "is too large to be exact"
  end
  return within(value, field)
end

function checkers.number(value, field)
  if type(value) ~= "number" then
    return nil, "must be a number, not " .. article(value)
  elseif value ~= value then
    return nil, "is not a number"
  end
  return within(value, field)
end

function checkers.boolean(value)
  if type(value) ~= "boolean" then
    return nil, "must be true or false, not " .. article(value)
  end
  return value
end

checkers["function"] = function(value)
  if type(value) ~= "function" then
    return nil, "must be a function, not " .. article(value)
  end
  return value
end

function checkers.table(value)
  if type(value) ~= "table" then
    return nil, "must be a table, not " .. article(value)
  end
  return value
end

--- A string, or a value of core.secret.
function checkers.secret(value)
  if type(value) == "string" then
    if value:find("^%s*$") then
      return nil, "is empty"
    end
    return no_control(value)
  elseif tostring(value) == "<secret>" then
    return value
  end
  return nil, "must be a string, not " .. article(value)
end

function checkers.any(value)
  return value
end

--- An account is named by "TYPE/ID", "TYPE:ID" or by its record. Gives the
-- two segments that its path has.
function checkers.account(value)
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
  local segments = {}
  local problem
  segments.accountType, problem = checkers.id(kind)
  if problem then
    return nil, "has a type that " .. problem
  end
  segments.accountId, problem = checkers.id(id)
  if problem then
    return nil, "has an id that " .. problem
  end
  return segments
end

--- An account; by its full name, a resource of the type of accounts.
function checkers.account_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    return checkers.account(value)
  elseif value.resourceType ~= "customer_accounts" then
    return nil, ("is a resource of '%s'; other resources than accounts are " ..
      'reached with dialect = "openapi"'):format(tostring(value.resourceType))
  end
  return checkers.account(value.resourceId)
end

--- The account of a customer is named by its RCN in the OpenAPI document.
function checkers.rcn(value)
  local rcn = value
  if type(value) == "table" then
    rcn = value.rcn
  end
  if type(rcn) ~= "string" or not rcn:find("^RCN%-") then
    return nil, 'must be an RCN (such as "RCN-123-456-789") or a record ' ..
      "that has one, not " ..
      (type(rcn) == "string" and ("'%s'"):format(rcn) or article(value))
  end
  local segment, problem = checkers.id(rcn)
  if not segment then
    return nil, problem
  end
  return { rcn = segment }
end

--- A customer is named by its id, or by a record that has its RCN.
function checkers.customer(value)
  if type(value) == "table" then
    value = value.rcn
  end
  local segment, problem = checkers.id(value)
  if not segment then
    return nil, problem
  end
  return { customerId = segment }
end

--- Whatever metadata can be kept with; an account when it is an RCN.
function checkers.open_resource(value)
  if type(value) ~= "table" or value.resourceType == nil then
    local segments, problem = checkers.rcn(value)
    return segments and { resourceType = "customer_accounts",
      resourceId = segments.rcn }, problem
  end
  local segments = {}
  for _, name in ipairs{ "resourceType", "resourceId" } do
    local problem
    segments[name], problem = checkers.id(value[name])
    if problem then
      return nil, ("has a %s that %s"):format(name, problem)
    end
  end
  return segments
end

--- Arguments that fill other variables of a path than the one of their name.
types.segments = {
  account = { "accountType", "accountId" },
  account_resource = { "accountType", "accountId" },
  rcn = { "rcn" }, customer = { "customerId" },
  open_resource = { "resourceType", "resourceId" },
}

--- A resource of a ticket is named by its URL, or by its record.
function checkers.resource(value)
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
function checkers.recipient(value)
  if type(value) == "table" then
    value = value.value or value.email
  end
  if type(value) ~= "string" or value == "" then
    return nil, "must be a person's number or an address, or a record that " ..
      "has it as 'value'"
  end
  return value
end

--- A file of this machine's.
function checkers.path(value)
  if type(value) ~= "string" then
    return nil, "must be a string, not " .. article(value)
  elseif value == "" or value:find("%z") then
    return nil, "is empty or holds a NUL byte"
  end
  return value
end

--- A file with a comment is named by its path, or by a record.
function checkers.attachment(value)
  return require("rackspace.engine.attachments").read(value)
end

--- A file of a ticket's that is fetched is named by its URL, or its record.
function checkers.attached(value)
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

--- The names of a list of fields.
function types.names(fields)
  local names = {}
  for i, field in ipairs(fields) do
    names[i] = field.name
  end
  return names
end

--- The field of a name, or nil.
function types.find(fields, name)
  for _, field in ipairs(fields) do
    if field.name == name then
      return field
    end
  end
end

local function check_array(value, element, records)
  if type(value) ~= "table" then
    return nil, "must be a list, not " .. article(value)
  end
  for key in pairs(value) do
    if type(key) ~= "number" then
      return nil, ("must be a list, and has a field '%s'"):format(tostring(key))
    end
  end
  local list = {}
  for i = 1, #value do
    local problem
    list[i], problem = types.check(value[i], { type = element }, records)
    if problem then
      return nil, ("has an item %d that %s"):format(i, problem)
    end
  end
  return require("rackspace.engine.json").array(list)
end

--- Checks a record's fields: a copy, or nil and what is wrong.
function types.check_record(value, fields, records)
  if type(value) == "string" and fields.text_as then
    value = { [fields.text_as] = value }
  elseif type(value) ~= "table" then
    return nil, "must be a table, not " .. article(value)
  end
  local copy = {}
  for name, given in pairs(value) do
    local field = types.find(fields, name)
    if not field then
      return nil, ("has no field '%s'%s"):format(tostring(name),
        nearest.hint(name, types.names(fields)))
    end
    local checked, problem = types.check(given, field, records)
    if checked == nil then
      return nil, ("has a field '%s' that %s"):format(name, problem)
    end
    copy[name] = checked
  end
  for _, field in ipairs(fields) do
    if field.required and copy[field.name] == nil then
      return nil, ("has no '%s', which it needs"):format(field.name)
    end
  end
  return copy
end

--- Passes on what is one of the known values.
local function check_known(value, known)
  for _, one in ipairs(known) do
    if one == value then
      return value
    end
  end
  return nil, ("must be one of %s, not '%s'%s"):format(
    table.concat(known, ", "), tostring(value),
    nearest.hint(tostring(value), known))
end

--- Checks a value against a field { name =, type =, ... }. `records` maps the
-- names of record types to their fields. Returns the value to send, or nil and
-- what is wrong with it.
function types.check(value, field, records)
  local checker = checkers[field.type]
  if checker then
    local checked, problem = checker(value, field)
    if checked == nil or not field.closed then
      return checked, problem
    end
    return check_known(checked, field.known)
  end
  local element = field.type:match("^(.*)%[%]$")
  if element then
    return check_array(value, element, records)
  end
  return types.check_record(value, records[field.type], records)
end

--- Whether there is such a type.
function types.is_known(name, records)
  if type(name) ~= "string" then
    return false
  end
  name = name:gsub("%[%]$", "")
  return checkers[name] ~= nil or (records ~= nil and records[name] ~= nil)
end

types.digits = digits

return types
