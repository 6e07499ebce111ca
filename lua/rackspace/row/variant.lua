--- variant.lua - the form of an operation that a session, or one call, asks for
-- SPDX-License-Identifier: MIT
local variant = {}

--- Returns a copy of an operation with other fields.
local function changed(op, fields)
  return setmetatable(fields, { __index = op })
end

--- Returns the operation for another version of its service's API.
local function with_version(op, version)
  if not (op.version and version) or op.version == version then
    return op
  end
  return changed(op, { version = version })
end

--- Returns the operation with the one of its two routes that a setting names.
local function with_route(op, settings)
  local fixed = op.fixed_by and settings[op.fixed_by[1]]
  if not fixed then
    return op
  elseif fixed == op.fixed_by[2] then
    return changed(op, { fallback_path = false })
  end
  return changed(op, { fallback_path = false, path = op.fallback_path,
    method = op.fallback_method })
end

--- Returns the form of an operation that settings ask for.
-- @param op operation, as its row has it
-- @param settings table of a session's settings, or {}
-- @param dialect string or nil: the one of a call; else that of the settings
function variant.of(op, settings, dialect)
  dialect = dialect or settings.dialect
  return with_route(with_version(dialect == "openapi" and op.openapi or op,
    settings.version), settings)
end

--- Returns the dialect that the arguments of a call name, or nil.
function variant.named(op, ...)
  local options = (select(#op.args + 1, ...))
  return type(options) == "table" and rawget(options, "dialect") or nil
end

return variant
