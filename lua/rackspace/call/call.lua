--- call.lua - a call: a request on its way to a service
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local personal_texts = require("rackspace.row.operation").personal_texts

local call_of = {}

--- Returns the call of a request, as operation.build returns one. Only the
-- modules of this folder and of the services' steps read and set its fields.
function call_of.new(session, op, request)
  local settings, values = session.settings, request.values
  local seconds = values.deadline or settings.deadline
  local ends = seconds and session.clock.monotonic() + seconds or false
  local task = session.scheduler:current()
  if task and task.deadline and not (ends and ends < task.deadline) then
    ends = task.deadline
  end
  return {
    session = session,
    op = op, -- operation
    request = request, -- request
    values = values, -- table: the request's, with the options of every call
    method = settings.patch == false and op.alternative or op.method,
    writes = op.writes, -- boolean: whether it may change something
    is_xml = op.xml ~= nil and (values.format or settings.format) == "xml",
    ends = ends, -- number or false: its deadline, or its task's, by the
    -- monotonic clock
    is_cancelled = task and task.cancelled or false, -- boolean: from the start
    secrets = {}, -- list of the secrets that were sent; send.lua adds to it
    attempts = 0, -- integer: requests that were sent
    repeats = 0, -- integer: how often it was repeated after a failure
    slot = false, -- slot of limits.lua or false; set by send.lua
    refused = false, -- secret or false: the token that was refused
    sent = false, -- table or false: what the transport was given last
    refusal = false, -- table or false: the last response that was no success,
    -- without its body
    is_unsure = false, -- boolean: a failed write may have been done
  }
end

--- Returns the seconds until a call's deadline, or nil where it has none.
function call_of.time_left(call)
  return call.ends and call.ends - call.session.clock.monotonic() or nil
end

--- Returns the error of a call whose request was not sent.
function call_of.error(call, kind, text)
  return fault.new{ kind = kind, operation = call.op.full_name, text = text,
    attempts = call.attempts, sent = false }
end

local function add(list, more)
  for i = 1, more and #more or 0 do
    list[#list + 1] = more[i]
  end
end

--- Returns the list of the secrets and personal texts that a call has sent. A
-- response may repeat them, and none may be shown.
function call_of.secrets(call)
  local secrets = {}
  add(secrets, call.request.secrets)
  add(secrets, personal_texts(call.op, call.values))
  add(secrets, call.secrets)
  return secrets
end

return call_of
