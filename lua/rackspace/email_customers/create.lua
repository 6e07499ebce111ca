--- create.lua - adds a customer, and finds out its account number
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local members = require("rackspace.base.members")

local KEY = "accountNumber"

--- Returns the options of the call that apply to each of its steps.
local function options_of(request, more)
  local options = {}
  for name, value in pairs(request.values) do
    if not (name == "name" or name == "referenceNumber") then
      options[name] = value
    end
  end
  return members.add(options, more)
end

--- Returns the customer that has a reference number, false when there is none,
-- or nil and an error.
local function find(customers, request, reference)
  local found, _, err = customers:find(
    options_of(request, { referenceNumber = reference }))
  if err and err.kind == "not_found" then
    return false
  end
  return found, err
end

--- Returns the customers of exactly this name, by their account numbers, or nil
-- and an error.
local function named(customers, request, name)
  local list, _, err = customers:list(
    options_of(request, { contains = name, size = 250 })):totable()
  if not list then
    return nil, err
  end
  local by_key = {}
  for _, customer in ipairs(list) do
    if customer.name == name and customer[KEY] ~= nil then
      by_key[customer[KEY]] = customer
    end
  end
  return by_key
end

--- Looks for customers before one is added. Returns what identifies the new one
-- afterwards: { reference = its reference number }, { before = the customers of
-- its name } or, for a name that the service refuses, {}; or nil and an error.
local function look(customers, request)
  local values = request.values
  if values.referenceNumber and values.referenceNumber ~= "" then
    local before, err = find(customers, request, values.referenceNumber)
    if before == false then
      return { reference = values.referenceNumber }
    elseif err then
      return nil, err
    end
  end
  if not values.name:find("^%S") then
    return {}
  end
  local before, err = named(customers, request, values.name)
  return before and { before = before }, err
end

--- Returns the customers that may be the new one, or nil and an error.
local function candidates(customers, request, known)
  local values = request.values
  if known.reference then
    local found, err = find(customers, request, known.reference)
    if found == nil then
      return nil, err
    end
    return { found and found.name == values.name and found or nil }
  end
  local list = {}
  local after, err = named(customers, request, values.name)
  if not after then
    return nil, err
  end
  for key, customer in pairs(after) do
    if not known.before[key] and (not values.referenceNumber or
        customer.referenceNumber == values.referenceNumber) then
      list[#list + 1] = customer
    end
  end
  table.sort(list, function(one, other)
    return one[KEY] < other[KEY]
  end)
  return list
end

local function unsure(op, text, fields)
  fields.operation, fields.created = op.full_name, true
  fields.text = "the customer was added, but " .. text
  return fault.fail(fault.new(fields))
end

--- Reads the new customer back. Returns it; or nil, a message and an error with
-- `created`, since the customer was added nevertheless.
local function read_back(customers, op, request, known)
  if not (known.reference or known.before) then
    return unsure(op, "its name can't be searched for", { kind = "protocol",
      candidates = {} })
  end
  local list, err = candidates(customers, request, known)
  if not list then
    return unsure(op, "it could not be read back: " .. err.message,
      { kind = err.kind, status = err.status, candidates = {} })
  elseif #list == 1 then
    return list[1]
  elseif #list == 0 then
    return unsure(op, "it is not to be found", { kind = "protocol",
      candidates = list })
  end
  return unsure(op, ("which of the %d new ones of its name it is can't be " ..
    "told"):format(#list), { kind = "conflict", candidates = list })
end

--- Runs `create`: looks for customers, adds one, and looks again.
local function run(session, op, request)
  local customers = session[op.service]
  local known, err = look(customers, request)
  if not known then
    return fault.fail(err, op.full_name)
  end
  local post = setmetatable({ returns = false }, { __index = op })
  local done, message
  done, message, err = session:perform(post, request)
  if not done then
    return nil, message, err
  end
  return read_back(customers, op, request, known)
end

return { run = run }
