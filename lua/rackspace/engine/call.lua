--- call.lua - the one way that a call takes: log-in, transport, decoding
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.engine.fault")
local form = require("rackspace.engine.form")
local json = require("rackspace.engine.json")
local shapes = require("rackspace.engine.shapes")
local signature = require("rackspace.engine.signature")
local xml = require("rackspace.engine.xml")

--- The media type of the XML that is wanted; nil when JSON is.
local function xml_type(self, op, request)
  local format = request.values and request.values.format or
    self.settings.format
  return format == "xml" and op.xml or nil
end

local function headers_of(self, op, request, token)
  local headers = { Accept = xml_type(self, op, request) or op.accept or
    "application/json",
    ["User-Agent"] = self.settings.user_agent }
  for name, value in pairs(request.headers or {}) do
    headers[name] = value
  end
  if request.body then
    headers["Content-Type"] = op.encoding == "form" and form.media_type or
      op.accept or "application/json"
  end
  headers["X-Auth-Token"] = token
  return headers
end

--- The seconds that are left of the call's deadline; nil when it has none.
local function time_left(self, call)
  local deadline = call.values.deadline or self.settings.deadline
  return deadline and deadline - (self.clock.monotonic() - call.started)
end

local function deadline_error(call)
  return fault.new{ kind = "timeout", operation = call.op.full_name,
    text = "the call's deadline has passed", attempts = call.attempts }
end

--- A transport of the script's own may leave out what is empty.
local function whole(response)
  if response.headers and response.body then
    return response
  end
  return { status = response.status, headers = response.headers or {},
    body = response.body or "", seconds = response.seconds }
end

--- What goes above a request; or nil and an error when it can't be signed.
local function sealed_headers(self, call, token)
  local op = call.op
  local headers = headers_of(self, op, call.request, token)
  if op.auth == "signature" then
    local signed, err = signature.sign(self, op, headers)
    if not signed then
      return nil, err
    end
    table.insert(call.secrets, signed)
    table.insert(call.secrets, self.settings.credentials.secret_key)
  end
  return headers
end

--- One request over the transport: a response, or nil and an error.
local function attempt(self, call, path, token)
  local op, request = call.op, call.request
  local timeout = call.values.timeout or self.settings.timeout
  local left = time_left(self, call)
  if left and left <= 0 then
    return nil, deadline_error(call)
  end
  local headers, err = sealed_headers(self, call, token)
  if not headers then
    return nil, err
  end
  call.attempts = call.attempts + 1
  local query = request.query and "?" .. request.query or ""
  local response, message, kind, sent = self.transport{
    method = call.method, operation = op.full_name,
    timeout = math.min(timeout, left or timeout),
    url = self.settings.endpoints[op.endpoint] .. path .. query,
    headers = headers, body = request.body, form = request.form,
    writes = op.method ~= "GET" and op.method ~= "HEAD",
  }
  if response then
    return whole(response)
  end
  return nil, fault.new{ kind = kind or "network", operation = op.full_name,
    text = message, sent = sent, attempts = call.attempts }
end

--- One request with the session's token: a response and the token, or nil and
-- an error.
local function attempt_with_token(self, call, path)
  local token, err = self.auth:token(time_left(self, call))
  if not token then
    return nil, err
  end
  table.insert(call.secrets, token)
  local response
  response, err = attempt(self, call, path, token)
  return response, err or token
end

--- With the token; once more with a new one when it was refused. The first
-- answer is the one to report when the second is no better.
local function attempt_authorized(self, call, path)
  if call.op.auth ~= "token" then
    return attempt(self, call, path)
  end
  local first, token = attempt_with_token(self, call, path)
  if not first or first.status ~= 401 or not self.auth:reject(token) then
    return first, token
  end
  local second, err = attempt_with_token(self, call, path)
  if second and second.status == 401 then
    return first
  end
  return second, err
end

--- By the other method, when the server does not take the first.
local function attempt_methods(self, call, path)
  local response, err = attempt_authorized(self, call, path)
  local other = call.op.alternative
  if response and other and call.method ~= other and
      (response.status == 405 or response.status == 501) then
    call.method = other
    return attempt_authorized(self, call, path)
  end
  return response, err
end

local function method_of(self, op)
  return self.settings.patch == false and op.alternative or op.method
end

--- What is kept of a response beside its value; show_meta tells it.
local function meta_of(call, response)
  return { operation = call.op.full_name, status = response.status,
    headers = response.headers, seconds = response.seconds,
    attempts = call.attempts, secrets = call.secrets }
end

--- What is kept of a response as a caller may see it: its headers without the
-- secrets that they may repeat. Made when it is asked for, since few do.
local function show_meta(meta)
  local headers = {}
  for name, value in pairs(meta.headers) do
    headers[name] = fault.hide(value, meta.secrets) or value
  end
  return { operation = meta.operation, status = meta.status,
    headers = headers, seconds = meta.seconds, attempts = meta.attempts,
    request_id = fault.request_id(headers) }
end

local function protocol_error(call, response, text)
  return fault.new{ kind = "protocol", operation = call.op.full_name,
    status = response.status, text = text, attempts = call.attempts,
    request_id = fault.hide(fault.request_id(response.headers), call.secrets) }
end

--- The value of a successful response, or nil and an error.
local function decode(call, response)
  local body = response.body or ""
  if response.status == 204 or not call.op.returns then
    return call.request.sent or {}
  elseif call.request.sent and body:find("^%s*$") then
    return call.request.sent
  elseif body:find("^%s*$") then
    return nil, protocol_error(call, response, "the answer is empty")
  elseif fault.is_html(body) then
    return nil, protocol_error(call, response,
      "an HTML page came instead of JSON; is the endpoint right?")
  end
  local value, message
  if call.is_xml and body:find("^[\239\187\191]*%s*<") then
    value, message = xml.decode(body, call.op)
  else
    value, message = json.decode(body)
  end
  if type(value) ~= "table" then
    return nil, protocol_error(call, response, ("the answer is not %s"):format(
      call.is_xml and "XML" or "JSON") ..
      (message and " (" .. message .. ")" or " of an object"))
  elseif value[1] ~= nil and (call.op.items or call.op.member) then
    return nil, protocol_error(call, response,
      "the answer is a list instead of an object")
  end
  return value
end

--- A call's way from request to value: log-in, transport, fallback, decoding.
-- Returns the decoded body, or nil, a message and an error.
local function request(self, op, built)
  local call = { op = op, request = built, values = built.values,
    method = method_of(self, op), attempts = 0,
    started = self.clock.monotonic(),
    secrets = built.secrets or {} }
  if self.tasks.closed then
    return fault.fail(fault.new{ kind = "cancelled",
      operation = op.full_name, text = "the session is closed" })
  end
  call.is_xml = xml_type(self, op, built) ~= nil
  local missing = call.is_xml and xml.problem()
  if missing then
    return fault.fail(fault.new{ kind = "config",
      operation = op.full_name, text = missing })
  end
  local response, err = attempt_methods(self, call, built.path)
  if response and response.status == 404 and built.fallback then
    response, err = attempt_methods(self, call, built.fallback)
  end
  if not response then
    return fault.fail(err)
  elseif response.status < 200 or response.status > 299 then
    err = fault.from_response(op.full_name, response, self:time(),
      call.secrets, op)
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

--- The member of an envelope by its name, or by "outer.inner".
local function member_of(envelope, name)
  local outer, inner = name:match("^([^.]+)%.(.+)$")
  if not outer then
    return envelope[name]
  elseif type(envelope[outer]) == "table" then
    return envelope[outer][inner]
  end
end

local function mend(op, value)
  if not op.items then
    return type(value) == "table" and op.mend(value) or value
  end
  for i, record in ipairs(value) do
    value[i] = type(record) == "table" and op.mend(record) or record
  end
  return value
end

--- What is in an operation's envelope, or nil and what is wrong with it.
local function unwrap(op, envelope)
  local name = op.items or op.member
  local value = envelope
  if name then
    value = member_of(envelope, name)
  end
  if op.items and value == nil then
    return {} -- what is empty may be left out
  elseif value == nil then
    return nil, ("the answer has no '%s'"):format(name)
  elseif op.items and (type(value) ~= "table" or
      value[1] == nil and next(value) ~= nil) then
    return nil, ("the answer's '%s' is no list"):format(name)
  end
  return op.mend and mend(op, value) or value
end

--- Runs an operation: its value without the envelope.
local function perform(self, op, built)
  local envelope, message, err = request(self, op, built)
  if not envelope then
    return nil, message, err
  elseif not op.returns then
    return true
  end
  local value, problem = unwrap(op, envelope)
  if value ~= nil and op.shape then
    value, problem = shapes[op.shape](value)
  end
  if value == nil then
    return fault.fail(fault.new{ kind = "protocol", text = problem,
      operation = op.full_name })
  end
  self:remember_meta(value, self.metas[envelope])
  return value
end

return { perform = perform, request = request, show_meta = show_meta,
  unwrap = unwrap }
