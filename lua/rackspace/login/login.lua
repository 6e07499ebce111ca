--- login.lua - builds the bodies of a log-in from credentials
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local login = {}

local function quoted(value)
  return type(value) == "string" and json.text(value) or value:quoted()
end

--- Returns the credentials as members of the body's "auth", a secret.
local function credentials_text(credentials)
  local name = credentials.username and quoted(credentials.username)
  if credentials.api_key then
    return core.secret('"RAX-KSKEY:apiKeyCredentials":{"username":', name,
      ',"apiKey":', quoted(credentials.api_key), "}")
  elseif credentials.password then
    return core.secret('"passwordCredentials":{"username":', name,
      ',"password":', quoted(credentials.password), "}")
  elseif credentials.token then
    return core.secret('"token":{"id":', quoted(credentials.token), "}")
  end
end

--- Whether credentials suffice for a log-in or have a token.
function login.has_credentials(credentials)
  return credentials.token ~= nil or credentials.username ~= nil and
    (credentials.api_key ~= nil or credentials.password ~= nil)
end

--- Whether credentials are a token only, which can be used but not renewed.
function login.is_only_token(credentials)
  return credentials.token ~= nil and not credentials.api_key and
    not credentials.password and not credentials.tenant
end

--- Returns the body of a log-in, a secret.
function login.body(credentials)
  local tenant = credentials.tenant and
    ',"tenantId":' .. quoted(tostring(credentials.tenant)) or ""
  return core.secret('{"auth":{', credentials_text(credentials), tenant, "}}")
end

--- Returns the body of a log-in with names of variables instead of values, as
-- dry runs and logs show it.
function login.shown_body(credentials)
  local names = {}
  for _, name in ipairs{ "username", "api_key", "password", "token",
    "tenant" } do
    names[name] = credentials[name] and "$RACKSPACE_" .. ascii.upper(name)
  end
  return login.body(names):reveal()
end

--- Returns the body that answers a passcode challenge, a secret. `passcode` is
-- a string or a secret.
function login.passcode_body(passcode)
  return core.secret('{"auth":{"RAX-AUTH:passcodeCredentials":{"passcode":',
    quoted(passcode), "}}}")
end

--- Returns the list of secrets that must not appear in messages about a log-in.
function login.secrets(credentials)
  local secrets = {}
  for _, name in ipairs{ "api_key", "password", "token" } do
    secrets[#secrets + 1] = credentials[name]
  end
  return secrets
end

return login
