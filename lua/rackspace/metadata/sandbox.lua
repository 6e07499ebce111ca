--- sandbox.lua - the sandbox's metadata
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.customer.sandbox")
local keys = require("rackspace.sandbox.keys")
local openapi = require("rackspace.customer.openapi")
local xml = require("rackspace.customer.xml")

local behaviour = { fault = customer.fault, refuse = customer.refuse,
  write_xml = xml.write, has_suffixes = true }

-- How the XML differs from the JSON (see customer/xml.lua).
behaviour.xml = { list = { root = "metadata" }, get = { root = "meta" },
  entries = { root = "metadata" }, details = { root = "metadataDetail" } }

behaviour.list = customer.with_account(function(sandbox, call, index)
  local map = {}
  for _, entry in ipairs(keys.readable(sandbox.data, index, call.user)) do
    map[entry.key] = entry.value
  end
  return 200, { metadata = map }
end)

behaviour.entries = behaviour.list

--- Returns a handler that returns fn(entry) for the entry that the path names.
local function with_entry(fn)
  return customer.with_account(function(sandbox, call, index)
    local entry, status, problem = keys.find(sandbox.data, index,
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

-- ---- in the OpenAPI dialect ------------------------------------------------

behaviour.openapi = { fault = openapi.fault, refuse = openapi.refuse,
  has_suffixes = true }

behaviour.openapi.list = openapi.with_resource(function(sandbox, call, index)
  return 200, { metadata = openapi.entries_of(sandbox.data, index, call.user) }
end)

behaviour.openapi.entries = behaviour.openapi.list

--- Returns a handler that returns fn(entry) for the entry that the path names.
local function with_open_entry(fn)
  return openapi.with_resource(function(sandbox, call, index)
    local entry, status, problem = keys.find(sandbox.data, index,
      call.variables.metadataKey, call.user)
    if not entry then
      return openapi.fault(status, problem)
    end
    return 200, fn(entry)
  end)
end

behaviour.openapi.get = with_open_entry(openapi.entry_of)

behaviour.openapi.details = with_open_entry(function(entry)
  local details = openapi.entry_of(entry)
  details.createdAt, details.createdBy = entry.createdDate, entry.createdBy
  details.updatedAt = entry.lastUpdatedDate
  details.updatedBy = entry.lastUpdatedBy
  return details
end)

return behaviour
