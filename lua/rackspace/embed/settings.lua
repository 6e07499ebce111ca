--- settings.lua - the session's settings from the host's options
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local known = require("rackspace.session.settings").known

local text_types = { string = true, secret = true, id = true }

--- Returns the value of a setting, which is JSON unless the setting is a text.
-- What is no JSON is left to the session's own check.
local function value_of(text, field)
  if not field or text_types[field.type] then
    return text
  end
  local value = json.decode(text)
  return value == nil and text or value
end

local function fields_by_name()
  local fields = {}
  for _, field in ipairs(known) do
    fields[field.name] = field
  end
  return fields
end

--- Returns the settings that rackspace.new takes.
-- @param options table: settings, { name = text }; allow, a list of patterns,
--   or nil; log, function(line), or nil
local function read(options)
  local settings, fields = {}, fields_by_name()
  for name, text in pairs(options.settings) do
    settings[name] = value_of(text, fields[name])
  end
  settings.allow = options.allow or settings.allow
  if options.log and settings.log == nil then
    settings.log = function(line) options.log(line) end
  end
  return settings
end

return { read = read }
