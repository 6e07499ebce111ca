--- identity.lua - how Cloud Identity behaves in the sandbox
-- SPDX-License-Identifier: MIT
local json = require("rackspace.engine.json")
local users = require("rackspace.sandbox.users")

local behaviour = {}

local elements = { [400] = "badRequest", [401] = "unauthorized",
  [403] = "forbidden", [404] = "itemNotFound", [405] = "badMethod",
  [406] = "notAcceptable", [413] = "overLimit", [500] = "identityFault",
  [503] = "serviceUnavailable" }

local parse_problem = "Invalid request body: unable to parse Auth data. " ..
  "Please review XML or JSON formatting"
local wrong_credentials =
  "Unable to authenticate user with credentials provided."

--- A fault in its own element, as { unauthorized = { code =, message = } }.
function behaviour.fault(status, message, element)
  return status, { [element or elements[status]] =
    { code = status, message = message } }
end

function behaviour.refuse()
  return behaviour.fault(401, "No valid token provided. Please use the " ..
    "'X-Auth-Token' header with a valid token.")
end

local function iso(seconds)
  return os.date("!%Y-%m-%dT%H:%M:%S", math.floor(seconds)) ..
    (".%03dZ"):format(math.floor(seconds % 1 * 1000))
end

--- 142 characters of URL-safe base64 that begin with AA, as real ones do.
local function token_id(self)
  local alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  local state = (self.seed * 7919 + self.store.issued * 104729) % 2147483647
  local letters = { "AA" }
  for _ = 1, 140 do
    state = state * 16807 % 2147483647
    if state == 0 then
      state = 1
    end
    local place = state % 64 + 1
    letters[#letters + 1] = alphabet:sub(place, place)
  end
  return table.concat(letters)
end

local function tenant_of(self, user)
  local selection = self.data:select{ user = user.sees }
  local first = selection.count > 0 and selection:at(0)
  return first and self.data:account(first).tenantId
end

--- Lives vary by one in a hundred about the day.
local function issue(self, user, how, tenant)
  self.store.issued = self.store.issued + 1
  local id = token_id(self)
  local life = self.token_seconds * (0.99 + self.store.issued % 21 / 1000)
  self.store.tokens[id] = { user = user.username, how = how,
    tenant = tenant or tenant_of(self, user),
    expires = iso(self:time() + life) }
  self.store:save()
  return id, self.store.tokens[id]
end

local function roles_of(user)
  local roles = {}
  for i, name in ipairs(user.roles) do
    roles[i] = { id = tostring(100 + i), name = name, description = name }
  end
  return roles
end

local function access_of(id, token)
  local user = users.by_name[token.user]
  return {
    token = { id = id, expires = token.expires,
      tenant = token.tenant and { id = token.tenant, name = token.tenant },
      ["RAX-AUTH:authenticatedBy"] = token.how },
    user = { id = user.id, name = user.username, roles = roles_of(user),
      ["RAX-AUTH:defaultRegion"] = "ORD",
      ["RAX-AUTH:multiFactorEnabled"] = user.passcode ~= nil },
  }
end

local function catalog(call, token)
  return json.array{
    { name = "cloudFeeds", type = "rax:feeds", endpoints = {
      { region = "ORD", tenantId = token.tenant,
        publicURL = call.base .. "/" .. (token.tenant or "") } } },
  }
end

local function granted(self, call, user, how, tenant)
  local id, token = issue(self, user, how, tenant)
  local access = access_of(id, token)
  access.serviceCatalog = catalog(call, token)
  return 200, { access = access }, { Vary =
    "Accept, Accept-Encoding, X-Auth-Token" }
end

--- Asks for the second factor: the session's id names the user.
local function challenge(user)
  local _, body = behaviour.fault(401,
    "Additional authentication credentials required.")
  return 401, body, { ["WWW-Authenticate"] =
    ("OS-MF sessionId='sandbox-%s', factor='PASSCODE'"):format(user.id) }
end

local function by_key(self, call, credentials, tenant)
  local user = users.by_name[credentials.username]
  if not user or user.api_key ~= credentials.apiKey then
    return behaviour.fault(401, wrong_credentials)
  elseif user.disabled then
    return behaviour.fault(403, "User is disabled.", "userDisabled")
  end
  return granted(self, call, user, { "APIKEY" }, tenant)
end

local function by_password(self, call, credentials, tenant)
  local user = users.by_name[credentials.username]
  if not user or user.password ~= credentials.password then
    return behaviour.fault(401, wrong_credentials)
  elseif user.disabled then
    return behaviour.fault(403, "User is disabled.", "userDisabled")
  elseif user.passcode then
    return challenge(user)
  end
  return granted(self, call, user, { "PASSWORD" }, tenant)
end

local function by_passcode(self, call, credentials)
  local id = (call.headers["x-sessionid"] or ""):match("^sandbox%-(%d+)$")
  for _, user in ipairs(users.list) do
    if user.id == id and user.passcode == credentials.passcode then
      return granted(self, call, user, { "PASSCODE", "PASSWORD" })
    end
  end
  return behaviour.fault(401, wrong_credentials)
end

local function by_token(self, call, credentials, tenant)
  local token = self:find_token(credentials.id)
  if not token then
    return behaviour.fault(404, "Token not found.")
  elseif not tenant then
    return behaviour.fault(400, parse_problem)
  end
  local user = users.by_name[token.user]
  if tenant ~= tenant_of(self, user) then
    return behaviour.fault(401, ("Token doesn't belong to Tenant with " ..
      "Id/Name: '%s'"):format(tenant))
  end
  return granted(self, call, user, token.how, tenant)
end

local ways = {
  ["RAX-KSKEY:apiKeyCredentials"] = by_key,
  passwordCredentials = by_password,
  ["RAX-AUTH:passcodeCredentials"] = by_passcode,
  token = by_token,
}

function behaviour.authenticate(self, call)
  local auth = type(call.body_value) == "table" and call.body_value.auth
  for name, way in pairs(ways) do
    local credentials = type(auth) == "table" and auth[name]
    if type(credentials) == "table" then
      local id = auth.tenantId or credentials.tenantId
      local tenant_name = auth.tenantName or credentials.tenantName
      if id and tenant_name then
        return behaviour.fault(400, parse_problem)
      end
      return way(self, call, credentials, id or tenant_name)
    end
  end
  return behaviour.fault(400, parse_problem)
end

function behaviour.validate(self, call)
  local token = self:find_token(call.variables.tokenId)
  if not token then
    return behaviour.fault(404, "Token not found.")
  end
  return 200, { access = access_of(call.variables.tokenId, token) }
end

function behaviour.revoke(self, call)
  self.store.tokens[call.headers["x-auth-token"]] = nil
  self.store:save()
  return 204
end

function behaviour.tenants(self, call)
  local selection = self.data:select{ user = call.user.sees }
  local tenants = json.array{}
  for k = 0, math.min(selection.count, 100) - 1 do
    local account = self.data:account(selection:at(k))
    tenants[k + 1] = { id = account.tenantId, name = account.tenantId,
      ["display-name"] = account.name, enabled = true }
  end
  return 200, { tenants = tenants }
end

return behaviour
