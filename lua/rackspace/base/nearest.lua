--- nearest.lua - suggests the known name that a mistyped one is closest to
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

--- Returns the Levenshtein distance between two texts.
local function distance(a, b)
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      local edited = math.min(row[j] + 1, row[j - 1] + 1, diagonal + cost)
      diagonal, row[j] = row[j], edited
    end
  end
  return row[#b]
end

--- Returns the name in a list that is nearest to `name`, ignoring case; nil
-- when none is near enough.
local function nearest(name, names)
  local best, least = nil, math.max(2, math.floor(#name / 3)) + 1
  for _, known in ipairs(names) do
    local edits = distance(ascii.lower(name), ascii.lower(known))
    if edits < least then
      best, least = known, edits
    end
  end
  return best
end

--- Returns whether a list contains a value.
local function has(list, value)
  for _, item in ipairs(list) do
    if item == value then
      return true
    end
  end
  return false
end

--- Returns a name as a list spells it, where it differs only in case; else the
-- name itself.
local function spelling(name, names)
  if has(names, name) then
    return name
  end
  for _, known in ipairs(names) do
    if ascii.lower(known) == ascii.lower(name) then
      return known
    end
  end
  return name
end

local MIN_PART = 3 -- bytes of a name that is looked for inside others

--- Returns the first name that contains another: accountType contains type.
local function containing(name, names)
  for _, known in ipairs(#name >= MIN_PART and names or {}) do
    if ascii.lower(known):find(ascii.lower(name), 1, true) then
      return known
    end
  end
end

--- Returns a suggestion for the end of a message, " (did you mean 'x'?)", or
-- "" when no known name resembles `name`.
local function hint(name, names)
  name = tostring(name)
  local known = nearest(name, names) or containing(name, names)
  return known and (" (did you mean '%s'?)"):format(known) or ""
end

return { has = has, hint = hint, nearest = nearest, spelling = spelling }
