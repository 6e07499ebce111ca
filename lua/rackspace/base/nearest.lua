--- nearest.lua - which known name a mistyped one was meant to be
-- SPDX-License-Identifier: MIT

--- The number of edits (insert, delete, replace) that make `a` into `b`.
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

--- The name of `names` (a list) that is nearest to `name`, or nil when none
-- is near. Case counts for nothing.
local function nearest(name, names)
  local best, least = nil, math.max(2, math.floor(#name / 3)) + 1
  for _, known in ipairs(names) do
    local edits = distance(name:lower(), known:lower())
    if edits < least then
      best, least = known, edits
    end
  end
  return best
end

--- Whether a list has a value.
local function has(list, value)
  for _, one in ipairs(list) do
    if one == value then
      return true
    end
  end
  return false
end

local shortest_part = 3

--- The first name that holds another, as accountType does type.
local function holder(name, names)
  for _, known in ipairs(#name >= shortest_part and names or {}) do
    if known:lower():find(name:lower(), 1, true) then
      return known
    end
  end
end

--- " (did you mean 'x'?)", or "".
local function hint(name, names)
  name = tostring(name)
  local known = nearest(name, names) or holder(name, names)
  return known and (" (did you mean '%s'?)"):format(known) or ""
end

return { has = has, hint = hint, nearest = nearest }
