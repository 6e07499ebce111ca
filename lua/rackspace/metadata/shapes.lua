--- shapes.lua - converts metadata between a map and a list of entries
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local shapes = {}

--- Whether metadata is a list of entries, not a map.
local function is_list(value)
  return value[1] ~= nil or json.is_array(value)
end

--- Returns { key = value, ... }, or nil and a problem.
function shapes.map(value)
  if type(value) ~= "table" then
    return nil, "the answer's metadata is no object"
  elseif not is_list(value) then
    return value
  end
  local map = {}
  for _, entry in ipairs(value) do
    local key = type(entry) == "table" and entry.key
    if key == false or key ~= nil and type(key) ~= "string" then
      return nil, "the answer's metadata has an entry without a key"
    elseif key then -- nothing in an entry is required
      map[key] = entry.value
    end
  end
  return map
end

--- Returns a record with the namespace and the name in its key.
local function name_parts(record)
  if type(record.key) == "string" then
    local namespace, name = record.key:match("^([^:]*):(.*)$")
    record.namespace, record.name = namespace, name or record.key
  end
  return record
end

--- Returns { { key =, value =, namespace =, name = }, ... } ordered by key, or
-- nil and a problem. An entry may lack any of them.
function shapes.entries(value)
  local map, problem = shapes.map(value)
  if not map then
    return nil, problem
  end
  local entries = json.array{}
  if is_list(value) then
    for i, entry in ipairs(value) do
      entries[i] = name_parts(entry)
    end
  else
    for key, text in pairs(map) do
      entries[#entries + 1] = name_parts{ key = key, value = text }
    end
  end
  table.sort(entries, function(a, b) return (a.key or "") < (b.key or "") end)
  return entries
end

--- Returns a single value, which the service may wrap in an object with its
-- key; or nil and a problem.
function shapes.value(value)
  if type(value) ~= "table" then
    return value
  end
  local key, inner = next(value)
  if key == nil or next(value, key) ~= nil then
    return nil, "the answer holds not one value"
  end
  return inner
end

return shapes
