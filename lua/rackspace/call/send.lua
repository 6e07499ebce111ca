--- send.lua - sends a request until an answer counts
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local retry = require("rackspace.call.retry")
local signature = require("rackspace.login.signature")

local max = math.max

local function headers_of(self, call, token)
  local op, request = call.op, call.request
  local headers = { ["User-Agent"] = self.settings.user_agent,
    Accept = call.is_xml and op.xml or op.accept,
    ["X-Auth-Token"] = token or nil }
  if request.headers then
    for name, value in pairs(request.headers) do
      headers[name] = value
    end
  end
  if request.body then
    headers["Content-Type"] = op.content_type
  end
  return headers
end

--- What goes above a request; or nil and an error when it can't be signed.
local function sealed_headers(self, call, token)
  local op = call.op
  local headers = headers_of(self, call, token)
  if op.auth == "signature" then
    local signed, err = signature.sign(self, op, headers)
    if not signed then
      return nil, err
    end
    local secrets = call.secrets
    secrets[#secrets + 1] = signed
    secrets[#secrets + 1] = self.settings.credentials.secret_key
  end
  return headers
end

--- When a call that begins now is to end: by its deadline, or by its task's
-- when that comes first; nil when there is none.
local function end_of(self, values)
  local seconds = values.deadline or self.settings.deadline
  local left = self.scheduler:time_left()
  if left and not (seconds and seconds < left) then
    seconds = left
  end
  return seconds and self.clock.monotonic() + seconds
end

--- The seconds that are left of a call; nil when it has no end.
local function time_left(self, call)
  return call.ends and call.ends - self.clock.monotonic()
end

local function error_of(call, kind, text)
  return fault.new{ kind = kind, operation = call.op.full_name, text = text,
    attempts = call.attempts, sent = false }
end

--- A transport of the script's own may leave out what is empty.
local function whole(response)
  if response.body and (response.head or response.headers) then
    return response
  end
  return { status = response.status, headers = response.headers or {},
    repeated = response.repeated, body = response.body or "",
    seconds = response.seconds }
end

--- What comes back of a request: a response, whatever its status, or nil and
-- an error.
local function exchange(self, call, asked)
  local response, message, kind, sent = self.transport(asked)
  if not response then
    local err = error_of(call, kind or "network", message)
    err.sent = sent
    return nil, err
  end
  return whole(response)
end

--- One request over the transport: a response that is a success, or nil and an
-- error.
local function send(self, call, path, token)
  local op, request = call.op, call.request
  local headers, err = sealed_headers(self, call, token)
  if not headers then
    return nil, err
  end
  call.attempts = call.attempts + 1
  local timeout = call.values.timeout or self.settings.timeout
  local left = time_left(self, call)
  local query = request.query and "?" .. request.query or ""
  call.sent = {
    method = call.method, operation = op.full_name, op = op,
    attempt = call.attempts, secrets = call.secrets,
    timeout = left and left < timeout and left or timeout,
    url = self.settings.endpoints[op.endpoint] .. path .. query,
    headers = headers, body = request.body, form = request.form,
    writes = call.writes,
  }
  local response
  response, err = exchange(self, call, call.sent)
  if not response then
    return nil, err
  elseif response.status >= 200 and response.status <= 299 then
    return response
  end
  err = fault.from_response(op.full_name, response, self:time(), call.secrets,
    op)
  err.attempts = call.attempts
  return nil, err
end

--- The token that an operation takes, false when it takes none; or nil and an
-- error.
local function token_of(self, call)
  if call.op.auth ~= "token" then
    return false
  end
  return self.auth:token(time_left(self, call), call.refused)
end

--- Lets `seconds` pass; nil and an error when the call is given up meanwhile.
local function pause(self, call, seconds, reason)
  self:emit("wait", { operation = call.op.full_name, seconds = seconds,
    reason = reason })
  self:pause(seconds)
  local ended = self:ended()
  if ended then
    return nil, error_of(call, "cancelled", ended)
  end
  return true
end

local function late_error(call, seconds, left)
  local err = error_of(call, "timeout", ("its limit lets it start in " ..
    "%.3g s, and its deadline leaves %.3g s"):format(seconds, max(0, left)))
  err.retry_after = seconds
  return err
end

--- Waits for the call's turn within its limit. Returns its slot, false where
-- there is no limit, or nil and an error.
local function wait_turn(self, call)
  local clock = self.clock
  local slot = self.limits:slot(call.op, clock.monotonic())
  while slot do
    local now, left = clock.monotonic(), time_left(self, call)
    local seconds = slot:turn() - now
    if seconds <= 0 then
      slot:start(now)
      return slot
    elseif left and seconds > left then
      slot:give_back()
      return nil, late_error(call, seconds, left)
    end
    slot:take(now + seconds)
    local ok, err = pause(self, call, seconds, "limit")
    if not ok then
      return nil, err
    end
  end
  return false
end

--- Gets what an attempt needs: its turn, unless it has kept its slot, and a
-- good token. Returns the token, or nil and an error.
local function prepare(self, call)
  local token, err = token_of(self, call)
  if token ~= nil and call.slot == nil then
    call.slot, err = wait_turn(self, call)
    if call.slot == nil then
      return nil, err
    elseif call.slot then
      token, err = token_of(self, call) -- it may have ended meanwhile
    end
  end
  local left = time_left(self, call)
  if token ~= nil and left and left <= 0 then
    return nil, error_of(call, "timeout", "the call's deadline has passed")
  end
  return token, err
end

--- One attempt: a response, or nil, an error and the token that it went with
-- (nil: it was not sent at all).
local function attempt(self, call, path)
  local token, err = prepare(self, call)
  if token == nil then
    return nil, err
  elseif token then
    call.secrets[#call.secrets + 1] = token
  end
  local response
  response, err = send(self, call, path, token)
  if call.slot then
    call.slot:finish(self.clock.monotonic())
  end
  return response, err, token
end

--- The repeats of all calls to an operation's service are paid from one purse.
local function budget_of(self, call)
  local name = call.op.endpoint
  self.budgets[name] = self.budgets[name] or retry.budget()
  return self.budgets[name]
end

local function amend(err, text)
  err.message = err.message .. "; " .. text
end

--- The seconds after which an error's call is made again; nil when the error
-- stands.
local function next_delay(self, call, err)
  local most = call.values.retries or self.settings.retries
  if call.repeats >= most or not retry.is_retryable(err, call) then
    return nil
  elseif not retry.spend(budget_of(self, call), err) then
    amend(err, "not repeated, since too many calls fail")
    return nil
  end
  local delay = retry.delay(err, call.repeats + 1, self.random)
  local left = time_left(self, call)
  if left and delay >= left then
    amend(err, ("not repeated in %.3g s, since its deadline leaves %.3g s")
      :format(delay, max(0, left)))
    return nil
  end
  return delay
end

--- Whether nobody can tell what a write that failed has done.
local function is_unsure(call, err)
  return call.writes and not retry.was_not_processed(err) and
    (not err.status or err.status >= 500 and err.status ~= 501)
end

--- Who was refused for the limit keeps its place; what else failed has been
-- counted, and needs another.
local function settle_slot(self, call, err, delay)
  local slot = call.slot
  if slot and err.kind == "throttled" then
    slot:postpone(self.clock.monotonic() + (delay or err.retry_after or 0))
  else
    call.slot = nil
  end
end

--- Waits for another attempt: true; false when the error stands; nil and an
-- error when the session is closed.
local function may_repeat(self, call, err)
  call.is_unsure = call.is_unsure or is_unsure(call, err)
  local delay = next_delay(self, call, err)
  settle_slot(self, call, err, delay)
  if not delay then
    return false
  end
  call.repeats = call.repeats + 1
  self:emit("retry", { operation = call.op.full_name, attempt = call.attempts,
    seconds = delay, kind = err.kind, status = err.status,
    message = err.message })
  return pause(self, call, delay, "retry")
end

--- Sends a call's request to a path: a response that is a success, or nil and
-- an error. A token that is refused is replaced once; the first refusal is the
-- one to report when the second is no better.
local function run(self, call, path)
  local refusal
  call.slot = nil
  while true do
    local response, err, token = attempt(self, call, path)
    if response then
      retry.earn(budget_of(self, call))
      return response
    elseif token == nil then
      return nil, err
    elseif err.status == 401 and refusal then
      refusal.attempts = call.attempts
      return nil, refusal
    elseif err.status == 401 and token and self.auth:reject(token) then
      refusal, call.refused = err, token
    else
      local repeats, closed = may_repeat(self, call, err)
      if not repeats then
        return nil, closed or err
      end
    end
  end
end

return { end_of = end_of, exchange = exchange, may_repeat = may_repeat,
  run = run, time_left = time_left }
