--- types.lua - checks values against fields
-- SPDX-License-Identifier: MIT
local checkers = require("rackspace.row.checkers")
local iterator = require("rackspace.base.iterator")
local nearest = require("rackspace.base.nearest")

local article = checkers.article

local types = {}

local by_type = checkers.by_type

-- Types whose checker only checks for the Lua type of the same name.
local is_plain = { string = true, boolean = true, table = true,
  ["function"] = true }

-- The messages of check_fields about a record.
local record_texts = { unknown = "has no field '%s'%s",
  wrong = "has a field '%s' that %s" }

--- Returns the names of a list of fields.
function types.names(fields)
  local names = {}
  for i, field in ipairs(fields) do
    names[i] = field.name
  end
  return names
end

--- Returns the field of a name in a list of fields, or nil.
function types.find(fields, name)
  for _, field in ipairs(fields) do
    if field.name == name then
      return field
    end
  end
end

--- Returns the defaults of a list of fields, by name.
function types.defaults(fields)
  local values = {}
  for _, field in ipairs(fields) do
    values[field.name] = field.default
  end
  return values
end

--- Checks the values of a table against a list of fields.
-- @param given table: the values by name
-- @param fields list of fields; by_name may have them by name, too
-- @param records table: the fields of the record types, by type
-- @param texts table of formats: wrong, for a name and its problem; unknown,
--   for a name and a hint
-- @param checked table or nil: the checked values are added to it
-- @return table of the checked values; or nil, a problem and, when there is no
--   such field, its name
function types.check_fields(given, fields, records, texts, checked)
  local by_name = fields.by_name
  checked = checked or {}
  for name, value in pairs(given) do
    local field = by_name and by_name[name] or
      not by_name and types.find(fields, name)
    if not field then
      return nil, texts.unknown:format(tostring(name),
        nearest.hint(name, types.names(fields))), name
    end
    local kind, problem = field.type, nil
    if field.known or field.spelt or type(value) ~= kind or
        not is_plain[kind] then
      value, problem = types.check(value, field, records)
    end
    if value == nil then
      return nil, texts.wrong:format(name, problem)
    end
    checked[name] = value
  end
  return checked
end

local function check_array(value, field, element, records)
  if not iterator.is_table(value) then
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
      { type = element, reference = field.reference, known = field.known,
        closed = field.closed }, records)
    if problem then
      return nil, ("has an item %d that %s"):format(i, problem)
    end
  end
  return require("rackspace.base.json").array(list)
end

--- Returns a copy of a record of another type that has only what `fields` have:
-- what the two have in common, and what neither has, which is a mistake.
function types.without(record, fields, other)
  local copy = {}
  for name, value in pairs(record) do
    if types.find(fields, name) or not types.find(other, name) then
      copy[name] = value
    end
  end
  return copy
end

--- Checks a record against its type's fields. Returns a copy, or nil and a
-- problem.
local function check_record(value, fields, records)
  if type(value) == "string" and fields.text_as then
    value = { [fields.text_as] = value }
  elseif type(value) ~= "table" or
      getmetatable(value) and not iterator.is_table(value) then
    return nil, "must be a table, not " .. article(value)
  end
  if fields.accepts then
    value = types.without(value, fields, records[fields.accepts])
  end
  local copy, problem = types.check_fields(value, fields, records,
    record_texts)
  if not copy then
    return nil, problem
  end
  for i = 1, #fields do
    local field = fields[i]
    if field.required and copy[field.name] == nil then
      return nil, ("has no '%s', which it needs"):format(field.name)
    end
  end
  return copy
end

--- Returns the problem of a value that is not one of the known values.
local function unknown_value(value, known)
  return ("must be one of %s, not '%s'%s"):format(
    table.concat(known, ", "), tostring(value),
    nearest.hint(tostring(value), known))
end

--- Returns what a field takes of a record in its place: the first of `names`
-- that it has, or what the function `names` returns; or nil and a problem.
local function member_of(record, names)
  if type(names) == "function" then
    return names(record)
  end
  names = type(names) == "string" and { names } or names
  for _, name in ipairs(names) do
    if record[name] ~= nil then
      return record[name]
    end
  end
  return nil, ("is a record without '%s'"):format(table.concat(names, "' or '"))
end

--- Checks a value against a field { name =, type =, ... }. `records` has the
-- fields of the record types, by type. Returns the value to send, or nil and a
-- problem.
function types.check(value, field, records)
  if field.record and not field.reference and type(value) == "table" then
    local problem
    value, problem = member_of(value, field.record)
    if value == nil then
      return nil, problem
    end
  end
  if field.known and type(value) == "string" then
    value = nearest.spelling(value, field.known)
  end
  if field.spelt and field.spelt[value] then
    return field.spelt[value]
  elseif field.closed and nearest.has(field.known, value) then
    return value
  end
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
    return nil, unknown_value(checked, field.known)
  end
  return check_record(value, records[field.type], records)
end

-- ---- values that are not known ----------------------------------------------

--- Returns what is said of a value that an open set does not have.
local function doubt(value, field)
  local near = nearest.nearest(value, field.known)
  return ("no %s is known as '%s'; %s"):format(field.name, value,
    near and "did you mean " .. near .. "?" or
    "known are " .. table.concat(field.known, ", "))
end

--- Adds to a list what is said of a text, or of those in a list, that a field
-- does not know.
local function add_doubts(list, value, field)
  if type(value) == "string" then
    list[#list + 1] = not nearest.has(field.known, value) and
      doubt(value, field) or nil
  elseif type(value) == "table" then
    for _, item in ipairs(value) do
      if type(item) == "string" then
        add_doubts(list, item, field)
      end
    end
  end
end

--- Returns the list of what is said of checked values that open sets of the
-- fields, and of the records in them, do not have: they are sent, and may be
-- mistakes. Nothing is said of personal values.
function types.doubts(values, fields, records, list)
  list = list or {}
  for _, field in ipairs(fields) do
    local value = values[field.name]
    local inner = records[(field.type:gsub("%[%]$", ""))]
    if field.known and not (field.closed or field.spelt or field.personal) then
      add_doubts(list, value, field)
    elseif inner and type(value) == "table" and not field.personal then
      for _, record in ipairs(value[1] ~= nil and value or { value }) do
        if type(record) == "table" then
          types.doubts(record, inner, records, list)
        end
      end
    end
  end
  return list
end

--- Whether a type exists: a simple type, or one of the records or references of
-- a service; or a list of one.
function types.is_known(name, records, references)
  if type(name) ~= "string" then
    return false
  end
  name = name:gsub("%[%]$", "")
  return by_type[name] ~= nil or (records ~= nil and records[name] ~= nil) or
    (references ~= nil and references[name] ~= nil)
end

return types
