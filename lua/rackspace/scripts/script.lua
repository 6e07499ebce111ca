--- script.lua - compiles a script so that each call that stands alone is seen
-- SPDX-License-Identifier: MIT
local load_text = loadstring or load -- luacheck: ignore 143

local script = {}

--- Returns a text as a Lua takes it from a file: without a byte order mark, and
-- with a first line that begins with "#" as a comment.
local function plain_text(text)
  return (text:gsub("^\239\187\191", ""):gsub("^#", "--#"))
end

--- Returns a global's name that a text does not contain.
local function free_name(text)
  local name = "_told"
  while text:find(name, 1, true) or rawget(_G, name) ~= nil do
    name = name .. "_"
  end
  return name
end

--- Returns the places of a text where something is to be inserted, in their
-- order. What one call ends with comes before what another begins with.
local function places_of(calls, name)
  local places = {}
  for _, call in ipairs(calls) do
    places[#places + 1] = { at = call.from, text = name .. "(", rank = 2 }
    places[#places + 1] = { at = call.to + 1, text = ")", rank = 1 }
  end
  table.sort(places, function(a, b)
    if a.at ~= b.at then
      return a.at < b.at
    end
    return a.rank < b.rank
  end)
  return places
end

--- Returns a text in which each statement f(x) is name(f(x)), where the local
-- `name` is what the global of that name returns. No line moves.
local function mark(text, calls, name)
  local parts, at = { ("local %s = %s() "):format(name, name) }, 1
  for _, place in ipairs(places_of(calls, name)) do
    parts[#parts + 1] = text:sub(at, place.at - 1)
    parts[#parts + 1] = place.text
    at = place.at
  end
  parts[#parts + 1] = text:sub(at)
  return table.concat(parts)
end

--- Returns a function that gives `hear` to the script by the global `name`,
-- which is there until the script has begun, and runs the script.
local function starter(run, name, hear)
  return function(...)
    rawset(_G, name, function()
      rawset(_G, name, nil)
      return hear
    end)
    return run(...)
  end
end

--- Compiles a text. Returns a function, or nil and a message as loadfile does.
-- While it runs, hear(...) is called with what each call returns that stands
-- alone as a statement of the text.
-- @param text string: also one that string.dump made
-- @param source string: the chunk's name, as in "@script.lua"
function script.compile(text, source, hear)
  if text:find("^\27") then
    return load_text(text, source)
  end
  text = plain_text(text)
  local run, message = load_text(text, source)
  if not run or not text:find("%S") then
    return run, message
  end
  local read = require("rackspace.scripts.statements").read(text)
  if not read or not read.calls[1] then
    return run
  end
  local name = free_name(text)
  local marked = load_text(mark(text, read.calls, name), source)
  return marked and starter(marked, name, hear) or run
end

return script
