--- call.lua - the one way that a call takes, from its request to its value
-- SPDX-License-Identifier: MIT
local answer = require("rackspace.call.answer")
local attempts = require("rackspace.call.send")
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local xml = require("rackspace.call.xml")

--- What is kept of a response beside its value; show_meta tells it.
local function meta_of(call, response)
  return { operation = call.op.full_name, status = response.status,
    head = response.head, headers = not response.head and response.headers,
    seconds = response.seconds, attempts = call.attempts,
    secrets = call.secrets }
end

--- What is kept of a response as a caller may see it: its headers without the
-- secrets that they may repeat. Made when it is asked for, since few do.
local function show_meta(meta)
  local headers = {}
  for name, value in pairs(meta.headers or core.headers(meta.head)) do
    headers[name] = fault.hide(value, meta.secrets) or value
  end
  return { operation = meta.operation, status = meta.status,
    headers = headers, seconds = meta.seconds, attempts = meta.attempts,
    request_id = fault.request_id(headers) }
end

local function is_xml(self, op, values)
  return op.xml ~= nil and (values.format or self.settings.format) == "xml"
end

--- A list of the call's own: each attempt adds to it.
local function copy_of(list)
  local copy = {}
  for i = 1, list and #list or 0 do
    copy[i] = list[i]
  end
  return copy
end

--- What is on its way between a request and its value.
local function new_call(self, op, built)
  local method = self.settings.patch == false and op.alternative or op.method
  return { op = op, request = built, values = built.values, method = method,
    writes = op.writes, attempts = 0, repeats = 0,
    is_xml = is_xml(self, op, built.values),
    ends = attempts.end_of(self, built.values),
    secrets = copy_of(built.secrets) }
end

--- Why a call can't be made at all: an error, or nil.
local function obstacle(self, call)
  local kind, text = "cancelled", self:ended()
  if not text and call.is_xml then
    kind, text = "config", xml.problem()
  end
  return text and fault.new{ kind = kind, operation = call.op.full_name,
    text = text }
end

--- By the other method, when the server does not take the first.
local function run_methods(self, call, path)
  local response, err = attempts.run(self, call, path)
  local other = call.op.alternative
  if err and other and call.method ~= other and
      (err.status == 405 or err.status == 501) then
    call.method = other
    return attempts.run(self, call, path)
  end
  return response, err
end

--- A write that may have been done although it failed: the error says so.
local function tell_outcome(call, err)
  local op = call.op
  if not call.is_unsure or op.repeatable then
    return
  end
  err.sent = "unknown"
  err.message = err.message .. "; unknown outcome: it may have been done" ..
    (op.outcome and ", see " .. op.outcome or "")
end

--- What a failed call gives. What a log-in failed by is in its error already.
local function fail(self, call, err)
  tell_outcome(call, err)
  if call.sent and not err.command then
    err.command = require("rackspace.call.curl").command(self, call)
  end
  return fault.fail(err)
end

--- A call's way from request to value: log-in, limits, transport, repeats,
-- fallback, decoding. Returns the decoded body, or nil, a message and an error.
local function request(self, op, built)
  local call = new_call(self, op, built)
  local err = obstacle(self, call)
  if err then
    return fault.fail(err)
  end
  local response
  response, err = run_methods(self, call, built.path)
  if err and err.status == 404 and built.fallback then
    response, err = run_methods(self, call, built.fallback)
  end
  if not response then
    return fail(self, call, err)
  end
  local value
  value, err = answer.decode(call, response)
  if not value then
    call.is_unsure = call.writes
    return fail(self, call, err)
  end
  self.metas[value] = meta_of(call, response)
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
  local value, problem = answer.unwrap(op, envelope)
  if value ~= nil and op.shape then
    value, problem = op.shape(value)
  end
  if value == nil then
    err = fault.new{ kind = "protocol", text = problem,
      operation = op.full_name }
    tell_outcome({ op = op, is_unsure = op.writes }, err)
    return fault.fail(err)
  end
  if value ~= envelope then
    self:remember_meta(value, self.metas[envelope])
  end
  return value
end

return { perform = perform, request = request, show_meta = show_meta }
