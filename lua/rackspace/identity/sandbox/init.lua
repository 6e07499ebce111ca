--- init.lua - the sandbox's Cloud Identity
-- SPDX-License-Identifier: MIT
local add_users = require("rackspace.identity.sandbox.people")
local catalog = require("rackspace.identity.sandbox.catalog")
local json = require("rackspace.base.json")
local operations = require("rackspace.identity.sandbox.operations")
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")
local versions = require("rackspace.identity.sandbox.versions")
local visible = require("rackspace.identity.sandbox.users")

local behaviour = { has_suffixes = true, may_end_in_slash = true,
  json_type = "application/vnd.openstack.identity+json" }

local most_tenants = 1000

local elements = { [400] = "badRequest", [401] = "unauthorized",
  [403] = "forbidden", [404] = "itemNotFound", [405] = "badMethod",
  [406] = "notAcceptable", [413] = "overLimit", [415] = "badMediaType",
  [500] = "identityFault", [503] = "serviceUnavailable" }

local parse_problem = "Invalid request body: unable to parse Auth data. " ..
  "Please review XML or JSON formatting"
local wrong_credentials =
  "Unable to authenticate user with credentials provided."

--- Returns a fault with its own member, { unauthorized = { code =, message = }
-- }.
function behaviour.fault(status, message, element)
  return status, { [element or elements[status] or "identityFault"] =
    { code = status, message = message } }
end

--- Returns the refusal of a user who lacks a role.
function behaviour.forbid(role)
  return behaviour.fault(403, "Not Authorized: this takes the role " .. role)
end

function behaviour.refuse()
  return behaviour.fault(401, "No valid token provided. Please use the " ..
    "'X-Auth-Token' header with a valid token.")
end

local function granted(sandbox, call, user, how, tenant)
  if tenant and not tokens.has_tenant(sandbox, user, tenant) then
    return behaviour.fault(401, ("Tenant with Name/Id: '%s' is not valid " ..
      "for User '%s' (id: '%s')"):format(tenant, user.username, user.id))
  end
  local id, token = tokens.issue(sandbox, user, how, tenant)
  local access = tokens.access(id, token)
  access.serviceCatalog = call.query.include_endpoints ~= "false" and
    catalog.services(call.base, token.tenant or "") or json.array{}
  return 200, { access = access }, { Vary =
    "Accept, Accept-Encoding, X-Auth-Token" }
end

--- Returns the response that requests the second factor.
local function challenge(sandbox, user)
  local _, body = behaviour.fault(401,
    "Additional authentication credentials required.")
  return 401, body, { ["WWW-Authenticate"] =
    ("OS-MF sessionId='%s', factor='PASSCODE'"):format(
      tokens.challenge(sandbox, user)) }
end

local function by_key(sandbox, call, credentials, tenant)
  local user = users.by_name[credentials.username]
  if not user or user.api_key ~= credentials.apiKey then
    return behaviour.fault(401, wrong_credentials)
  elseif user.disabled then
    return behaviour.fault(403, "User is disabled.", "userDisabled")
  end
  return granted(sandbox, call, user, { "APIKEY" }, tenant)
end

--- Returns the response with a token to set up the second factor, which has no
-- catalog.
local function granted_setup(sandbox, user)
  return 200, { access = tokens.access(tokens.issue_for_setup(sandbox, user)) },
    { Vary = "Accept, Accept-Encoding, X-Auth-Token" }
end

local function by_password(sandbox, call, credentials, tenant, scope)
  local user = users.by_name[credentials.username]
  if not user or user.password ~= credentials.password then
    return behaviour.fault(401, wrong_credentials)
  elseif user.disabled then
    return behaviour.fault(403, "User is disabled.", "userDisabled")
  elseif user.passcode then
    return challenge(sandbox, user)
  elseif scope then
    return granted_setup(sandbox, user)
  elseif user.must_set_up then
    return behaviour.fault(403, "User must setup multi-factor")
  end
  return granted(sandbox, call, user, { "PASSWORD" }, tenant)
end

local function by_passcode(sandbox, call, credentials)
  local user = tokens.answer(sandbox, call.headers["x-sessionid"],
    credentials.passcode)
  if not user then
    return behaviour.fault(401, wrong_credentials)
  end
  return granted(sandbox, call, user, { "PASSCODE", "PASSWORD" })
end

local function by_token(sandbox, call, credentials, tenant)
  local token = sandbox:find_token(credentials.id)
  if not token then
    return behaviour.fault(404, "Token not found.")
  elseif not tenant then
    return behaviour.fault(400, parse_problem)
  end
  local user = users.by_name[token.user]
  if not tokens.has_tenant(sandbox, user, tenant) then
    return behaviour.fault(401, ("Token doesn't belong to Tenant with " ..
      "Id/Name: '%s'"):format(tenant))
  end
  return granted(sandbox, call, user, token.how, tenant)
end

-- The kinds of credentials in "auth": the function that logs in by them, the
-- members that they need, and the scope that is allowed.
local kinds = {
  { name = "RAX-KSKEY:apiKeyCredentials", log_in = by_key,
    members = { "username", "apiKey" } },
  { name = "passwordCredentials", log_in = by_password, scope = "SETUP-MFA",
    members = { "username", "password" } },
  { name = "RAX-AUTH:passcodeCredentials", log_in = by_passcode,
    members = { "passcode" } },
  { name = "token", log_in = by_token, members = { "id" } },
}

local function has_members(credentials, names)
  for _, name in ipairs(names) do
    if type(credentials[name]) ~= "string" then
      return false
    end
  end
  return true
end

--- Returns the kind of the credentials in "auth", and the credentials; nil when
-- there are none or several.
local function kind_of(auth)
  local found
  for _, kind in ipairs(kinds) do
    if auth[kind.name] ~= nil then
      if found or type(auth[kind.name]) ~= "table" or
          not has_members(auth[kind.name], kind.members) then
        return nil
      end
      found = kind
    end
  end
  return found, found and auth[found.name]
end

--- Reads the tenant, which may be given once, in "auth" or in the credentials,
-- by id or by name. Returns whether that is so, and the tenant or nil.
local function read_tenant(auth, credentials)
  local given = {}
  for _, from in ipairs{ auth, credentials } do
    for _, name in ipairs{ "tenantId", "tenantName" } do
      given[#given + 1] = from[name]
    end
  end
  local kind = type(given[1])
  return #given <= 1 and (kind == "nil" or kind == "string" or
    kind == "number"), given[1] and tostring(given[1])
end

function behaviour.authenticate(sandbox, call)
  local auth = type(call.body_value) == "table" and call.body_value.auth
  local kind, credentials
  if type(auth) == "table" then
    kind, credentials = kind_of(auth)
  end
  local is_good, tenant
  if kind then
    is_good, tenant = read_tenant(auth, credentials)
  end
  local scope = is_good and auth["RAX-AUTH:scope"]
  if not is_good or scope and scope ~= kind.scope then
    return behaviour.fault(400, parse_problem)
  end
  return kind.log_in(sandbox, call, credentials, tenant, scope)
end

--- Returns a handler that calls fn(sandbox, call, id, token) with the token of
-- the path: users may see their own, administrators those of the users that
-- they may see.
local function with_token(fn)
  return function(sandbox, call)
    local id = call.variables.tokenId
    local token = sandbox:find_token(id)
    if not token then
      return behaviour.fault(404, "Token not found.")
    end
    local owner = users.by_name[token.user]
    if not visible.may_see(call.user, owner) then
      return behaviour.forbid(visible.role_to_see(owner))
    end
    return fn(sandbox, call, id, token)
  end
end

behaviour.validate = with_token(function(sandbox, call, id, token)
  local tenant = call.query.belongsTo
  if tenant and not tokens.has_tenant(sandbox, users.by_name[token.user],
      tenant) then
    return behaviour.fault(404, ("Token doesn't belong to Tenant with " ..
      "Id/Name: '%s'"):format(tenant))
  end
  return 200, { access = tokens.access(id, token, true) }
end)

behaviour.revoke_other = with_token(function(sandbox, _, id)
  sandbox.store:set({ "tokens", id }, nil)
  return 204
end)

function behaviour.revoke(sandbox, call)
  sandbox.store:set({ "tokens", call.headers["x-auth-token"] }, nil)
  return 204
end

local function tenant_of(account)
  return { id = account.tenantId, name = account.tenantId,
    ["display-name"] = account.name, enabled = true }
end

-- The list has no pages, so its length is bounded.
function behaviour.tenants(sandbox, call)
  local selection = sandbox.data:select{ user = call.user.sees }
  local tenants = json.array{}
  for k = 0, math.min(selection.count, most_tenants) - 1 do
    tenants[k + 1] = tenant_of(sandbox.data:account(selection:at(k)))
  end
  return 200, { tenants = tenants }
end

function behaviour.tenant(sandbox, call)
  local id = call.variables.tenantId
  if not tokens.has_tenant(sandbox, call.user, id) then
    return behaviour.fault(404, "Tenant not found.")
  end
  return 200, { tenant =
    tenant_of(sandbox.data:account(sandbox.data:find_tenant(id))) }
end

behaviour.endpoints = with_token(function(_, call, _, token)
  return 200, { endpoints = catalog.endpoints(call.base, token.tenant or ""),
    endpoints_links = json.array{} }
end)

behaviour.operations = operations.operations
behaviour.hosts = { versions.host(behaviour.fault) }

add_users(behaviour)

return behaviour
