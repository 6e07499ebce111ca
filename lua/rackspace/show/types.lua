--- types.lua - which of the services' record types a table has the shape of
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local modules = require("rackspace.services")

local types = {}

--- How many of a record's fields a type has; nil when it lacks one.
local function overlap(sample, fields)
  local has, count = {}, 0
  for _, field in ipairs(fields) do
    has[field.name] = true
  end
  for key in next, sample do
    if not has[key] then
      return nil
    end
    count = count + 1
  end
  return count
end

--- Calls fn(name, fields) with the record types of all services, in order.
function types.each(fn)
  for _, service in ipairs(members.keys(modules)) do
    local records = require(modules[service]).records
    for _, name in ipairs(members.keys(records)) do
      fn(name, records[name])
    end
  end
end

--- The fields of the type that a record has the shape of: of the named one, or
-- of that which has all its fields and the fewest beside them; nil when there
-- is none.
function types.of(sample, wanted)
  local best, least
  if type(sample) ~= "table" then
    return nil
  end
  types.each(function(name, fields)
    if wanted == name then
      best, least = fields, -1
    elseif not wanted then
      local count = overlap(sample, fields)
      local rest = count and count > 0 and #fields - count
      if rest and (not least or rest < least) then
        best, least = fields, rest
      end
    end
  end)
  return best
end

return types
