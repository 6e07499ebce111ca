--- record_types.lua - finds the record type of a service that a table matches
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local services = require("rackspace.services")

local record_types = {}

--- Returns how many fields a record has, or nil when the type lacks one of
-- them.
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

--- Calls fn(name, fields) for each record type of each service, sorted.
function record_types.each(fn)
  for _, definition in services.each() do
    local records = definition.records
    for _, name in ipairs(members.keys(records)) do
      fn(name, records[name])
    end
  end
end

--- Returns the fields of a record's type: of the type called `wanted`; without
-- it, of the type that has all fields of the record and the fewest others.
-- @param sample the record; any other value has no type
-- @param wanted string or nil
-- @return a list of fields, or nil
function record_types.of(sample, wanted)
  local best, least
  if type(sample) ~= "table" then
    return nil
  end
  record_types.each(function(name, fields)
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

return record_types
