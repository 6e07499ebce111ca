--- pretty.lua - JSON for people: indented, and coloured on a terminal
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")

local STEP = "  "

local styles = { string = "string", number = "number", boolean = "number" }

local render

--- Returns the parts between brackets, each on a line of its own.
local function enclose(first, parts, last, indent)
  if not parts[1] then
    return first .. last
  end
  local inner = indent .. STEP
  return first .. "\n" .. inner .. table.concat(parts, ",\n" .. inner) ..
    "\n" .. indent .. last
end

local function render_list(list, paint, indent)
  local parts = {}
  for i, item in ipairs(list) do
    parts[i] = render(item, paint, indent .. STEP)
  end
  return enclose("[", parts, "]", indent)
end

local function render_object(object, paint, indent)
  local parts = {}
  for i, key in ipairs(members.keys(object)) do
    parts[i] = paint("name", json.plain(tostring(key))) .. ": " ..
      render(object[key], paint, indent .. STEP)
  end
  return enclose("{", parts, "}", indent)
end

function render(value, paint, indent)
  if type(value) ~= "table" then
    return paint(styles[type(value)] or "dim", json.plain(value))
  elseif json.is_array(value) or #value > 0 then
    return render_list(value, paint, indent)
  end
  return render_object(value, paint, indent)
end

--- Returns a value as indented JSON.
-- @param paint function(style, text), as show.paint makes it
-- @param indent string: what stands before each line but the first
local function text(value, paint, indent)
  return render(value, paint, indent or "")
end

return { text = text }
