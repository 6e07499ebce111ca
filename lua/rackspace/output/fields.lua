--- fields.lua - the fields of a result that --fields chooses
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local nearest = require("rackspace.base.nearest")
local types = require("rackspace.row.types")

local fields = {}

--- Returns the list of names in a text such as "id,owner.name".
function fields.read(text)
  local names = {}
  for name in text:gmatch("[^,%s]+") do
    names[#names + 1] = name
  end
  return names
end

--- Returns the value at a path; of a list, those of its items.
local function follow(value, path)
  local name, rest = path:match("^([^.]+)%.?(.*)$")
  if type(value) ~= "table" or not name then
    return nil
  elseif value[1] ~= nil and not tonumber(name) then
    local list = json.array{}
    for _, item in ipairs(value) do
      list[#list + 1] = follow(item, path)
    end
    return list
  end
  -- A name may have dots of its own.
  local inner = value[path]
  if inner == nil then
    inner = value[name]
    if inner == nil then
      inner = value[tonumber(name)]
    end
    return rest ~= "" and follow(inner, rest) or rest == "" and inner or nil
  end
  return inner
end

--- Returns a record with only these fields, by their paths; fields it lacks are
-- null. Other values are returned as they are.
function fields.select(item, names)
  if type(item) ~= "table" then
    return item
  end
  local record = {}
  for _, name in ipairs(names) do
    local value = follow(item, name)
    if value == nil then
      value = json.null
    end
    record[name] = value
  end
  return record
end

--- Returns what is wrong with names for records of a type, or nil. `records`
-- maps types to their fields.
function fields.problem(text, kind, records)
  local names = fields.read(text)
  if not names[1] then
    return "--fields needs names, as in --fields=id,name"
  end
  for _, path in ipairs(names) do
    local known, above = records[kind or ""], ""
    for name in path:gmatch("[^.]+") do
      local field = known and types.find(known, name)
      if known and not field and not tonumber(name) then
        return ("there is no field '%s%s'%s"):format(above, name,
          nearest.hint(name, types.names(known)))
      end
      above = above .. name .. "."
      known = field and records[(field.type:gsub("%[%]$", ""))]
    end
  end
end

return fields
