--- record.lua - shows one record as aligned fields, nested tables indented
-- SPDX-License-Identifier: MIT
local paint_of = require("rackspace.show.paint")
local secret = require("rackspace.show.secret")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local record = {}

local MAX_DEPTH = 6 -- of nested tables
local MAX_NAME_WIDTH = 28
local MAX_ITEMS = 20 -- of a list inside a record
local step = "  " -- of indentation

local function name_width(keys)
  local widest = 0
  for _, key in ipairs(keys) do
    widest = math.max(widest, width.of(width.plain(tostring(key))))
  end
  return math.min(widest, MAX_NAME_WIDTH)
end

-- The functions below share a state: { lines =, options =, width =, paint =,
-- whole_text = whole_text_of(options), depth = of the table at hand, above =
-- the tables that contain it }.

local styles = { number = "number", boolean = "number" }

local function styled(name, object, text, state)
  local style = secret.is_field(name, object) and "secret" or
    styles[type(object)]
  return style and state.paint(style, text) or text
end

--- Returns a value's text when it fits on the rest of its line, or nil.
local function short_text(name, object, state, room)
  if not value.is_data(object) then
    local text = object == "" and '""' or type(object) == "string" and
      state.depth == 0 and state.whole_text(name, object) or
      value.text(name, object, state.options)
    return styled(name, object, text, state)
  end
  local text = value.brief(object, { depth = 2, hide = state.options.hide })
  if width.of(text) <= room and not text:find("{…}", 1, true) then
    return text
  end
end

local add_fields

--- Returns whether a value is a text of several lines, to be shown below its
-- name.
local function is_multiline(name, object)
  return type(object) == "string" and object:find("\n.") ~= nil and
    not secret.is_field(name, object)
end

local function add(state, indent, text)
  state.lines[#state.lines + 1] = indent .. text
end

--- Adds a table below its field's name.
local function add_nested(state, object, indent)
  if state.above[object] then
    return add(state, indent, "the table above")
  elseif state.depth >= MAX_DEPTH then
    return add(state, indent, "…")
  end
  state.above[object], state.depth = true, state.depth + 1
  add_fields(state, object, indent)
  state.above[object], state.depth = nil, state.depth - 1
end

local function add_text(state, text, indent)
  text = state.options.hide and state.options.hide(text) or text
  for line in (text:gsub("\n$", "") .. "\n"):gmatch("([^\n]*)\n") do
    add(state, indent, width.plain((line:gsub("\r$", ""))))
  end
end

local function add_field(state, key, object, indent, columns)
  local label = width.cut(width.plain(tostring(key)), columns)
  local name = state.paint("name", width.pad(label, columns))
  if is_multiline(key, object) then
    add(state, indent, state.paint("name", label))
    return add_text(state, object, indent .. step)
  end
  local room = state.width - width.of(indent) - columns - 2
  local text = short_text(key, object, state, room)
  if text then
    add(state, indent, name .. "  " .. text)
  else
    add(state, indent, state.paint("name", label))
    add_nested(state, object, indent .. step)
  end
end

--- Adds an item of a list behind a dash.
local function add_item(state, object, indent)
  local room = state.width - width.of(indent) - 2
  local text = short_text(nil, object, state, room)
  if text then
    return add(state, indent, "- " .. text)
  end
  local before = #state.lines
  add_nested(state, object, indent .. step)
  local first = state.lines[before + 1]
  state.lines[before + 1] = indent .. "- " .. first:sub(#indent + #step + 1)
end

function add_fields(state, object, indent)
  local keys = value.keys(object, state.depth == 0 and state.options.order or
    state.options.order_of and state.options.order_of(object))
  local columns, is_list = name_width(keys), value.is_list(object)
  for i, key in ipairs(keys) do
    if i > MAX_ITEMS and state.depth > 0 then
      add(state, indent, state.paint("dim",
        ("… and %d more"):format(#keys - MAX_ITEMS)))
      break
    elseif is_list then
      add_item(state, rawget(object, key), indent)
    else
      add_field(state, key, rawget(object, key), indent, columns)
    end
  end
end

--- Returns a function(name, text) for the record's own texts, which are shown
-- in full.
local function whole_text_of(options)
  return function(name, text)
    if secret.is_field(name, text) then
      return secret.mask
    end
    return width.plain(options.hide and options.hide(text) or text)
  end
end

--- Returns the lines that show a record.
-- @param object table
-- @param options table: width (80), paint, hide = see value.lua, order = a list
-- of the field names that come first, order_of = function(table) that returns
-- such a list for a nested table
function record.lines(object, options)
  options = options or {}
  local state = { lines = {}, options = options, depth = 0,
    above = { [object] = true }, width = options.width or 80,
    paint = options.paint or paint_of.plain,
    whole_text = whole_text_of(options) }
  add_fields(state, object, "")
  return state.lines
end

return record
