--- members.lua - copies, merges and lists the members of a table
-- SPDX-License-Identifier: MIT

local members = {}

--- Copies the members of one table into another. Returns the second.
-- @param to table: is changed
-- @param more table or nil
function members.add(to, more)
  for key, value in pairs(more or {}) do
    to[key] = value
  end
  return to
end

--- Returns a shallow copy of a table, without its metatable.
function members.copy(original)
  return members.add({}, original)
end

--- Returns a sorted list of a table's keys.
function members.keys(object)
  local keys = {}
  for key in pairs(object) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

return members
