--- init.lua - Cloud Identity v2.0: users, tokens and credentials
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local identity = require("rackspace.identity.secrets")
local fault = require("rackspace.base.fault")
local members = require("rackspace.base.members")
local service = require("rackspace.session.service")

local function copy_of(value)
  return members.copy(type(value) == "table" and value or nil)
end

--- Returns a copy of an access without the token's text.
local function without_token(session, access)
  local copy = copy_of(access)
  copy.token = copy_of(copy.token)
  copy.token.id = nil
  session:remember_meta(copy, session.metas[access])
  return copy
end

local function login(session, op)
  local secret, err = session.auth:log_in()
  if not secret then
    return fault.fail(err, op.full_name)
  end
  return without_token(session, session.auth.access)
end

--- Runs `passcode`: completes a log-in that requested a second factor.
local function passcode(session, op, _, code)
  local secret, err = session.auth:complete(code)
  if not secret then
    return fault.fail(err, op.full_name)
  end
  return without_token(session, session.auth.access)
end

--- Runs `validate` on the session's own token, which the path names.
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

-- The statuses that the reference lists for one operation; those that it lists
-- for all are below.
local login_errors = { 400, 401, 403, 404, 500 }
local token_errors = { 400, 401, 403, 404, 405, 413, 503 }

-- The message of a log-in whose user must set up a second factor first.
local advice = { ["User must setup multi-factor"] =
  "rs.identity:setup_mfa gives a token to do that with" }

local uk_url = "https://lon.identity.api.rackspacecloud.com/v2.0"

local user = { "userId", "id", record = "id",
  "The user's id, or the user's record." }

local definition

local function whoami(session, op)
  return identity.whoami(session, op, definition.by_name.validate)
end

definition = service.define{
  name = "identity", endpoint = "identity", auth = "token", login = "login",
  endpoints = {
    identity = { url = "https://identity.api.rackspacecloud.com/v2.0",
      by_region = { UK = uk_url, LON = uk_url }, alias = "auth_url" },
  },
  doc = "Who the session's user is, and the token that stands for it.",
  source = "Cloud Identity v2.0 API reference",
  contract = "2.0",
  errors = { 400, 401, 403, 404, 405, 413, 500, 503 },

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
    User = {
      { "id", "string", "The user's id." },
      { "username", "string", "The name to log in by." },
      { "email", "string", "Where it gets mail." },
      { "enabled", "boolean", "Whether it may log in." },
      { "created", "string", "When it was made, in ISO 8601." },
      { "RAX-AUTH:defaultRegion", "string", "Where it works by default." },
      { "RAX-AUTH:domainId", "string", "The Identity domain it is in." },
      { "RAX-AUTH:multiFactorEnabled", "boolean",
        "Whether its log-ins by password ask for one more factor." },
      { "RAX-AUTH:multiFactorState", "string", "How that stands.",
        known = { "ACTIVE", "LOCKED" } },
    },
    Credentials = {
      { "username", "string", "The name to log in by." },
      { "apiKey", "secret", "The API key, where it is one." },
      { "password", "secret", "The password, where it is one." },
    },
    Endpoint = {
      { "id", "integer", "Its number." },
      { "name", "string", "The service's name." },
      { "type", "string", "The service's type." },
      { "region", "string", "Where it is; regionless services have none." },
      { "tenantId", "string", "The tenant it is for." },
      { "publicURL", "string", "Its address." },
      { "internalURL", "string", "Its address within the data center." },
    },
    Impersonation = {
      { "token", "secret", "The token of the impersonated user." },
      { "expires", "string", "When it ends, in ISO 8601." },
    },
    SetupToken = {
      { "token", "secret", "The token, for set-up calls only." },
      { "expires", "string", "When it ends, in ISO 8601." },
      { "user", "table", "The user: id, name and more." },
    },
    Self = {
      { "user", "table", "The user: id, name and more." },
      { "roles", "table", "The names of its roles." },
      { "region", "string", "Its default region." },
      { "tenant", "table", "The tenant of the token: id and name." },
      { "expires", "string", "When the token ends, in ISO 8601." },
      { "catalog", "table", "The services, each with its endpoints." },
      { "impersonator", "table", "Who acts as the user, if anyone does." },
    },
  },

  { "authenticate", "POST /tokens", auth = false, returns = "Access",
    run = login, errors = login_errors, writes = false,
    doc = "Logs in with the session's credentials. Calls do so by " ..
      "themselves; this forces it." },

  { "login", "POST /tokens", auth = false, returns = "Access", run = login,
    errors = login_errors, advice = advice, writes = false,
    doc = "Logs in now, by API key, password, or token and tenant, " ..
      "whatever the session was given. Gives the user, the roles, the " ..
      "catalog and the expiry, without the token." },

  { "validate", "GET /tokens/{tokenId}", returns = "Access",
    member = "access", run = validate, errors = token_errors,
    doc = "Asks the service whether the session's token is good, and " ..
      "whose it is." },

  { "revoke", "DELETE /tokens", run = revoke, errors = token_errors,
    done = "revoked the session's token",
    doc = "Makes the session's token worthless. The next call logs in " ..
      "again." },

  { "tenants", "GET /tenants", items = "tenants", returns = "Tenant",
    errors = token_errors,
    doc = "The tenants that the token can reach." },

  { "passcode", "POST /tokens", auth = false, returns = "Access",
    args = { { "code", "secret", "The code that the user was sent." } },
    run = passcode, errors = { 401, 403, 500 }, writes = false,
    doc = "Completes a log-in that asked for one more factor: one whose " ..
      "error had a `challenge`. The setting `passcode` answers by itself.",
    example = 'rs.identity:passcode(io.read())' },

  { "setup_mfa", "POST /tokens", auth = false, member = "access",
    returns = "SetupToken", run = identity.setup_mfa,
    errors = login_errors, writes = false,
    doc = "A token for setting up multi-factor, and for nothing else: what " ..
      "a user needs whose log-in by password says that this must be done " ..
      "first. It is a secret, for a session of its own; this one stays as " ..
      "it is.",
    example = 'local token = assert(rs.identity:setup_mfa()).token' },

  { "whoami", "GET /tokens/{tokenId}", returns = "Self", run = whoami,
    errors = token_errors,
    doc = "The user, its roles, region and tenant, the token's expiry and " ..
      "the catalog. Never the token. Asks the service only when no log-in " ..
      "has told it.",
    example = 'print(rs.identity:whoami().user.name)' },

  { "endpoints", "GET /tokens/{tokenId}/endpoints", items = "endpoints",
    returns = "Endpoint", run = identity.endpoints,
    errors = { 401, 403, 404, 405, 406, 413, 503 },
    doc = "The endpoints that the session's token can be used at." },

  { "users", "GET /users", items = "users", returns = "User",
    query = {
      { "email", "string", personal = true, record = "email",
        "Only users of this address." },
    },
    doc = "The users that the session's user may see." },

  { "user", "GET /users", member = "user", returns = "User",
    query = {
      { "name", "string", required = true, personal = true,
        record = { "username", "name" }, "The user's whole name." },
    },
    doc = "The user of a name.",
    example = 'local user = assert(rs.identity:user{ name = "demo" })' },

  { "user_by_id", "GET /users/{userId}", member = "user", returns = "User",
    args = { user }, doc = "The user of an id." },

  { "credentials", "GET /users/{userId}/OS-KSADM/credentials",
    args = { user }, items = "credentials", returns = "Credentials",
    run = identity.credentials,
    doc = "What a user can log in with. Keys are secrets: " ..
      "list[1].apiKey:reveal() is the text." },

  { "api_key",
    "GET /users/{userId}/OS-KSADM/credentials/RAX-KSKEY:apiKeyCredentials",
    args = { user }, member = "RAX-KSKEY:apiKeyCredentials",
    returns = "Credentials", run = identity.api_key,
    doc = "A user's API key, as a secret." },

  { "impersonate", "POST /RAX-AUTH/impersonation-tokens",
    role = "a Racker or an administrator of Identity",
    body = {
      { "username", "string", required = true, personal = true,
        record = { "username", "name" }, "Whom to act as." },
      { "expire_in_seconds", "integer", min = 1, wire = "expire-in-seconds",
        "How long; the service's samples have 10800." },
    },
    member = "access", returns = "Impersonation", run = identity.impersonate,
    done = "made a token to act as another user",
    doc = "A token to act as another user: a secret, for a session of its " ..
      "own, which can't log in again.",
    example = 'local other = rackspace.new{ token = ' ..
      'rs.identity:impersonate{ username = "second" }.token }' },
}

return definition
