--- log.lua - writes a session's events as lines of text
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local date = require("rackspace.base.date")
local json = require("rackspace.base.json")
local nearest = require("rackspace.base.nearest")

-- The events that each level writes. Without a level, warnings are written
-- unless the session has another listener for them.
local events_of = {
  off = {},
  info = { "login", "response", "retry", "wait", "warning" },
  debug = { "login", "request", "response", "retry", "wait", "warning" },
}
events_of.json = events_of.debug

local levels = { "debug", "info", "json", "off" }

-- The fields that come first in a line; the others follow, sorted by name.
local order = { "operation", "method", "url", "status", "kind", "attempt",
  "seconds", "bytes" }

--- Writes what is not printable as an escape, and a backslash twice, so that a
-- text can neither control a terminal nor break a line nor look like an escape.
local function escape(text)
  return (core.printable((text:gsub("\\", "\\\\"))))
end

--- Returns a copy of an event's value of which every part is a text, made by
-- `text_of`, a boolean or a number.
local function plain(value, depth, text_of)
  local kind = type(value)
  if kind == "table" and depth > 0 then
    local copy = {}
    for name, inner in pairs(value) do
      copy[text_of(tostring(name))] = plain(inner, depth - 1, text_of)
    end
    return copy
  elseif kind == "boolean" or kind == "number" and value - value == 0 then
    return value
  end
  return text_of(tostring(value))
end

--- Returns the names of an event's fields in the order in which to write them.
local function names_of(event)
  local names, is_first = {}, {}
  for _, name in ipairs(order) do
    names[#names + 1] = event[name] ~= nil and name or nil
    is_first[name] = true
  end
  local first = #names
  local rest = {}
  for name in pairs(event) do
    rest[#rest + 1] = not is_first[name] and name or nil
  end
  table.sort(rest)
  for i, name in ipairs(rest) do
    names[first + i] = name
  end
  return names
end

local function text_of(value)
  if type(value) == "number" then
    return core.number.fixed(value, value % 1 == 0 and 0 or 3)
  elseif type(value) == "string" and (value == "" or value:find('[ "=]')) and
      not value:find("^https?://%S+$") then
    return '"' .. value:gsub('"', '\\"') .. '"'
  end
  return tostring(value)
end

--- Adds "name=value" for each field, "name.inner=value" for those of a table.
local function add_parts(parts, event, prefix)
  for _, name in ipairs(names_of(event)) do
    local value = event[name]
    if type(value) == "table" then
      add_parts(parts, value, prefix .. name .. ".")
    else
      parts[#parts + 1] = prefix .. name .. "=" .. text_of(value)
    end
  end
end

local function line_of(level, time, name, event)
  local shown = plain(event, 2, level == "json" and tostring or escape)
  if level == "info" then
    shown.headers, shown.phases = nil, nil
  elseif level == "json" then
    shown.time, shown.event = time, name
    return assert(json.text(shown))
  end
  local parts = { time, name }
  add_parts(parts, shown, "")
  return table.concat(parts, " ")
end

local function to_stderr(line)
  io.stderr:write(line .. "\n")
end

--- Writes warnings that no other listener receives.
local function write_unheard_warnings(session)
  session:on("warning", function(event)
    if #session.heard.warning == 1 then
      to_stderr("rackspace: " .. escape(tostring(event.message)))
    end
  end)
end

local function is_level(choice)
  return nearest.has(levels, choice)
end

--- Returns what is wrong with a value of the setting `log`, or nil.
local function fault(choice)
  if choice == nil or type(choice) == "function" or is_level(choice) then
    return nil
  end
  return ('must be "%s" or a function, not %s'):format(
    table.concat(levels, '", "'), type(choice) == "string" and
    "'" .. escape(choice) .. "'" or "a " .. type(choice))
end

--- Returns the level in RACKSPACE_LOG, nil when that is unset or empty; or nil
-- and a message when it is no level.
local function from_environment(getenv)
  local level = getenv("RACKSPACE_LOG")
  if level == nil or level == "" then
    return nil
  elseif not is_level(level) then
    return nil, ("RACKSPACE_LOG must be %s, not '%s'"):format(
      table.concat(levels, ", "), escape(level))
  end
  return level
end

--- Starts to write a session's events.
-- @param choice nil, a level (to standard error), or a function(line, name,
-- event) that is called with the lines of the level "debug"
local function attach(session, choice)
  if choice == nil then
    return write_unheard_warnings(session)
  end
  local write, level = to_stderr, choice
  if type(choice) == "function" then
    write, level = choice, "debug"
  end
  for _, name in ipairs(events_of[level]) do
    session:on(name, function(event)
      write(line_of(level, date.iso(session:time()), name, event), name, event)
    end)
  end
end

return { attach = attach, fault = fault, from_environment = from_environment }
