--- operations.lua - what only clients of others ask of Identity
-- SPDX-License-Identifier: MIT
local service = require("rackspace.session.service")

local token = { "tokenId", "id", "A token." }
local user = { "userId", "id", "A user's id." }

return service.define{
  name = "identity", endpoint = "identity", auth = "token",
  { "revoke_other", "DELETE /tokens/{tokenId}", args = { token } },
  { "user_roles", "GET /users/{userId}/roles", args = { user },
    items = "roles", query = { { "serviceId", "string", "Of a service." } } },
  { "user_assignments", "GET /users/{userId}/RAX-AUTH/roles",
    args = { user }, member = "RAX-AUTH:roleAssignments",
    query = { { "onTenantId", "string", "On a tenant." } } },
  { "tenant_roles", "GET /tenants/{tenantId}/users/{userId}/roles",
    args = { { "tenantId", "id", "A tenant's id." }, user },
    items = "roles" },
  { "tenant", "GET /tenants/{tenantId}", member = "tenant",
    args = { { "tenantId", "id", "A tenant's id." } } },
  { "roles", "GET /OS-KSADM/roles", items = "roles" },
  { "role", "GET /OS-KSADM/roles/{roleId}", member = "role",
    args = { { "roleId", "id", "A role's id." } } },
  { "extensions", "GET /extensions", auth = false, items = "extensions" },
  { "extension", "GET /extensions/{alias}", auth = false,
    args = { { "alias", "id", "An extension's alias." } },
    member = "extension" },
}
