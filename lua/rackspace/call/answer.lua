--- answer.lua - decodes the body of a successful response
-- SPDX-License-Identifier: MIT
local call_of = require("rackspace.call.call")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local mark = require("rackspace.base.mark")
local reason = require("rackspace.base.reason")
local xml = require("rackspace.call.xml")

local function protocol_error(call, response, text)
  return fault.new{ kind = "protocol", operation = call.op.full_name,
    status = response.status, text = text, attempts = call.attempts,
    request_id = fault.hide(fault.request_id(response.headers),
      call_of.secrets(call)) }
end

--- Returns why a body can't be used. `message` is the decoder's.
local function problem_of(call, body, message)
  if mark.skip(body):find("^%s*$") then
    return "the answer is empty"
  elseif reason.is_html(body) then
    return "an HTML page came instead of JSON; is the endpoint right?"
  end
  return ("the answer is not %s"):format(call.is_xml and "XML" or "JSON") ..
    (message and " (" .. message .. ")" or " of an object")
end

--- Decodes a successful response. Returns a table: the decoded body or, where
-- the body is empty, what was sent; or nil and an error.
local function decode(call, response)
  local body, sent = response.body, call.request.sent
  if not call.op.returns then
    return sent or {}
  elseif response.status == 204 and
      (call.op.items or not call.op.gives_records) then
    return sent or {}
  elseif sent and body:find("^%s*$") then
    return sent
  end
  local value, message
  if not (call.is_xml and mark.skip(body):find("^%s*<")) then
    value, message = json.decode(body)
  elseif not reason.is_html(body) then
    value, message = xml.decode(body, call.op)
  end
  if type(value) ~= "table" then
    return nil, protocol_error(call, response,
      problem_of(call, body, message))
  elseif value[1] ~= nil and (call.op.items or call.op.member) then
    return nil, protocol_error(call, response,
      "the answer is a list instead of an object")
  end
  return value
end

--- Returns a member of an envelope by its name or by "outer.inner".
local function member_of(envelope, name)
  local outer, inner = name:match("^([^.]+)%.(.+)$")
  if not outer then
    return envelope[name]
  elseif type(envelope[outer]) == "table" then
    return envelope[outer][inner]
  end
end

--- Applies an operation's normalise to a record or to a list of them.
local function normalise(op, value)
  if not op.items then
    return type(value) == "table" and op.normalise(value) or value
  end
  for i, record in ipairs(value) do
    value[i] = type(record) == "table" and op.normalise(record) or record
  end
  return value
end

local function is_record(value)
  return type(value) == "table" and value[1] == nil
end

--- Returns what is wrong with the records of a response, or nil.
local function problem_of_records(op, value, name)
  if not op.items then
    return not is_record(value) and ("the answer%s is no record"):format(
      name and ("'s '%s'"):format(name) or "") or nil
  end
  for i = 1, #value do
    if not is_record(value[i]) then
      return ("the answer's '%s' holds what is no record"):format(name)
    end
  end
end

--- Returns the value that an operation's envelope holds; or nil and a problem.
local function unwrap(op, envelope)
  local name = op.items or op.member
  local value = envelope
  if name then
    value = member_of(envelope, name)
  end
  if op.items and value == nil then
    return json.array{} -- an empty list may be left out
  elseif value == nil and op.absent ~= nil then
    return op.absent
  elseif value == nil then
    return nil, ("the answer has no '%s'"):format(name)
  elseif op.items and (type(value) ~= "table" or
      value[1] == nil and next(value) ~= nil) then
    return nil, ("the answer's '%s' is no list"):format(name)
  end
  local problem = op.gives_records and problem_of_records(op, value, name)
  if problem then
    return nil, problem
  elseif op.items then
    json.array(value) -- an empty list of XML is not marked as one
  end
  return op.normalise and normalise(op, value) or value
end

return { decode = decode, unwrap = unwrap }
