--- send.lua - sends a call's request until a response counts
-- SPDX-License-Identifier: MIT
local call_of = require("rackspace.call.call")
local core = require("rackspace.core")
local events = require("rackspace.call.events")
local fault = require("rackspace.base.fault")
local retry = require("rackspace.call.retry")
local signature = require("rackspace.login.signature")

local time_left = call_of.time_left

local send = {}

--- Signs headers. Returns them, or nil and an error.
local function sign(call, headers)
  local session = call.session
  local signed, err = signature.sign(session, call.op, headers)
  if not signed then
    return nil, err
  end
  local secrets = call.secrets
  secrets[#secrets + 1] = signed
  secrets[#secrets + 1] = session.settings.credentials.secret_key
  return headers
end

--- Returns the headers of a request, or nil and an error.
local function headers_of(call, token)
  local op, request = call.op, call.request
  local headers = { ["User-Agent"] = call.session.settings.user_agent,
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
  if op.auth == "signature" then
    return sign(call, headers)
  end
  return headers
end

--- Sends one request by the session's transport. Returns the response, whatever
-- its status; or nil and an error.
function send.exchange(call, request)
  local session = call.session
  local heard = session.heard
  local response, message, kind, sent
  if heard.request or heard.response or heard.progress then
    response, message, kind, sent = events.transmit(session, request)
  else
    response, message, kind, sent = session.transport(request)
  end
  if not response then
    local err = call_of.error(call, kind or "network", message)
    err.sent = sent
    return nil, err
  elseif response.body and (response.head or response.headers) then
    return response
  end
  return { status = response.status, headers = response.headers or {},
    repeated = response.repeated, body = response.body or "",
    seconds = response.seconds }
end

--- Makes one attempt at a path with a token (false: without one). Returns the
-- response of a success, or nil and an error.
local function attempt(call, path, token)
  local op, request, session = call.op, call.request, call.session
  local headers, err = headers_of(call, token)
  if not headers then
    err.sent = false
    return nil, err
  end
  call.attempts = call.attempts + 1
  local timeout = call.values.timeout or session.settings.timeout
  local left = call.ends and time_left(call)
  local query = request.query and "?" .. request.query or ""
  local sent = {
    method = call.method, operation = op.full_name, op = op, call = call,
    attempt = call.attempts, headers = headers,
    timeout = left and left < timeout and left or timeout,
    url = session.settings.endpoints[op.endpoint] .. path .. query,
    body = request.body, form = request.form, writes = call.writes,
  }
  call.sent = sent
  local response
  response, err = send.exchange(call, sent)
  if not response or response.status >= 200 and response.status <= 299 then
    return response, err
  end
  err = fault.from_response(op.full_name, response, session:time(),
    call_of.secrets(call), op, call.values)
  err.attempts = call.attempts
  call.refusal = { status = response.status, head = response.head,
    headers = response.headers, seconds = response.seconds }
  return nil, err
end

--- Lets `seconds` pass. Returns true; or nil and an error when the session is
-- closed or the task cancelled meanwhile.
local function pause(call, seconds, reason)
  local session = call.session
  session:emit("wait", { operation = call.op.full_name, seconds = seconds,
    reason = reason })
  session:pause(seconds)
  local ended = session:ended()
  if ended then
    return nil, call_of.error(call, "cancelled", ended)
  end
  return true
end

local function late_error(call, seconds, left)
  local err = call_of.error(call, "timeout", ("its limit lets it start in " ..
    "%s s, and its deadline leaves %s s"):format(core.number.brief(seconds, 3),
    core.number.brief(math.max(0, left), 3)))
  err.retry_after = seconds
  return err
end

--- Waits for the turn of a call's slot. Returns true, or nil and an error.
local function wait_turn(call, slot)
  local clock = call.session.clock
  while true do
    local now, left = clock.monotonic(), time_left(call)
    local seconds = slot:turn() - now
    if seconds <= 0 then
      slot:start(now)
      return true
    elseif left and seconds > left then
      slot:give_back()
      return nil, late_error(call, seconds, left)
    end
    slot:take(now + seconds)
    local ok, err = pause(call, seconds, "limit")
    if not ok then
      return nil, err
    end
  end
end

--- Returns the token that an operation takes, false when it takes none; or nil
-- and an error.
local function token_of(call)
  if call.op.auth ~= "token" then
    return false
  end
  return call.session.auth:token(call.ends and time_left(call) or nil,
    call.refused)
end

--- Gets what an attempt needs: its turn, unless it has kept its slot, and a
-- good token. Returns the token as token_of does, or nil and an error.
local function prepare(call)
  local session = call.session
  local token, err = token_of(call)
  local slot = token ~= nil and not call.slot and
    session.limits:slot(call.op, session.clock.monotonic())
  if slot then
    local ok
    ok, err = wait_turn(call, slot)
    if not ok then
      return nil, err
    end
    call.slot = slot
    token, err = token_of(call) -- it may have ended meanwhile
  end
  if token ~= nil and call.ends and time_left(call) <= 0 then
    return nil, call_of.error(call, "timeout", "the call's deadline has passed")
  end
  return token, err
end

local function amend(err, text)
  err.message = err.message .. "; " .. text
end

--- Returns the seconds after which a failed call is repeated, or nil when it is
-- not. The repeats of all calls of a service are paid from one budget.
local function next_delay(call, err)
  local session, name = call.session, call.op.endpoint
  local most = call.values.retries or session.settings.retries
  if call.repeats >= most or not retry.is_retryable(err, call) then
    return nil
  end
  session.budgets[name] = session.budgets[name] or retry.budget()
  if not retry.spend(session.budgets[name], err) then
    amend(err, "not repeated, since too many calls fail")
    return nil
  end
  local delay = retry.delay(err, call.repeats + 1, session.random)
  local left = time_left(call)
  if left and delay >= left then
    amend(err, ("not repeated in %s s, since its deadline leaves %s s"):format(
      core.number.brief(delay, 3), core.number.brief(math.max(0, left), 3)))
    return nil
  end
  return delay
end

--- Whether a write that failed may have been done.
local function is_unsure(call, err)
  return call.writes and not retry.was_not_processed(err) and
    (not err.status or err.status >= 500 and err.status ~= 501)
end

--- A throttled call keeps its slot; any other failed call was counted, and its
-- repeat needs another slot.
local function settle_slot(call, err, delay)
  local slot = call.slot
  if slot and err.kind == "throttled" then
    slot:postpone(call.session.clock.monotonic() +
      (delay or err.retry_after or 0))
  else
    call.slot = false
  end
end

--- Waits until a failed call is to be repeated. Returns true; false when it is
-- not; nil and an error when it is cancelled meanwhile.
function send.may_repeat(call, err)
  call.is_unsure = call.is_unsure or is_unsure(call, err)
  local delay = next_delay(call, err)
  settle_slot(call, err, delay)
  if not delay then
    return false
  end
  call.repeats = call.repeats + 1
  call.session:emit("retry", { operation = call.op.full_name,
    attempt = call.attempts, seconds = delay, kind = err.kind,
    status = err.status, message = err.message })
  return pause(call, delay, "retry")
end

--- Makes an attempt when its turn comes. Returns a response; or nil, an error
-- and the token as token_of does (nil: nothing was sent).
local function next_attempt(call, path)
  local token, err = prepare(call)
  if token == nil then
    return nil, err
  elseif token then
    call.secrets[#call.secrets + 1] = token
  end
  local response
  response, err = attempt(call, path, token)
  if call.slot then
    call.slot:finish(call.session.clock.monotonic())
  end
  return response, err, token
end

--- Sends a call's request to a path. Returns the response of a success, or nil
-- and an error. A refused token is replaced once; when the second is refused
-- too, the first refusal is the error.
function send.run(call, path)
  local session, refusal = call.session, nil
  call.slot = false
  while true do
    local response, err, token = next_attempt(call, path)
    local budget = session.budgets[call.op.endpoint]
    if response and budget then
      retry.earn(budget)
    end
    if response then
      return response
    elseif token == nil then
      return nil, err
    elseif err.status == 401 and refusal then
      refusal.attempts = call.attempts
      return nil, refusal
    elseif err.status == 401 and token and session.auth:reject(token) then
      refusal, call.refused = err, token
    else
      local repeats, closed = send.may_repeat(call, err)
      if not repeats then
        return nil, closed or err
      end
    end
  end
end

return send
