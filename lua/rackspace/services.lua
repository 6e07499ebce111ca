--- services.lua - the list of the services
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

local services = {}

-- The modules of the services, by name. A module returns the definition, as
-- service.define() returns it. Its submodule `sandbox` returns the service's
-- behaviour in the sandbox.
services.modules = {
  accounts = "rackspace.accounts",
  contacts = "rackspace.contacts",
  email_customers = "rackspace.email_customers",
  identity = "rackspace.identity",
  metadata = "rackspace.metadata",
  tickets = "rackspace.tickets",
}

--- Returns the names of the services, in alphabetical order.
function services.names()
  return members.keys(services.modules)
end

--- Whether there is a service of this name. Does not load its module.
function services.has(name)
  return services.modules[name] ~= nil
end

--- Returns the definition of a service, or nil when there is no such service.
function services.definition(name)
  local module = services.modules[name]
  return module and require(module)
end

--- Returns the behaviour of a service in the sandbox.
function services.behaviour(name)
  return require(services.modules[name] .. ".sandbox")
end

--- Returns an iterator over the services in alphabetical order: the name and
-- the definition of each.
function services.each()
  local names, i = services.names(), 0
  return function()
    i = i + 1
    return names[i], services.definition(names[i])
  end
end

--- Calls fn(op, definition) for the operations of all services, in order.
function services.each_operation(fn)
  for _, definition in services.each() do
    for _, op in ipairs(definition.operations) do
      fn(op, definition)
    end
  end
end

--- Returns the endpoints that the definitions declare, by name.
function services.endpoints()
  local endpoints = {}
  for _, definition in services.each() do
    members.add(endpoints, definition.hosts)
  end
  return endpoints
end

--- Returns the operation that logs a session in.
function services.login()
  for _, definition in services.each() do
    if definition.login_row then
      return definition.by_name[definition.login_row]
    end
  end
end

return services
