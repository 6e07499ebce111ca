--- secrets.lua - Identity's operations whose responses have tokens and keys
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")

local identity = {}

local function secret_of(text)
  return type(text) == "string" and core.secret(text) or nil
end

--- Performs an operation on a path below the session's own token.
local function ask_of_token(session, op, token, rest)
  return session:perform(op, { values = {},
    path = "/tokens/" .. core.url.encode(token:reveal()) .. (rest or "") })
end

--- Runs `endpoints`: returns those of the session's token.
function identity.endpoints(session, op)
  local token, err = session.auth:token()
  if not token then
    return fault.fail(err)
  end
  return ask_of_token(session, op, token, "/endpoints")
end

--- Groups endpoints by service, as the catalog of a log-in does.
local function catalog_of(endpoints)
  local catalog, by_name = {}, {}
  for _, endpoint in ipairs(endpoints) do
    local key = tostring(endpoint.type) .. " " .. tostring(endpoint.name)
    local service = by_name[key]
    if not service then
      service = { name = endpoint.name, type = endpoint.type, endpoints = {} }
      by_name[key] = service
      catalog[#catalog + 1] = service
    end
    table.insert(service.endpoints, endpoint)
  end
  return catalog
end

--- Validates the session's token. Returns the access, with the catalog where
-- the user may read it; or nil, a message and an error.
local function ask(session, token, validate)
  local access, message, err = ask_of_token(session, validate, token)
  if not access then
    return nil, message, err
  end
  local endpoints
  endpoints, message, err = session.identity:endpoints()
  if endpoints then
    access.serviceCatalog = catalog_of(endpoints)
  elseif err.kind ~= "forbidden" and err.kind ~= "not_found" then
    return nil, message, err
  end
  return access
end

--- Returns a member whose prefix may be in upper or lower case: the documents
-- have both.
local function extension(record, name)
  return record["RAX-AUTH:" .. name] or record["rax-auth:" .. name]
end

local function table_of(value)
  return type(value) == "table" and value or {}
end

local function describe(access)
  local user, token = table_of(access.user), table_of(access.token)
  local roles = {}
  for _, role in ipairs(table_of(user.roles)) do
    roles[#roles + 1] = table_of(role).name
  end
  local region = extension(user, "defaultRegion")
  return { user = members.copy(user), roles = roles,
    region = region ~= "" and region or nil,
    tenant = token.tenant, expires = token.expires,
    catalog = access.serviceCatalog,
    impersonator = extension(access, "impersonator") }
end

--- Runs `whoami`: describes the user by the session's log-in or, without one,
-- by the operation `validate`.
function identity.whoami(session, op, validate)
  local token, err = session.auth:token()
  if not token then
    return fault.fail(err)
  end
  local access = session.auth.access
  if not access then
    local _
    access, _, err = ask(session, token, validate)
  end
  if not access then
    return fault.fail(err, op.full_name)
  end
  local user = describe(access)
  session:remember_meta(user, session.metas[access])
  return user
end

local function conceal(credentials)
  return { username = credentials.username,
    apiKey = secret_of(credentials.apiKey),
    password = secret_of(credentials.password) }
end

--- Runs `credentials`. The service wraps each in an object with the name of its
-- kind.
function identity.credentials(session, op, request)
  local found, message, err = session:perform(op, request)
  if not found then
    return nil, message, err
  end
  local list = json.array{}
  for _, wrapped in ipairs(found) do
    for _, credentials in pairs(wrapped) do
      list[#list + 1] = type(credentials) == "table" and
        conceal(credentials) or nil
    end
  end
  session:remember_meta(list, session.metas[found])
  return list
end

function identity.api_key(session, op, request)
  local found, message, err = session:perform(op, request)
  if not found then
    return nil, message, err
  end
  local key = conceal(found)
  session:remember_meta(key, session.metas[found])
  return key
end

--- Returns the token of a response with its expiry, or nil, a message and an
-- error.
local function token_of(session, op, access)
  local token = access.token
  if type(token) ~= "table" or not secret_of(token.id) then
    return fault.fail(fault.new{ kind = "protocol",
      operation = op.full_name, text = "the answer holds no token" })
  end
  local given = { token = secret_of(token.id), expires = token.expires,
    user = access.user }
  session:remember_meta(given, session.metas[access])
  return given
end

--- Runs `setup_mfa`: a log-in by password, limited to that scope.
function identity.setup_mfa(session, op)
  local credentials = session.auth.credentials
  local name, password = credentials.username, credentials.password
  if not (name and password) then
    return fault.fail(fault.new{ kind = "config", operation = op.full_name,
      text = "it takes a username and a password" })
  end
  local access, message, err = session:perform(op, { path = op.path,
    body = core.secret('{"auth":{"RAX-AUTH:scope":"SETUP-MFA",' ..
      '"passwordCredentials":{"username":', assert(json.encode(name)),
      ',"password":', password:quoted(), "}}}"),
    values = {}, secrets = { password } })
  if not access then
    return nil, message, err
  end
  return token_of(session, op, access)
end

--- Runs `impersonate`.
function identity.impersonate(session, op, request)
  local values = request.values
  local body = { user = { username = values.username },
    ["expire-in-seconds"] = values.expire_in_seconds }
  request.body = assert(json.encode{ ["RAX-AUTH:impersonation"] = body })
  local access, message, err = session:perform(op, request)
  if not access then
    return nil, message, err
  end
  return token_of(session, op, access)
end

return identity
