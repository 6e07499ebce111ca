--- cause.lua - finds the failed call that an error about nil comes of
-- SPDX-License-Identifier: MIT
local statements = require("rackspace.scripts.statements")

local cause = {}

-- A failed call gives nil. An error comes of it where the variable that is nil
-- was assigned by the statement of that call, or where the call stands in the
-- line of the error; for a parameter, in the line of its function's call.

--- Whether a message is about a value that is nil.
local function is_about_nil(message)
  return message:find("%f[%a]nil%f[%A]") ~= nil or
    message:find("' is missing$") ~= nil
end

--- Returns the name of the variable that a message says is nil, or nil.
local function named_in(message)
  return message:match("a nil value %(%l+ '([^']*)'%)") or
    message:match(" %l+ '([^']*)' %(a nil value%)")
end

-- ---- lines ------------------------------------------------------------------

--- Returns where each line of a text begins.
local function line_starts(text)
  local starts = { 1 }
  for at in text:gmatch("\n()") do
    starts[#starts + 1] = at
  end
  return starts
end

--- Returns the number of the line that a byte is in.
local function line_of(starts, at)
  local low, high = 1, #starts
  while low < high do
    local middle = math.floor((low + high + 1) / 2)
    if starts[middle] <= at then
      low = middle
    else
      high = middle - 1
    end
  end
  return low
end

--- Returns the statements of a chunk, and the lines of its text as `starts`; or
-- nil. They are read once.
local function read(chunk)
  if chunk.read == nil then
    chunk.read = statements.read(chunk.text) or false
  end
  if chunk.read then
    chunk.read.starts = chunk.read.starts or line_starts(chunk.text)
  end
  return chunk.read or nil
end

--- Whether a part of a text touches a line.
local function has_line(parts, part, line)
  return line_of(parts.starts, part.from) <= line and
    line <= line_of(parts.starts, part.to)
end

-- ---- names ------------------------------------------------------------------

--- Returns the set of the names in a line.
local function names_at(parts, line)
  local names = {}
  for _, token in ipairs(parts.tokens) do
    if token.kind == "name" and line_of(parts.starts, token.from) == line then
      names[token.text] = true
    end
  end
  return names
end

local function share(names, others)
  for name in pairs(names) do
    if others[name] then
      return true
    end
  end
  return false
end

--- Whether one of the names is a parameter of the function around a line.
local function has_parameter(parts, line, names)
  for _, part in ipairs(parts.functions) do
    if has_line(parts, part, line) then
      return share(part.parameters, names)
    end
  end
  return false
end

-- ---- places -----------------------------------------------------------------

--- Whether a statement that assigns one of the names was at one of the places
-- of a failed call.
local function is_assigned_by(failure, place, parts, names)
  for _, at in ipairs(failure.places) do
    for _, part in ipairs(at.source == place.source and parts.assigned or {}) do
      if share(part.names, names) and has_line(parts, part, at.line) then
        return true
      end
    end
  end
  return false
end

local function is_at(failure, place)
  local inner = failure.places[1]
  return inner.source == place.source and inner.line == place.line
end

--- Returns the last failure that gave one of the names its nil, or that was in
-- the line itself.
local function find_at(place, recent, parts, names)
  for i = #recent, 1, -1 do
    local failure = recent[i]
    if failure.places[1] and (is_at(failure, place) or
        is_assigned_by(failure, place, parts, names)) then
      return failure
    end
  end
end

--- Returns the place in a chunk that a message names, or nil.
local function place_in(message, chunks)
  for source, chunk in pairs(chunks) do
    local _, stop = message:find(chunk.name .. ":", 1, true)
    local line = stop and message:match("^(%d+):", stop + 1)
    if line then
      return { source = source, line = tonumber(line) }
    end
  end
end

--- Returns the places to look at: that of the message, and those of the stack
-- around it.
local function places_for(message, chunks, stack)
  local first = place_in(message, chunks)
  local places = { first }
  for i, place in ipairs(stack) do
    local is_first = first and i == 1 and place.source == first.source and
      place.line == first.line
    places[#places + 1] = not is_first and place or nil
  end
  return places
end

--- Returns the failure that an error comes of, or nil.
-- @param message string: the error
-- @param recent list of the last failures, as failures.lua has them
-- @param chunks table: the scripts, as failures.lua has them
-- @param stack list of the places in scripts around the error
function cause.find(message, recent, chunks, stack)
  if not recent[1] or not is_about_nil(message) then
    return nil
  end
  local named = named_in(message)
  for _, place in ipairs(places_for(message, chunks, stack)) do
    local parts = read(chunks[place.source])
    local names = named and { [named] = true } or
      parts and names_at(parts, place.line)
    local failure = parts and find_at(place, recent, parts, names)
    if failure then
      return not message:find(failure.err.message, 1, true) and failure or nil
    elseif not parts or not has_parameter(parts, place.line, names) then
      return nil
    end
    named = nil
  end
end

return cause
