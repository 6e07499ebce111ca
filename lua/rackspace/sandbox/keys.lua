--- keys.lua - the keys and values of the accounts' metadata
-- SPDX-License-Identifier: MIT
local users = require("rackspace.sandbox.users")

-- A key is on one account in `every`; its values take turns.
local list = {
  { name = "billing:somekey", every = 3, values = {
    "a value billing cares about", "monthly", "net 30", "purchase order" } },
  { name = "creation:faws:servicelevelid", every = 1, type =
    "FANATICAL_SUPPORT_FOR_AWS", values = { "some_value", "navigator" } },
  { name = "internal:score", every = 7, restricted = true,
    values = { "12", "40", "77", "95" } },
  { name = "some:key", every = 5,
    values = { "Some Value", "Größe: 5 € & <more>" } },
  { name = "support:level", every = 2,
    values = { "navigator", "intensive", "managed_legacy" } },
}

--- Returns the value of a key on account i of a type, or nil.
local function value(key, i, account_type)
  if i % key.every ~= 0 then return nil end
  if key.type and key.type ~= account_type then return nil end
  return key.values[i / key.every % #key.values + 1]
end

--- Returns the key of a name, or nil. Accounts can't be searched by restricted
-- keys.
local function named(name)
  for _, key in ipairs(list) do
    if key.name == name and not key.restricted then return key end
  end
  return nil
end

--- Returns the namespace of a key when only Rackers may read it, or nil.
local function restricted(name)
  local namespace = name:match("^([^:]*):")
  for _, key in ipairs(list) do
    if namespace and key.restricted and
        key.name:sub(1, #namespace + 1) == namespace .. ":" then
      return namespace
    end
  end
  return nil
end

--- Returns the metadata entries of an account that a user may read.
local function readable(data, index, user)
  local entries = {}
  for _, entry in ipairs(data:metadata(index)) do
    if not entry.restricted or users.is_racker(user) then
      entries[#entries + 1] = entry
    end
  end
  return entries
end

--- Returns the metadata entry of a key; or nil, a status and a message.
local function find(data, index, key, user)
  local namespace = restricted(key)
  if namespace and not users.is_racker(user) then
    return nil, 403, ("the metadata namespace '%s' is restricted: reading " ..
      "it takes the role Racker"):format(namespace)
  end
  for _, entry in ipairs(readable(data, index, user)) do
    if entry.key == key then
      return entry
    end
  end
  return nil, 404, "Metadata not found"
end

return { find = find, list = list, named = named, readable = readable,
  restricted = restricted, value = value }
