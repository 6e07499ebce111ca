--- auth.lua - the token that a session's calls carry, got and kept fresh
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")

local auth_methods = {}
local auth_mt = { __name = "rackspace.auth", __index = auth_methods }

-- A token is replaced when it has less than this to live.
local refresh_seconds = 600

local function quoted(value)
  return type(value) == "string" and json.encode(value) or value:quoted()
end

--- What goes into the body's "auth", by the credentials at hand. It is built
-- of text and secrets, so that it is a secret itself.
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

local function login_body(credentials)
  local tenant = credentials.tenant and
    ',"tenantId":' .. quoted(tostring(credentials.tenant)) or ""
  return '{"auth":{' .. credentials_text(credentials) .. tenant .. "}}"
end

local function passcode_body(passcode)
  return '{"auth":{"RAX-AUTH:passcodeCredentials":{"passcode":' ..
    quoted(core.secret(passcode)) .. "}}}"
end

--- Keeps what a log-in gave; the token's text stays in no table.
local function accept(self, answer)
  local access = answer.access
  local token = type(access) == "table" and access.token
  if type(token) ~= "table" or type(token.id) ~= "string" then
    return nil, fault.new{ kind = "protocol", operation = "identity.login",
      text = "the answer holds no token" }
  end
  self.secret = core.secret(token.id)
  token.id = nil
  self.expires = core.time(token.expires or "") or math.huge
  self.access = access
  return self.secret
end

local function post(self, body, headers)
  local op = self.session.identity_operations.authenticate
  local answer, _, err = self.session:request(op,
    { path = op.path, body = body, headers = headers, values = {} })
  if not err then
    return accept(self, answer)
  end
  err.operation = "identity.login"
  return nil, err
end

--- Answers a multi-factor challenge with a passcode.
function auth_methods:answer(challenge, passcode)
  return post(self, passcode_body(passcode),
    { ["X-SessionId"] = challenge.session })
end

local function log_in(self)
  local credentials = self.credentials
  local secret, err = post(self, login_body(credentials))
  local challenge = err and err.challenge
  if not challenge then
    return secret, err
  end
  self.challenge = challenge
  if self.passcode then
    return self:answer(challenge, self.passcode(challenge.factor))
  end
  err.message = err.message ..
    "; set `passcode` to a function that returns the user's code"
  return nil, err
end

--- Whether there are credentials to log in with.
function auth_methods:has_credentials()
  local credentials = self.credentials
  return credentials.token ~= nil or credentials.username ~= nil and
    (credentials.api_key ~= nil or credentials.password ~= nil)
end

local function config_error(text)
  return fault.new{ kind = "config", operation = "identity.login",
    text = text }
end

--- A token alone cannot be renewed, only used.
local function only_token(self)
  local credentials = self.credentials
  return credentials.token and not credentials.api_key and
    not credentials.password and not credentials.tenant
end

--- A log-in, one at a time: who comes while it runs waits for the same.
function auth_methods:log_in()
  if not self:has_credentials() then
    return nil, config_error("there are no credentials of an Identity " ..
      "user (username and api_key)")
  elseif only_token(self) then
    return nil, config_error("the token was refused, and without an " ..
      "api_key there is no other")
  end
  if not self.running or self.running.done then
    self:forget()
    self.running = self.session.tasks:spawn(log_in, self)
  end
  return self.session.tasks:join(self.running)
end

--- The token to send: a secret, or nil and an error.
function auth_methods:token()
  if only_token(self) and not self.rejected then
    return self.credentials.token
  end
  local left = self.expires - self.session:time()
  if self.secret and left > refresh_seconds then
    return self.secret
  end
  return self:log_in()
end

--- Tells that a service refused a token. Returns whether another can be had.
function auth_methods:reject(secret)
  if secret == self.secret then
    self.secret = nil
  end
  if only_token(self) then
    self.rejected = true
    return false
  end
  return self:has_credentials()
end

--- Forgets the token, as after its revocation.
function auth_methods:forget()
  self.secret, self.access, self.expires = nil, nil, 0
end

local function new(session, credentials, passcode)
  return setmetatable({
    session = session, credentials = credentials, passcode = passcode,
    expires = 0,
  }, auth_mt)
end

return { new = new }
