--- sandbox.lua - how the Customer Service's metadata behaves in the sandbox
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.customer.sandbox")
local keys = require("rackspace.sandbox.keys")
local visible = require("rackspace.identity.sandbox.users")

local behaviour = { fault = customer.fault, refuse = customer.refuse }

--- How its XML differs from its JSON.
behaviour.xml = { list = { root = "metadata" }, get = { root = "meta" },
  entries = { root = "metadata" }, details = { root = "metadataDetail" } }

--- The entries that a user may read.
function behaviour.readable(data, index, user)
  local entries = {}
  for _, entry in ipairs(data:metadata(index)) do
    if not entry.restricted or visible.is_racker(user) then
      entries[#entries + 1] = entry
    end
  end
  return entries
end

behaviour.list = customer.with_account(function(self, call, index)
  local map = {}
  for _, entry in ipairs(behaviour.readable(self.data, index, call.user)) do
    map[entry.key] = entry.value
  end
  return 200, { metadata = map }
end)

behaviour.entries = behaviour.list

--- The entry of a key; or nil, a status and why there is none to see.
function behaviour.find(data, index, key, user)
  local namespace = keys.restricted(key)
  if namespace and not visible.is_racker(user) then
    return nil, 403, ("the metadata namespace '%s' is restricted: reading " ..
      "it takes the role Racker"):format(namespace)
  end
  for _, entry in ipairs(behaviour.readable(data, index, user)) do
    if entry.key == key then
      return entry
    end
  end
  return nil, 404, "Metadata not found"
end

--- Calls fn with the entry that the path's key names.
local function with_entry(fn)
  return customer.with_account(function(self, call, index)
    local entry, status, problem = behaviour.find(self.data, index,
      call.variables.metadataKey, call.user)
    if not entry then
      return customer.fault(status, problem)
    end
    return 200, fn(entry)
  end)
end

behaviour.get = with_entry(function(entry)
  return { meta = { [entry.key] = entry.value } }
end)

behaviour.details = with_entry(function(entry)
  entry.restricted = nil
  return entry
end)

return behaviour
