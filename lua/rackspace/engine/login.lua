--- login.lua - what a log-in sends, by the credentials at hand
-- SPDX-License-Identifier: MIT
local json = require("rackspace.engine.json")

local login = {}

local function quoted(value)
  return type(value) == "string" and json.encode(value) or value:quoted()
end

--- What goes into the body's "auth". It is built of text and secrets, so that
-- it is a secret itself.
local function credentials_text(credentials)
  local name = credentials.username and quoted(credentials.username)
  if credentials.api_key then
    return '"RAX-KSKEY:apiKeyCredentials":{"username":' .. name ..
      ',"apiKey":' .. quoted(credentials.api_key) .. "}"
  elseif credentials.password then
    return '"passwordCredentials":{"username":' .. name ..
      ',"password":' .. quoted(credentials.password) .. "}"
  elseif credentials.token then
    return '"token":{"id":' .. quoted(credentials.token) .. "}"
  end
end

--- Whether there is what a log-in takes.
function login.has_credentials(credentials)
  return credentials.token ~= nil or credentials.username ~= nil and
    (credentials.api_key ~= nil or credentials.password ~= nil)
end

--- A token alone cannot be renewed, only used.
function login.is_only_token(credentials)
  return credentials.token ~= nil and not credentials.api_key and
    not credentials.password and not credentials.tenant
end

--- The body of a log-in.
function login.body(credentials)
  local tenant = credentials.tenant and
    ',"tenantId":' .. quoted(tostring(credentials.tenant)) or ""
  return '{"auth":{' .. credentials_text(credentials) .. tenant .. "}}"
end

--- The body as it may be shown.
function login.shown_body(credentials)
  local names = {}
  for _, name in ipairs{ "username", "api_key", "password", "token",
    "tenant" } do
    names[name] = credentials[name] and "$RACKSPACE_" .. name:upper()
  end
  return login.body(names)
end

--- The body of its second step, where it has one. `passcode` is a secret.
function login.passcode_body(passcode)
  return '{"auth":{"RAX-AUTH:passcodeCredentials":{"passcode":' ..
    quoted(passcode) .. "}}}"
end

--- What must not show in what the service says of it.
function login.secrets(credentials)
  local secrets = {}
  for _, name in ipairs{ "api_key", "password", "token" } do
    secrets[#secrets + 1] = credentials[name]
  end
  return secrets
end

return login
