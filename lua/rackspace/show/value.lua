--- value.lua - any Lua value as text, on a line or over several
-- SPDX-License-Identifier: MIT
local secret = require("rackspace.show.secret")
local width = require("rackspace.show.width")

local value = {}

local deepest = 6
local most_fields = 50 -- of one table inside another
local longest = 500 -- bytes of a text inside another value

-- ---- tables, read without their metamethods ---------------------------------

--- Whether a table is data, and not an object that tells of itself.
function value.is_data(object)
  if type(object) ~= "table" then
    return false
  end
  local metatable = getmetatable(object)
  return type(metatable) ~= "table" or
    rawget(metatable, "__tostring") == nil and
    rawget(metatable, "__call") == nil
end

--- Whether a table has places 1 to n and nothing else; an empty one too.
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

--- A table's keys: those that `order` (a list) names in its order, then the
-- others in theirs.
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

--- What is no table, as it stands within another value.
local function scalar(object, options)
  if type(object) ~= "string" then
    return safe_tostring(object)
  end
  local text = options.hide and options.hide(object) or object
  if #text > longest then
    text = text:sub(1, longest):gsub("[\192-\255]?[\128-\191]*$", "") .. "…"
  end
  return width.plain(text)
end

--- A field's text: unquoted, a secret masked.
function value.text(name, object, options)
  if secret.is_field(name, object) then
    return secret.mask
  end
  return scalar(object, options)
end

--- A key as it stands in a table of Lua's.
local function key_text(key)
  if type(key) == "string" then
    return key:find("^[%a_][%w_]*$") and key or
      '["' .. width.plain(key) .. '"]'
  end
  return "[" .. safe_tostring(key) .. "]"
end

local brief

--- What is in a table, one part after the other.
local function parts_of(object, options, depth, above)
  local parts, is_list = {}, value.is_list(object)
  for i, key in ipairs(value.keys(object)) do
    if i > most_fields then
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

--- A value in one line, as Lua would write it. `options`: depth, hide =
-- function(text) -> text without secrets. `name` is its field's.
function value.brief(object, options, name)
  options = options or {}
  return brief(name, object, options, options.depth or 3, {})
end

-- ---- a cell of a table ------------------------------------------------------

--- A value as short as it can be said: lists of texts by their items, what
-- wraps one thing only by that.
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

value.deepest = deepest

return value
