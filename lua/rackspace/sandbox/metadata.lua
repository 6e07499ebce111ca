--- metadata.lua - how the Customer Service's metadata behaves in the sandbox
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.sandbox.customer")
local keys = require("rackspace.sandbox.keys")

local behaviour = { fault = customer.fault, refuse = customer.refuse }

--- How its XML differs from its JSON.
behaviour.xml = { list = { root = "metadata" }, get = { root = "meta" },
  entries = { root = "metadata" }, details = { root = "metadataDetail" } }

behaviour.list = customer.with_account(function(self, _, index)
  local map = {}
  for _, entry in ipairs(self.data:metadata(index)) do
    if not entry.restricted then
      map[entry.key] = entry.value
    end
  end
  return 200, { metadata = map }
end)

behaviour.entries = behaviour.list

--- The entry of a key; or nil, a status and why there is none to see.
function behaviour.find(self, index, key)
  local namespace = keys.restricted(key)
  if namespace then
    return nil, 403, ("the metadata namespace '%s' is restricted: it can be " ..
      "read by Rackspace only"):format(namespace)
  end
  for _, entry in ipairs(self.data:metadata(index)) do
    if entry.key == key then
      return entry
    end
  end
  return nil, 404, "Metadata not found"
end

--- Calls fn with the entry that the path's key names.
local function with_entry(fn)
  return customer.with_account(function(self, call, index)
    local entry, status, problem = behaviour.find(self, index,
      call.variables.metadataKey)
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
  return entry
end)

return behaviour
