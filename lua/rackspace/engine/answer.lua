--- answer.lua - what a successful response holds
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")
local xml = require("rackspace.engine.xml")

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
    return json.array{} -- what is empty may be left out
  elseif value == nil then
    return nil, ("the answer has no '%s'"):format(name)
  elseif op.items and (type(value) ~= "table" or
      value[1] == nil and next(value) ~= nil) then
    return nil, ("the answer's '%s' is no list"):format(name)
  elseif op.items then
    json.array(value) -- which an empty one of XML does not show
  end
  return op.mend and mend(op, value) or value
end

return { decode = decode, unwrap = unwrap }
