--- identity.lua - Cloud Identity v2.0: who you are, and your token
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local service = require("rackspace.engine.service")

local function copy_of(value)
  local copy = {}
  for key, field in pairs(type(value) == "table" and value or {}) do
    copy[key] = field
  end
  return copy
end

--- A copy of an answer's access without the token's text.
local function without_token(session, access)
  local copy = copy_of(access)
  copy.token = copy_of(copy.token)
  copy.token.id = nil
  session:remember_meta(copy, session:meta(access))
  return copy
end

local function login(session)
  local secret, err = session.auth:log_in()
  if not secret then
    return fault.fail(err)
  end
  return without_token(session, session.auth.access)
end

--- Validation names the token in its path; the session's own by default.
local function validate(session, op)
  local token, err = session.auth:token()
  if not token then
    return fault.fail(err)
  end
  local access, message
  access, message, err = session:perform(op,
    { path = "/tokens/" .. core.url.encode(token:reveal()), values = {} })
  if not access then
    return nil, message, err
  end
  return without_token(session, access)
end

local function revoke(session, op, request)
  local done, message, err = session:perform(op, request)
  if done then
    session.auth:forget()
  end
  return done, message, err
end

return service.define{
  name = "identity", endpoint = "identity", auth = "token",
  doc = "Who the session's user is, and the token that stands for it.",
  source = "Cloud Identity v2.0 API reference",
  contract = "2.0",
  errors = { 400, 401, 403, 404, 413, 500, 503 },

  types = {
    Access = {
      { "token", "table", "When it expires (`expires`), its `tenant`." },
      { "user", "table", "id, name, roles, default region." },
      { "serviceCatalog", "table", "Endpoints, by service." },
    },
    Tenant = {
      { "id", "string", "The account's id with its service's prefix." },
      { "name", "string", "Its name." },
      { "enabled", "boolean", "Whether it may be used." },
    },
  },

  { "authenticate", "POST /tokens", auth = false, returns = "Access",
    run = login,
    doc = "Logs in with the session's credentials. Calls do so by " ..
      "themselves; this forces it." },

  { "login", "POST /tokens", auth = false, returns = "Access", run = login,
    doc = "Logs in now, by API key, password, or token and tenant, " ..
      "whatever the session was given. Gives the user, the roles, the " ..
      "catalog and the expiry, without the token." },

  { "validate", "GET /tokens/{tokenId}", returns = "Access",
    member = "access", run = validate,
    doc = "Asks the service whether the session's token is good, and " ..
      "whose it is." },

  { "revoke", "DELETE /tokens", run = revoke,
    doc = "Makes the session's token worthless. The next call logs in " ..
      "again." },

  { "tenants", "GET /tenants", items = "tenants", returns = "Tenant",
    doc = "The tenants that the token can reach." },
}
