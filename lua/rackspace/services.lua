--- services.lua - the list of the services
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

local services = {}

-- The modules that define the services, by the services' names. A module
-- returns what service.define() gives; the module below it that is called
-- "sandbox" has the service's behaviour in the sandbox.
services.modules = {
  accounts = "rackspace.accounts",
  contacts = "rackspace.contacts",
  email_customers = "rackspace.email_customers",
  identity = "rackspace.identity",
  metadata = "rackspace.metadata",
  tickets = "rackspace.tickets",
}

--- The names of the services, in alphabetical order.
function services.names()
  return members.keys(services.modules)
end

--- Whether there is a service of this name. Loads nothing.
function services.has(name)
  return services.modules[name] ~= nil
end

--- The definition of a service, or nil when there is none of this name.
function services.definition(name)
  local module = services.modules[name]
  return module and require(module)
end

--- The behaviour of a service in the sandbox.
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

--- The endpoints that the definitions declare, by name.
function services.endpoints()
  local endpoints = {}
  for _, definition in services.each() do
    members.add(endpoints, definition.endpoints)
  end
  return endpoints
end

--- The operation by which a session logs in.
function services.login()
  for _, definition in services.each() do
    if definition.login then
      return definition.by_name[definition.login]
    end
  end
end

return services
