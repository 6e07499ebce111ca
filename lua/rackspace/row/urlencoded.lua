--- urlencoded.lua - the bodies of services that read forms instead of JSON
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local types = require("rackspace.row.types")

local form = { media_type = "application/x-www-form-urlencoded" }

local function text_of(value)
  if type(value) == "boolean" then
    return tostring(value)
  elseif type(value) == "number" then
    return value % 1 == 0 and types.digits(value) or tostring(value)
  end
  return value
end

--- The text of a body's fields that have values, in the fields' order: a
-- space is %20, a truth the word. nil when there is none: then the body is
-- empty.
function form.encode(fields, values)
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

return form
