--- products.lua - how Ticketing and the Customer Service name an account
-- SPDX-License-Identifier: MIT
local products = {}

-- Ticketing names an account by a prefix for its product and its id; those of
-- the cloud have no prefix.
local types = { hybrid = "MANAGED_HOSTING", dedicated = "MANAGED_HOSTING",
  faws = "FANATICAL_SUPPORT_FOR_AWS" }
local prefixes = { MANAGED_HOSTING = "hybrid:", CLOUD = "",
  FANATICAL_SUPPORT_FOR_AWS = "faws:" }

--- Returns the type and id of the account that Ticketing calls `name`; nil
-- where the Customer Service has no such type.
function products.account(name)
  local prefix, id = tostring(name):match("^([^:]*):(.+)$")
  if prefix then
    return types[prefix], id
  end
  return "CLOUD", name
end

--- Returns what Ticketing calls the account of a type and id, or nil.
function products.name(kind, id)
  return prefixes[kind] and prefixes[kind] .. tostring(id)
end

--- Returns the product of the account that Ticketing calls `name`, as
-- categories list it in allowedProducts.
function products.of(name)
  local prefix = tostring(name):match("^([^:]*):")
  return not prefix and "cloud" or prefix == "dedicated" and "hybrid" or prefix
end

return products
