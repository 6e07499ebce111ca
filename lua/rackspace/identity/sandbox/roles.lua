--- roles.lua - the handlers of roles, tenants and extensions
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")

local most_tenants = 1000

local extensions = json.array{
  { name = "Rackspace API Key Authentication", alias = "RAX-KSKEY",
    namespace = "http://docs.rackspace.com/identity/api/ext/RAX-KSKEY/v1.0",
    updated = "2011-07-13T13:25:27-06:00", links = json.array{},
    description = "Log-ins by API key, and their credentials." },
  { name = "Rackspace Multi-Factor Authentication", alias = "RAX-AUTH",
    namespace = "http://docs.rackspace.com/identity/api/ext/RAX-AUTH/v1.0",
    updated = "2012-01-21T11:33:21-06:00", links = json.array{},
    description = "Multi-factor authentication and impersonation." },
  { name = "OpenStack Keystone Admin", alias = "OS-KSADM",
    namespace = "http://docs.openstack.org/identity/api/ext/OS-KSADM/v1.0",
    updated = "2011-08-19T13:25:27-06:00", links = json.array{},
    description = "Credentials and roles of users." },
}

--- Returns the ids of the tenants that a user may see, bounded.
local function tenants_of(sandbox, user)
  local selection = sandbox.data:select{ user = user.sees }
  local ids = json.array{}
  for k = 0, math.min(selection.count, most_tenants) - 1 do
    ids[k + 1] = sandbox.data:account(selection:at(k)).tenantId
  end
  return ids
end

--- Returns a user's roles in the format of role assignments: all of them hold
-- for the tenants of its domain.
local function assignments_of(user, tenants)
  local list = json.array{}
  for i, role in ipairs(users.roles_of(user)) do
    list[i] = { onRole = role.id, onRoleName = role.name, forTenants = tenants,
      sources = json.array{ { sourceType = "USER", sourceId = user.id,
        assignmentType = "DOMAIN", forTenants = tenants } } }
  end
  return { tenantAssignments = list }
end

local function find(list, field, value)
  for _, one in ipairs(list) do
    if one[field] == value then
      return one
    end
  end
end

--- Adds the handlers to the behaviour of Identity.
-- @param with_user function(fn), which returns a handler that calls
--   fn(sandbox, call, user) with the user of the path
local function add(behaviour, with_user)
  behaviour.user_roles = with_user(function(_, call, user)
    local wanted, list = call.query.serviceId, json.array{}
    for _, role in ipairs(users.roles_of(user, true)) do
      if not wanted or role.serviceId == wanted then
        list[#list + 1] = role
      end
    end
    return 200, { roles = list }
  end)

  behaviour.user_assignments = with_user(function(sandbox, call, user)
    local tenant = call.query.onTenantId
    local tenants = tenants_of(sandbox, user)
    if tenant then
      tenants = json.array(tokens.has_tenant(sandbox, user, tenant) and
        { tenant } or {})
    end
    return 200, { ["RAX-AUTH:roleAssignments"] =
      tenant and #tenants == 0 and { tenantAssignments = json.array{} } or
      assignments_of(user, tenants) }
  end)

  behaviour.tenant_roles = with_user(function(sandbox, call, user)
    if not tokens.has_tenant(sandbox, user, call.variables.tenantId) then
      return behaviour.fault(404, "Tenant not found.")
    end
    return 200, { roles = users.roles_of(user, true) }
  end)

  function behaviour.roles()
    return 200, { roles = users.roles(true) }
  end

  function behaviour.role(_, call)
    local role = find(users.roles(true), "id", call.variables.roleId)
    if not role then
      return behaviour.fault(404, "Role not found.")
    end
    return 200, { role = role }
  end

  function behaviour.extensions()
    return 200, { extensions = extensions, extensions_links = json.array{} }
  end

  function behaviour.extension(_, call)
    local extension = find(extensions, "alias", call.variables.alias)
    if not extension then
      return behaviour.fault(404, "Extension not found.")
    end
    return 200, { extension = extension }
  end
end

return add
