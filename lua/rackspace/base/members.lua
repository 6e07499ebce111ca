--- members.lua - a table's members: copied, added to another's, in order
-- SPDX-License-Identifier: MIT

local members = {}

--- Gives a table the members of another too (nil: of none). Returns the first.
function members.add(to, more)
  for key, value in pairs(more or {}) do
    to[key] = value
  end
  return to
end

--- A table of one's own with the same members.
function members.copy(given)
  return members.add({}, given)
end

--- The keys, in order.
function members.keys(given)
  local keys = {}
  for key in pairs(given) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

return members
