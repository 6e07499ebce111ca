--- auth.lua - the token that a session's calls carry, got and kept fresh
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local lifetime = require("rackspace.login.lifetime")
local login = require("rackspace.login.login")
local new_task = require("rackspace.task.task").new
local token_cache = require("rackspace.login.token_cache")

local auth_methods = {}
local auth_mt = { __name = "rackspace.auth", __index = auth_methods }

-- After a log-in that failed while the token was good still, the next one is
-- tried after so many seconds.
local pause_seconds = 60

local function login_error(kind, text)
  return fault.new{ kind = kind, operation = "identity.login", text = text }
end

local function is_token(text)
  return type(text) == "string" and text ~= "" and not text:find("[%c%s]")
end

local function warn(self, message)
  self.session:emit("warning", { operation = "identity.login",
    message = message })
end

--- Where the user's tokens are kept, or false.
local function cache_of(self)
  local settings = self.session.settings
  if self.cache == nil then
    local url = settings.endpoints[self.operation.endpoint]
    self.cache = settings.cache and token_cache.new(settings.cache, url,
      self.credentials, function(message)
        warn(self, message)
      end) or false
  end
  return self.cache
end

local function take(self, secret, access, life)
  self.secret, self.access, self.life = secret, access, life
  self.fresh_until = life and lifetime.fresh_until(life) or -math.huge
  self.pause_until = nil
end

--- Keeps what a log-in gave; the token's text stays in no table.
local function accept(self, answer)
  local access = answer.access
  local token = type(access) == "table" and access.token
  if type(token) ~= "table" or not is_token(token.id) then
    return nil, login_error("protocol", "the answer holds no token")
  end
  local session = self.session
  local meta = session:meta(answer)
  local secret = core.secret(token.id)
  token.id = nil
  take(self, secret, access,
    lifetime.read(token, meta.headers.date, session:time()))
  self.challenge, self.refused = nil, nil
  session:remember_meta(access, session.metas[answer])
  session:emit("login", { user = self.credentials.username,
    seconds = meta.seconds, expires = token.expires })
  local cache = self.life.expires and cache_of(self)
  if cache then
    cache:write(secret, access, self.life)
  end
  return secret
end

local function post(self, body, shown, headers)
  local op = self.operation
  local answer, _, err = self.session:request(op, {
    path = op.path, body = body, headers = headers, values = {},
    secrets = login.secrets(self.credentials), shown = shown,
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
  return post(self, login.passcode_body(core.secret(passcode)),
    login.passcode_body("$RACKSPACE_PASSCODE"):reveal(),
    { ["X-SessionId"] = challenge.session })
end

local function ask(self)
  local credentials = self.credentials
  local secret, err = post(self, login.body(credentials),
    login.shown_body(credentials))
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

--- A log-in, and what became of it.
local function log_in(self)
  local secret, err = ask(self)
  self.failure = err
  return secret, err
end

--- Goes on with the log-in that asked for one more factor. A wrong passcode
-- can be followed by another.
function auth_methods:complete(passcode)
  if not self.challenge then
    return nil, login_error("auth", "no log-in waits for a passcode")
  end
  return self:answer(self.challenge, passcode)
end

--- Why there can be no log-in, or nil.
local function obstacle(self)
  if not login.has_credentials(self.credentials) then
    return login_error("config", "there are no credentials of an Identity " ..
      "user (username and api_key)")
  elseif not login.is_only_token(self.credentials) then
    return nil
  elseif self.rejected then
    return login_error("auth", "the token was refused, and without an " ..
      "api_key there is no other")
  end
  return login_error("config", "a token alone is used as it is; a log-in " ..
    "needs its tenant beside it, or a username and an api_key")
end

local function is_running(self)
  local task = self.running
  return task ~= nil and not task.done and task.thread ~= false
end

--- A log-in, one at a time: who comes while it runs waits for the same, at
-- most `seconds` (nil: as long as it takes).
function auth_methods:log_in(seconds)
  local err = obstacle(self)
  if err then
    return nil, err
  end
  local scheduler = self.session.scheduler
  if not is_running(self) then
    self.failure = nil
    self.running = new_task(log_in, self)
    scheduler:start(self.running) -- once it is there: it may come here again
  end
  local task = self.running
  if not scheduler:wait(task, seconds) then
    local ended = self.session:ended()
    return nil, login_error(ended and "cancelled" or "timeout",
      ended or "the call's deadline has passed")
  end
  return scheduler:join(task)
end

--- Takes the token that another session kept; after a refusal only a log-in
-- tells what is good.
local function take_kept(self, now)
  local cache = not self.refused and not is_running(self) and cache_of(self)
  local kept = cache and cache:read()
  if kept and lifetime.is_fresh(kept.life, now) then
    take(self, kept.secret, kept.access, kept.life)
    return true
  end
  return false
end

--- Another token than the one that ends soon, which is good until then.
local function renew(self, seconds)
  local secret, err = self:log_in(seconds)
  local now = self.session:time()
  if secret or err.kind == "cancelled" or not self.secret or
      lifetime.is_over(self.life, now) then
    return secret, err
  end
  self.pause_until = now + pause_seconds
  warn(self, "the token can't be renewed yet: " .. err.message)
  return self.secret
end

--- The token to send: a secret, or nil and an error. `refused` is one that
-- the same call sent in vain: a log-in that failed since is not repeated.
function auth_methods:token(seconds, refused)
  local now = self.session.clock.time()
  if now < self.fresh_until then
    return self.secret
  elseif login.is_only_token(self.credentials) and not self.rejected then
    return self.credentials.token
  elseif self.secret and now < (self.pause_until or now) or
      take_kept(self, now) then
    return self.secret
  elseif refused and self.failure and refused == self.refused then
    return nil, self.failure
  end
  return renew(self, seconds)
end

--- Tells that a service refused a token. Returns whether another can be had.
function auth_methods:reject(secret)
  if secret == self.secret then
    self:forget()
    self.refused = secret
  end
  if login.is_only_token(self.credentials) then
    self.rejected = true
    return false
  end
  return login.has_credentials(self.credentials)
end

--- Forgets the token, as after its revocation.
function auth_methods:forget()
  local secret = self.secret
  take(self, nil, nil, nil)
  local cache = secret and cache_of(self)
  if cache then
    cache:evict(secret)
  end
end

--- Returns what gets and keeps a session's token. `operation` is the one that
-- logs in.
local function new(session, credentials, passcode, operation)
  return setmetatable({
    session = session, credentials = credentials, passcode = passcode,
    operation = operation, fresh_until = -math.huge,
  }, auth_mt)
end

return { new = new }
