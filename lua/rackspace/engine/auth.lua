--- auth.lua - the token that a session's calls carry, got and kept fresh
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")
local prepare = require("rackspace.engine.tasks").prepare

local auth_methods = {}
local auth_mt = { __name = "rackspace.auth", __index = auth_methods }

-- A token is replaced when it has less than this to live, or less than a
-- tenth of its life when that is shorter.
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
    quoted(passcode) .. "}}}"
end

local function login_error(kind, text)
  return fault.new{ kind = kind, operation = "identity.login", text = text }
end

local function is_token(text)
  return type(text) == "string" and text ~= "" and not text:find("[%c%s]")
end

--- When to get the next token. A date that can't be read, or has passed
-- already by this machine's clock, says nothing: then a 401 tells.
local function refresh_time(token, now)
  local expires = type(token.expires) == "string" and core.time(token.expires)
  local life = expires and expires - now or 0
  if life <= 0 then
    return math.huge
  end
  return expires - math.min(refresh_seconds, life / 10)
end

--- Keeps what a log-in gave; the token's text stays in no table.
local function accept(self, answer)
  local access = answer.access
  local token = type(access) == "table" and access.token
  if type(token) ~= "table" or not is_token(token.id) then
    return nil, login_error("protocol", "the answer holds no token")
  end
  self.secret = core.secret(token.id)
  token.id = nil
  self.refresh_at = refresh_time(token, self.session:time())
  self.access, self.challenge = access, nil
  self.session:remember_meta(access, self.session:meta(answer))
  self.session:emit("login", { user = self.credentials.username,
    seconds = self.session.metas[answer].seconds, expires = token.expires })
  return self.secret
end

local function secrets_of(credentials)
  local secrets = {}
  for _, name in ipairs{ "api_key", "password", "token" } do
    secrets[#secrets + 1] = credentials[name]
  end
  return secrets
end

--- A log-in's body as it may be shown.
local function shown_body(credentials)
  local names = {}
  for _, name in ipairs{ "username", "api_key", "password", "token",
    "tenant" } do
    names[name] = credentials[name] and "$RACKSPACE_" .. name:upper()
  end
  return login_body(names)
end

local function post(self, body, shown, headers)
  local op = self.session.identity_operations.login
  local answer, _, err = self.session:request(op, {
    path = op.path, body = body, headers = headers, values = {},
    secrets = secrets_of(self.credentials), shown = shown,
  })
  if err then
    return nil, err
  end
  return accept(self, answer)
end

local function is_passcode(value)
  return type(value) == "string" or tostring(value) == "<secret>"
end

--- Answers a multi-factor challenge with a passcode.
function auth_methods:answer(challenge, passcode)
  if not is_passcode(passcode) then
    return nil, login_error("auth", "the log-in asks for one more factor, " ..
      "and `passcode` returned no string")
  end
  return post(self, passcode_body(core.secret(passcode)),
    passcode_body("$RACKSPACE_PASSCODE"),
    { ["X-SessionId"] = challenge.session })
end

local function log_in(self)
  local credentials = self.credentials
  local secret, err = post(self, login_body(credentials),
    shown_body(credentials))
  local challenge = err and err.challenge
  if not challenge then
    return secret, err
  end
  self.challenge = challenge
  if self.passcode then
    return self:answer(challenge, self.passcode(challenge.factor))
  end
  err.message = err.message ..
    "; set `passcode` to a function that returns the user's code, or give " ..
    "it to rs.identity:passcode"
  return nil, err
end

--- Goes on with the log-in that asked for one more factor. A wrong passcode
-- can be followed by another.
function auth_methods:complete(passcode)
  if not self.challenge then
    return nil, login_error("auth", "no log-in waits for a passcode")
  end
  return self:answer(self.challenge, passcode)
end

--- Whether there are credentials to log in with.
function auth_methods:has_credentials()
  local credentials = self.credentials
  return credentials.token ~= nil or credentials.username ~= nil and
    (credentials.api_key ~= nil or credentials.password ~= nil)
end

--- A token alone cannot be renewed, only used.
local function only_token(self)
  local credentials = self.credentials
  return credentials.token and not credentials.api_key and
    not credentials.password and not credentials.tenant
end

--- Why there can be no log-in, or nil.
local function obstacle(self)
  if not self:has_credentials() then
    return login_error("config", "there are no credentials of an Identity " ..
      "user (username and api_key)")
  elseif only_token(self) and self.rejected then
    return login_error("auth", "the token was refused, and without an " ..
      "api_key there is no other")
  elseif only_token(self) then
    return login_error("config", "a token alone is used as it is; a log-in " ..
      "needs its tenant beside it, or a username and an api_key")
  end
end

--- A log-in, one at a time: who comes while it runs waits for the same, at
-- most `seconds` (nil: as long as it takes).
function auth_methods:log_in(seconds)
  local err = obstacle(self)
  if err then
    return nil, err
  end
  local tasks, task = self.session.tasks, self.running
  if not task or task.done then
    self:forget()
    task = prepare(log_in, self)
    self.running = task -- before it starts: it may come here again
    tasks:start(task)
  end
  if not tasks:wait(task, seconds) then
    return nil, login_error("timeout", "the call's deadline has passed")
  end
  return tasks:join(task)
end

--- The token to send: a secret, or nil and an error.
function auth_methods:token(seconds)
  if only_token(self) and not self.rejected then
    return self.credentials.token
  elseif self.secret and self.session:time() < self.refresh_at then
    return self.secret
  end
  return self:log_in(seconds)
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
  self.secret, self.access, self.refresh_at = nil, nil, 0
end

local function new(session, credentials, passcode)
  return setmetatable({
    session = session, credentials = credentials, passcode = passcode,
    refresh_at = 0,
  }, auth_mt)
end

return { new = new }
