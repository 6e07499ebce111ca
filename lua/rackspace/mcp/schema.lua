--- schema.lua - the parameters of an operation as a JSON Schema
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")

local schema = {}

-- What JSON Schema calls the simple types. A record's type is an object of its
-- fields, and a reference, as to an account, a text.
local simple = { boolean = "boolean", integer = "integer", number = "number",
  table = "object" }

-- Types of fields that only a program can give.
local of_programs = { ["function"] = true, path = true, secret = true }

--- Whether a caller that has only data can give a field. Attachments are read
-- from files.
function schema.is_data(field)
  local element = field.type:gsub("%[%]$", "")
  return not of_programs[element] and element ~= "attachment"
end

local of_fields

--- Returns the schema of a type.
local function of_type(name, records)
  local element = name:match("^(.*)%[%]$")
  if element then
    return { type = "array", items = of_type(element, records) }
  elseif records and records[name] then
    return of_fields(records[name], records)
  elseif name == "any" then
    return {}
  end
  return { type = simple[name] or "string" }
end

local function of_field(field, records)
  local found = of_type(field.type, records)
  found.description, found.minimum, found.maximum = field.doc, field.min,
    field.max
  if field.closed then
    found.enum = field.known
  elseif field.known then
    found.examples = field.known
  end
  return found
end

--- Returns the schema of an object with these fields, of which those that a
-- program alone can give are left out.
function of_fields(fields, records)
  local properties, required = {}, json.array{}
  for _, field in ipairs(fields) do
    if schema.is_data(field) then
      properties[field.name] = of_field(field, records)
      required[#required + 1] = field.required and field.name or nil
    end
  end
  return { type = "object", properties = properties,
    required = required[1] and required or nil, additionalProperties = false }
end

--- Returns the schema of all that a call of an operation takes, in one object.
-- @param op an operation
-- @param more list of fields beside the operation's own
function schema.of_operation(op, more)
  local fields = {}
  for _, field in ipairs(op.args) do
    fields[#fields + 1] = members.add(members.copy(field),
      { required = true })
  end
  for _, list in ipairs{ op.parameters, more } do
    for _, field in ipairs(list) do
      fields[#fields + 1] = field
    end
  end
  return of_fields(fields, op.records)
end

return schema
