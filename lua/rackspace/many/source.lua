--- source.lua - reads and names the items of a map
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")

local source = {}

local longest_id = 80

-- The fields that identify a record of the bundled services. None of them is
-- personal.
local known_keys = {
  { "type", "id" }, { "ticketId" }, { "contactNumber" }, { "accountNumber" },
  { "rcn" }, { "id" }, { "uuid" },
}

local function is_callable(value)
  if type(value) == "function" then
    return true
  end
  local metatable = getmetatable(value)
  return type(metatable) == "table" and metatable.__call ~= nil
end

local function list_reader(list)
  local i = 0
  return function()
    i = i + 1
    return list[i]
  end
end

--- Returns a reader of { iterator, state, control }, as a for loop calls them.
local function triple_reader(iterator, state, control)
  local function step(first, ...)
    control = first
    return first, ...
  end
  return function()
    return step(iterator(state, control))
  end
end

--- Whether a table has what pairs(t) returns, as { pairs(t) }.
local function is_triple(list)
  return is_callable(list[1]) and list[2] ~= nil and not is_callable(list[2])
end

--- Returns a function that returns the next item of a source, or nil at the
-- end; and the names of the items' key fields, where they are known. Or nil and
-- a problem.
function source.reader(given)
  if is_callable(given) then
    local op = type(given) == "table" and rawget(given, "op")
    return function() return given() end, type(op) == "table" and op.key or nil
  elseif type(given) ~= "table" then
    return nil, "takes a list, a pager or an iterator, not a " .. type(given)
  elseif is_triple(given) then
    return triple_reader(given[1], given[2], given[3])
  end
  return list_reader(given)
end

--- Returns a reader of the numbers from 1 to `last`.
function source.numbers(last)
  local i = 0
  return function()
    i = i + 1
    return i <= last and i or nil
  end
end

-- ---- naming -----------------------------------------------------------------

--- Returns an id as text, or nil for a value that may be something else.
local function id_text(value)
  local text = (type(value) == "number" or type(value) == "string") and
    tostring(value)
  return text and #text <= longest_id and text:find("^%w[%w%-_.:/]*$") and
    text or nil
end

local function fields_text(record, keys)
  local parts = {}
  for _, name in ipairs(keys) do
    local text = id_text(record[name])
    if not text then
      return nil
    end
    parts[#parts + 1] = name .. " " .. text
  end
  return parts[1] and table.concat(parts, ", ") or nil
end

local function record_text(record, keys)
  local text = keys and fields_text(record, keys)
  for _, known in ipairs(known_keys) do
    text = text or fields_text(record, known)
  end
  return text
end

--- Returns a text that looks like an id, such as a number, "TYPE/ID" or
-- "RCN-1-2"; or nil.
local function scalar_text(item)
  local text = id_text(item)
  return text and (text:find("^%d+$") or text:find("^%u+[/:][%w%-]+$") or
    text:find("^%u+%-[%d%-]+$")) and text or nil
end

--- Returns the name of an item: its position and its id. Nothing else is shown,
-- since it may be personal.
function source.name(item, position, keys)
  local text
  if type(item) == "table" then
    text = record_text(item, keys)
  else
    text = scalar_text(item)
  end
  return ("item %d%s"):format(position, text and " (" .. text .. ")" or "")
end

--- Returns an error with the name of its item before its message. A value that
-- is neither a text nor an error of this library is returned unchanged.
function source.blame(problem, name)
  if type(problem) == "string" then
    return name .. ": " .. problem
  elseif fault.is_error(problem) then
    return fault.with_prefix(problem, name .. ": ")
  end
  return problem
end

return source
