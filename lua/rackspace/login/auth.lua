--- auth.lua - gets the token of a session and renews it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local lifetime = require("rackspace.login.lifetime")
local login = require("rackspace.login.login")
local new_task = require("rackspace.task.task").new

local auth_methods = {}
local auth_mt = { __name = "rackspace.auth", __index = auth_methods }

-- The seconds between a renewal that failed and the next try, while the old
-- token is still valid.
local pause_seconds = 60

local function login_error(kind, text, lacks)
  return fault.new{ kind = kind, operation = "identity.login", text = text,
    lacks = lacks }
end

local function is_token(text)
  return type(text) == "string" and text ~= "" and not text:find("[%c%s]")
end

local function warn(auth, message)
  auth.session:emit("warning", { operation = "identity.login",
    message = message })
end

--- Returns the store that keeps tokens for other sessions, or false.
local function store_of(auth)
  if auth.store == nil then
    auth.store = auth.open_store and auth.open_store(function(message)
      warn(auth, message)
    end) or false
  end
  return auth.store
end

--- Sets the current token, its log-in's response and its lifetime; nil for
-- none.
local function set_token(auth, secret, access, life)
  auth.secret, auth.access, auth.life = secret, access, life
  auth.fresh_until = life and lifetime.fresh_until(life) or -math.huge
  auth.pause_until = nil
end

--- Takes the token from the response to a log-in. Removes its text from the
-- response, so that only the secret holds it. Returns the secret, or nil and an
-- error.
local function accept(auth, answer)
  local access = answer.access
  local token = type(access) == "table" and access.token
  if type(token) ~= "table" or not is_token(token.id) then
    return nil, login_error("protocol", "the answer holds no token")
  end
  local session = auth.session
  local meta = session:meta(answer)
  local secret = core.secret(token.id)
  token.id = nil
  set_token(auth, secret, access,
    lifetime.read(token, meta.headers.date, session:time()))
  auth.challenge, auth.refused = nil, nil
  session:remember_meta(access, session.metas[answer])
  session:emit("login", { user = auth.credentials.username,
    seconds = meta.seconds, expires = token.expires })
  local store = auth.life.expires and store_of(auth)
  if store then
    store:write(secret, access, auth.life)
  end
  return secret
end

--- Sends a log-in, and accepts its response. `shown` is the body without its
-- secrets, for logs. Returns the token's secret, or nil and an error.
local function post(auth, body, shown, headers)
  local op = auth.operation
  local answer, _, err = auth.session:request(op, {
    path = op.path, body = body, headers = headers, values = {},
    secrets = login.secrets(auth.credentials), shown = shown,
  })
  if err then
    return nil, err
  end
  return accept(auth, answer)
end

local function is_passcode(value)
  return type(value) == "string" or tostring(value) == "<secret>"
end

--- Answers a multi-factor challenge with a passcode, a string or a secret.
-- Returns the token's secret, or nil and an error.
function auth_methods:answer(challenge, passcode)
  if not is_passcode(passcode) then
    return nil, login_error("auth", "the log-in asks for one more factor, " ..
      "and `passcode` returned no string")
  end
  return post(self, login.passcode_body(core.secret(passcode)),
    login.passcode_body("$RACKSPACE_PASSCODE"):reveal(),
    { ["X-SessionId"] = challenge.session })
end

--- Logs in, with a passcode when one is requested. Returns the token's secret,
-- or nil and an error.
local function request_token(auth)
  local credentials = auth.credentials
  local secret, err = post(auth, login.body(credentials),
    login.shown_body(credentials))
  local challenge = err and err.challenge
  if not challenge then
    return secret, err
  end
  auth.challenge = challenge
  if auth.passcode then
    return auth:answer(challenge, auth.passcode(challenge.factor))
  end
  err.message = err.message ..
    "; set `passcode` to a function that returns the user's code, or give " ..
    "it to rs.identity:passcode"
  return nil, err
end

--- Logs in, and remembers the error. Runs in a task of its own.
local function run_log_in(auth)
  local secret, err = request_token(auth)
  auth.failure = err
  return secret, err
end

--- Completes the log-in that requested a passcode. After a wrong passcode it
-- can be called again. Returns the token's secret, or nil and an error.
function auth_methods:complete(passcode)
  if not self.challenge then
    return nil, login_error("auth", "no log-in waits for a passcode")
  end
  return self:answer(self.challenge, passcode)
end

--- Returns the error of a log-in that the credentials don't allow, or nil.
local function credentials_error(auth)
  if not login.has_credentials(auth.credentials) then
    return login_error("config", "there are no credentials of an Identity " ..
      "user (username and api_key)", "credentials")
  elseif not login.is_only_token(auth.credentials) then
    return nil
  elseif auth.rejected then
    return login_error("auth", "the token was refused, and without an " ..
      "api_key there is no other")
  end
  return login_error("config", "a token alone is used as it is; a log-in " ..
    "needs its tenant beside it, or a username and an api_key", "credentials")
end

local function is_running(auth)
  local task = auth.running
  return task ~= nil and not task.done and task.thread ~= false
end

--- Logs in. Concurrent callers share one log-in. Waits at most `seconds` (nil:
-- without limit). Returns the token's secret, or nil and an error.
function auth_methods:log_in(seconds)
  local err = credentials_error(self)
  if err then
    return nil, err
  end
  local scheduler = self.session.scheduler
  if not is_running(self) then
    self.failure = nil
    self.running = new_task(run_log_in, self)
    scheduler:start(self.running) -- after the assignment: it may call log_in
  end
  local task = self.running
  if not scheduler:wait(task, seconds) then
    local ended = self.session:ended()
    return nil, login_error(ended and "cancelled" or "timeout",
      ended or "the call's deadline has passed")
  end
  return scheduler:join(task)
end

--- Sets the token that another session left in the store; not after a refusal,
-- since the stored token may be the refused one. Returns whether there is one.
local function take_stored(auth, now)
  local store = not auth.refused and not is_running(auth) and store_of(auth)
  local kept = store and store:read()
  if kept and lifetime.is_fresh(kept.life, now) then
    set_token(auth, kept.secret, kept.access, kept.life)
    return true
  end
  return false
end

--- Logs in before the token expires. When that fails while the old token is
-- still valid, warns and returns the old one.
local function renew(auth, seconds)
  local secret, err = auth:log_in(seconds)
  local now = auth.session:time()
  if secret or err.kind == "cancelled" or not auth.secret or
      lifetime.is_over(auth.life, now) then
    return secret, err
  end
  auth.pause_until = now + pause_seconds
  warn(auth, "the token can't be renewed yet: " .. err.message)
  return auth.secret
end

--- Returns the token to send, after a log-in when there is no fresh one.
-- @param seconds number or nil: the most seconds to wait for a log-in
-- @param refused secret or nil: the token of this call's attempt that a service
--   refused; a log-in that failed since then is not repeated
-- @return secret; or nil and an error
function auth_methods:token(seconds, refused)
  local now = self.session.clock.time()
  if now < self.fresh_until then
    return self.secret
  elseif login.is_only_token(self.credentials) and not self.rejected then
    return self.credentials.token
  elseif self.secret and now < (self.pause_until or now) or
      take_stored(self, now) then
    return self.secret
  elseif refused and self.failure and refused == self.refused then
    return nil, self.failure
  end
  return renew(self, seconds)
end

--- Drops a token that a service refused. Returns whether a log-in can get
-- another.
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

--- Drops the token, here and in the store, for instance after its revocation.
function auth_methods:forget()
  local secret = self.secret
  set_token(self, nil, nil, nil)
  local store = secret and store_of(self)
  if store then
    store:evict(secret)
  end
end

--- Creates the authentication of a session.
-- @param session the session
-- @param credentials table: username, api_key, password, token, tenant
-- @param operation the operation that logs in
-- @param passcode function(factor) that returns a passcode, or nil
-- @param open_store function(warn) that returns a store of tokens, or nil: an
--   object with read(), which returns { secret =, access =, life = } or nil,
--   write(secret, access, life) and evict(secret), such as token_cache.lua's
local function new(session, credentials, operation, passcode, open_store)
  return setmetatable({
    session = session, credentials = credentials, operation = operation,
    passcode = passcode, -- function(factor) or nil
    open_store = open_store, -- function(warn) or nil
    store = nil, -- store, false (none), or nil until it is opened
    secret = nil, access = nil, life = nil, -- the token, the log-in's response
    -- and its lifetime, or nil where there is no token
    fresh_until = -math.huge, -- number: when the token needs to be replaced
    pause_until = nil, -- number or nil: no log-in before, after a failed one
    running = nil, -- task or nil: the last log-in
    failure = nil, -- error or nil: of the last log-in
    challenge = nil, -- table or nil: the log-in waits for a second factor
    refused = nil, -- secret or nil: the token that was refused last
    rejected = false, -- boolean: the only token was refused
  }, auth_mt)
end

return { new = new }
