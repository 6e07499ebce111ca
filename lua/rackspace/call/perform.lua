--- perform.lua - a call from its request to its value
-- SPDX-License-Identifier: MIT
local answer = require("rackspace.call.answer")
local call_of = require("rackspace.call.call")
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local send = require("rackspace.call.send")
local xml = require("rackspace.call.xml")

--- Returns what session:meta() shows of a response. The headers are copied
-- without the secrets that they may repeat, and only here, since few scripts
-- look at them.
local function show_meta(meta)
  local headers = {}
  for name, value in pairs(meta.headers or core.headers(meta.head:reveal())) do
    headers[name] = fault.hide(value, meta.secrets) or value
  end
  return { operation = meta.operation, status = meta.status,
    headers = headers, seconds = meta.seconds, attempts = meta.attempts,
    request_id = fault.request_id(headers) }
end

--- Returns why a call can't be made at all: an error, or nil.
local function obstacle(call)
  local session = call.session
  if not (session.closed or call.is_cancelled or call.is_xml) then
    return nil
  end
  local kind, text = "cancelled", session:ended()
  if not text and call.is_xml then
    kind, text = "config", xml.problem()
  end
  return text and fault.new{ kind = kind, operation = call.op.full_name,
    text = text }
end

--- Sends a call to a path by its method and, where the server does not know
-- that, by the alternative one.
local function send_to(call, path)
  local response, err = send.run(call, path)
  local other = call.op.alternative
  if err and other and call.method ~= other and
      (err.status == 405 or err.status == 501) then
    call.method = other
    return send.run(call, path)
  end
  return response, err
end

--- Adds to an error that the write may have been done although it failed.
local function tell_outcome(op, err)
  if op.repeatable then
    return
  end
  err.sent = "unknown"
  err.message = err.message .. "; unknown outcome: it may have been done" ..
    (op.outcome and ", see " .. op.outcome or "")
end

--- Returns the path that a call is sent to and the one that is tried after a
-- 404, or nil where none is: the session keeps to the path that has answered
-- an operation.
local function paths_of(session, op, built)
  local answered = built.fallback and session.answered[op.full_name]
  if answered == "fallback" then
    return built.fallback
  end
  return built.path, not answered and built.fallback or nil
end

--- Sends a call to its path, or to its fallback when the path is not found.
-- Returns the response of a success, or nil and an error.
local function send_either(call, built)
  local session, name = call.session, call.op.full_name
  local path, fallback = paths_of(session, call.op, built)
  local response, err = send_to(call, path)
  if response and fallback then
    session.answered[name] = "path"
  elseif fallback and err.status == 404 then
    response, err = send_to(call, fallback)
    session.answered[name] = response and "fallback" or nil
  end
  return response, err
end

--- Returns the metadata of a call's response, or of its failure without one.
-- It is kept, so that nothing personal stands in it but as a secret: a server
-- may repeat in the head what it was sent.
local function meta_of(call, response)
  return { operation = call.op.full_name, status = response.status,
    head = response.head and core.secret(response.head) or nil,
    headers = not response.head and response.headers,
    seconds = response.seconds, attempts = call.attempts,
    secrets = call_of.secrets(call) }
end

--- Returns what a failed call returns: nil, a message and the error.
local function fail(call, err)
  call.session:note_last(meta_of(call, err.status and call.refusal or
    { headers = {} }))
  if call.is_unsure then
    tell_outcome(call.op, err)
  end
  if call.sent and not err.command then -- a failed log-in has its own
    err.command = require("rackspace.call.curl").command(call.session, call)
  end
  return fault.fail(err)
end

--- Makes a call: logs in, waits for its turn, sends it, repeats it, and decodes
-- the response. Returns the decoded body; or nil, a message and an error.
local function request(session, op, built)
  session.scheduler:give_way()
  local call = call_of.new(session, op, built)
  local err = obstacle(call)
  if err then
    return fail(call, err)
  end
  local response, value
  response, err = send_either(call, built)
  if not response then
    return fail(call, err)
  end
  value, err = answer.decode(call, response)
  if not value then
    call.is_unsure = call.writes
    return fail(call, err)
  end
  session:remember_meta(value, meta_of(call, response))
  return value
end

--- Makes a call, and returns its value without the envelope; or nil, a message
-- and an error.
local function perform(session, op, built)
  local envelope, message, err = request(session, op, built)
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
    if op.writes then
      tell_outcome(op, err)
    end
    return fault.fail(err)
  end
  if value ~= envelope then
    session:remember_meta(value, session.metas[envelope])
  end
  return value
end

return { perform = perform, request = request, show_meta = show_meta }
