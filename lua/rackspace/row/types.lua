--- types.lua - checks the values that operations are given
-- SPDX-License-Identifier: MIT
local checkers = require("rackspace.row.checkers")
local iterator = require("rackspace.base.iterator")
local nearest = require("rackspace.base.nearest")

local article = checkers.article

local types = { digits = checkers.digits }

local by_type = checkers.by_type

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

local function check_array(value, field, element, records)
  if iterator.type_of(value) ~= "table" then
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
    list[i], problem = types.check(value[i],
      { type = element, reference = field.reference }, records)
    if problem then
      return nil, ("has an item %d that %s"):format(i, problem)
    end
  end
  return require("rackspace.base.json").array(list)
end

--- Checks a record's fields: a copy, or nil and what is wrong.
function types.check_record(value, fields, records)
  if type(value) == "string" and fields.text_as then
    value = { [fields.text_as] = value }
  elseif iterator.type_of(value) ~= "table" then
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
  if nearest.has(known, value) then
    return value
  end
  return nil, ("must be one of %s, not '%s'%s"):format(
    table.concat(known, ", "), tostring(value),
    nearest.hint(tostring(value), known))
end

--- Checks a value against a field { name =, type =, ... }. `records` maps the
-- names of record types to their fields. Returns the value to send, or nil and
-- what is wrong with it.
function types.check(value, field, records)
  local checker = by_type[field.type]
  local element = not checker and field.type:match("^(.*)%[%]$")
  if element then
    return check_array(value, field, element, records)
  elseif field.reference then
    checker = field.reference.check
  end
  if checker then
    local checked, problem = checker(value, field)
    if checked == nil or not field.closed then
      return checked, problem
    end
    return check_known(checked, field.known)
  end
  return types.check_record(value, records[field.type], records)
end

--- Whether there is such a type: one for all services, or one of the records
-- or references of a service.
function types.is_known(name, records, references)
  if type(name) ~= "string" then
    return false
  end
  name = name:gsub("%[%]$", "")
  return by_type[name] ~= nil or (records ~= nil and records[name] ~= nil) or
    (references ~= nil and references[name] ~= nil)
end

return types
