--- call.lua - the one way that a call takes: log-in, transport, decoding
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")

local function headers_of(self, op, request, token)
  local headers = { Accept = op.accept or "application/json",
    ["User-Agent"] = self.settings.user_agent }
  for name, value in pairs(request.headers or {}) do
    headers[name] = value
  end
  if request.body then
    headers["Content-Type"] = op.accept or "application/json"
  end
  headers["X-Auth-Token"] = token
  return headers
end

--- The seconds that an attempt may take: its time-out, cut by the deadline.
local function time_left(self, call)
  local left = call.values.timeout or self.settings.timeout
  local deadline = call.values.deadline or self.settings.deadline
  if deadline then
    left = math.min(left, deadline - (self.clock.monotonic() - call.started))
  end
  return left
end

local function deadline_error(call)
  return fault.new{ kind = "timeout", operation = call.op.full_name,
    text = "the call's deadline has passed", attempts = call.attempts }
end

--- One request over the transport: a response, or nil and an error.
local function attempt(self, call, path, token)
  local op, request = call.op, call.request
  local timeout = time_left(self, call)
  if timeout <= 0 then
    return nil, deadline_error(call)
  end
  call.attempts = call.attempts + 1
  local query = request.query and "?" .. request.query or ""
  local response, message, kind, sent = self.transport{
    method = op.method, operation = op.full_name, timeout = timeout,
    url = self.settings.endpoints[op.endpoint] .. path .. query,
    headers = headers_of(self, op, request, token), body = request.body,
    writes = op.method ~= "GET" and op.method ~= "HEAD",
  }
  if response then
    return response
  end
  return nil, fault.new{ kind = kind, operation = op.full_name,
    text = message, sent = sent, attempts = call.attempts }
end

--- With the token; once more with a new one when it was refused. The first
-- answer is the one to report when the second is no better.
local function attempt_authorized(self, call, path)
  if call.op.auth ~= "token" then
    return attempt(self, call, path)
  end
  local token, err = self.auth:token()
  if not token then
    return nil, err
  end
  local first
  first, err = attempt(self, call, path, token)
  if not first or first.status ~= 401 or not self.auth:reject(token) then
    return first, err
  end
  token, err = self.auth:token()
  if not token then
    return nil, err
  end
  local second
  second, err = attempt(self, call, path, token)
  if second and second.status == 401 then
    return first
  end
  return second, err
end

local function meta_of(call, response)
  return { operation = call.op.full_name, status = response.status,
    headers = response.headers, seconds = response.seconds,
    request_id = fault.request_id(response.headers),
    attempts = call.attempts }
end

local function protocol_error(call, response, text)
  return fault.new{ kind = "protocol", operation = call.op.full_name,
    status = response.status, text = text, attempts = call.attempts,
    request_id = fault.request_id(response.headers) }
end

--- The value of a successful response, or nil and an error.
local function decode(call, response)
  local body = response.body or ""
  if response.status == 204 or not call.op.returns then
    return {}
  elseif body:find("^%s*$") then
    return nil, protocol_error(call, response, "the answer is empty")
  elseif fault.is_html(body) then
    return nil, protocol_error(call, response,
      "an HTML page came instead of JSON; is the endpoint right?")
  end
  local value, message = json.decode(body)
  if type(value) ~= "table" then
    return nil, protocol_error(call, response, "the answer is not JSON" ..
      (message and " (" .. message .. ")" or " of an object"))
  end
  return value
end

--- A call's way from request to value: log-in, transport, fallback, decoding.
-- Returns the decoded body, or nil, a message and an error.
local function request(self, op, built)
  local call = { op = op, request = built, values = built.values,
    attempts = 0, started = self.clock.monotonic() }
  if self.tasks.closed then
    return fault.fail(fault.new{ kind = "cancelled",
      operation = op.full_name, text = "the session is closed" })
  end
  local response, err = attempt_authorized(self, call, built.path)
  if response and response.status == 404 and built.fallback then
    response, err = attempt_authorized(self, call, built.fallback)
  end
  if not response then
    return fault.fail(err)
  elseif response.status < 200 or response.status > 299 then
    err = fault.from_response(op.full_name, response, self:time())
    err.attempts = call.attempts
    return fault.fail(err)
  end
  local value
  value, err = decode(call, response)
  if not value then
    return fault.fail(err)
  end
  self:remember_meta(value, meta_of(call, response))
  return value
end

--- Runs an operation: its value without the envelope.
local function perform(self, op, built)
  local envelope, message, err = request(self, op, built)
  if not envelope then
    return nil, message, err
  elseif not op.returns then
    return true
  end
  local value = envelope
  if op.items or op.member then
    value = envelope[op.items or op.member]
    if value == nil and op.items then
      value = {} -- what is empty may be left out
    end
    self:remember_meta(value, self:meta(envelope))
  end
  if value == nil then
    return fault.fail(fault.new{ kind = "protocol",
      operation = op.full_name,
      text = ("the answer has no '%s'"):format(op.member) })
  end
  return value
end

return { perform = perform, request = request }
