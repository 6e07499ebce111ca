--- value.lua - shows any Lua value on one line
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local secret = require("rackspace.show.secret")
local width = require("rackspace.show.width")

local value = {}

local MAX_FIELDS = 50 -- of one table inside another
local MAX_BYTES = 500 -- of a text inside another value

-- ---- tables, read without their metamethods ---------------------------------

--- Returns whether a value is a table of data, and not an object with its own
-- __tostring or __call.
function value.is_data(object)
  if type(object) ~= "table" then
    return false
  end
  local metatable = getmetatable(object)
  return type(metatable) ~= "table" or
    rawget(metatable, "__tostring") == nil and
    rawget(metatable, "__call") == nil
end

--- Returns whether a table has the keys 1 to n and no others, or is empty.
function value.is_list(object)
  local count = 0
  for key in next, object do
    if type(key) ~= "number" then
      return false
    end
    count = count + 1
  end
  return count == 0 or rawget(object, count) ~= nil and
    rawget(object, 1) ~= nil
end

local function comes_before(a, b)
  if type(a) == "number" and type(b) == "number" then
    return a < b
  end
  return tostring(a) < tostring(b)
end

--- Returns a list of a table's keys: those in the list `order` first, then the
-- others sorted.
function value.keys(object, order)
  local keys, rest, listed = {}, {}, {}
  for _, name in ipairs(order or {}) do
    if rawget(object, name) ~= nil and not listed[name] then
      keys[#keys + 1], listed[name] = name, true
    end
  end
  for key in next, object do
    if not listed[key] then
      rest[#rest + 1] = key
    end
  end
  table.sort(rest, comes_before)
  for _, key in ipairs(rest) do
    keys[#keys + 1] = key
  end
  return keys
end

-- ---- one line ---------------------------------------------------------------

local function safe_tostring(object)
  local ok, text = pcall(tostring, object)
  return ok and type(text) == "string" and width.plain(text) or
    "(" .. type(object) .. ")"
end

--- Returns the text of a value that is no table, cut to MAX_BYTES.
local function scalar(object, options)
  if type(object) == "number" then
    return core.number.text(object)
  elseif type(object) ~= "string" then
    return safe_tostring(object)
  end
  local text = options.hide and options.hide(object) or object
  if #text > MAX_BYTES then
    text = core.cut(text, MAX_BYTES) .. "…"
  end
  return width.plain(text)
end

--- Returns the text of a field's value, unquoted; a secret is masked.
-- @param options table: hide = function(text) that returns it without secrets
function value.text(name, object, options)
  if secret.is_field(name, object) then
    return secret.mask
  end
  return scalar(object, options)
end

--- Returns a key as Lua's table constructor writes it.
local function key_text(key)
  if type(key) == "string" then
    return key:find("^[%a_][%w_]*$") and key or
      '["' .. width.plain(key) .. '"]'
  end
  return "[" .. safe_tostring(key) .. "]"
end

local brief

--- Returns the texts of a table's members.
local function parts_of(object, options, depth, above)
  local parts, is_list = {}, value.is_list(object)
  for i, key in ipairs(value.keys(object)) do
    if i > MAX_FIELDS then
      parts[#parts + 1] = "…"
      break
    end
    local part = brief(key, rawget(object, key), options, depth - 1, above)
    parts[i] = is_list and part or key_text(key) .. " = " .. part
  end
  return parts
end

function brief(name, object, options, depth, above)
  if not value.is_data(object) then
    local text = value.text(name, object, options)
    return type(object) == "string" and text ~= secret.mask and
      '"' .. text:gsub('"', '\\"') .. '"' or text
  elseif next(object) == nil then
    return "{}"
  elseif above[object] then
    return "{ the table above }"
  elseif depth <= 0 then
    return "{…}"
  end
  above[object] = true
  local parts = parts_of(object, options, depth, above)
  above[object] = nil
  return "{ " .. table.concat(parts, ", ") .. " }"
end

--- Returns a value on one line, in the syntax of Lua.
-- @param options table: depth (3), hide = function(text) that returns it
-- without secrets
-- @param name string: the name of the field that holds the value, if any
function value.brief(object, options, name)
  options = options or {}
  return brief(name, object, options, options.depth or 3, {})
end

-- ---- a cell of a table ------------------------------------------------------

--- Returns a value as the text of a table's cell: a list of scalars as its
-- items, a record of one field as that field's value, other records as "{…}".
function value.cell(name, object, options)
  options = options or {}
  if not value.is_data(object) then
    return object == nil and "" or value.text(name, object, options)
  elseif next(object) == nil then
    return ""
  elseif not value.is_list(object) then
    local key, only = next(object)
    return next(object, key) == nil and type(key) == "string" and
      value.cell(key, only, options) or "{…}"
  end
  local parts = {}
  for i = 1, #object do
    local item = rawget(object, i)
    if type(item) == "table" then
      return #object == 1 and value.cell(nil, item, options) or
        ("(%d)"):format(#object)
    end
    parts[i] = value.text(name, item, options)
  end
  return table.concat(parts, ", ")
end

--- Returns a whole number with commas between thousands: "20,000".
function value.grouped(number)
  local text, count = ("%.0f"):format(number), 1
  while count > 0 do
    text, count = text:gsub("^(%-?%d+)(%d%d%d)", "%1,%2")
  end
  return text
end

return value
