--- keys.lua - the keys and values of the accounts' metadata
-- SPDX-License-Identifier: MIT

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

--- A key's value on account i, which is of the type; or nil.
local function value(key, i, account_type)
  if i % key.every ~= 0 then return nil end
  if key.type and key.type ~= account_type then return nil end
  return key.values[i / key.every % #key.values + 1]
end

--- The key of a name, or nil. Nobody finds accounts by restricted ones.
local function named(name)
  for _, key in ipairs(list) do
    if key.name == name and not key.restricted then return key end
  end
  return nil
end

--- The namespace of a key when only Rackers may read it; else nil.
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

return { list = list, named = named, restricted = restricted,
  value = value }
