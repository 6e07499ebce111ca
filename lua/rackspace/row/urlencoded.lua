--- urlencoded.lua - encodes application/x-www-form-urlencoded bodies
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local urlencoded = { media_type = "application/x-www-form-urlencoded" }

local function text_of(value)
  if type(value) == "boolean" then
    return tostring(value)
  elseif type(value) == "number" then
    return core.number.text(value)
  end
  return value
end

--- Returns the urlencoded body of the fields that have values, in the order of
-- the fields; nil when none has. A space is encoded as %20.
function urlencoded.encode(fields, values)
  local parts = {}
  for _, field in ipairs(fields) do
    local value = values[field.name]
    if value ~= nil then
      parts[#parts + 1] = field.wire or field.name
      parts[#parts + 1] = text_of(value)
    end
  end
  return parts[1] and core.url.query(parts) or nil
end

return urlencoded
