--- reason.lua - what the body of a failed response says went wrong
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local json = require("rackspace.base.json")
local mark = require("rackspace.base.mark")
local members = require("rackspace.base.members")

local reason = {}

-- How much of a body that is no JSON is looked at: enough for any fault's.
local longest_text = 8192

-- How many reasons of a list are given, and how deep they may be nested.
local most_reasons, deepest = 3, 4

-- The members that hold a reason, the clearest first.
local reason_names = { "message", "error_description", "detail", "description",
  "Message", "msg", "faultstring", "reason", "error", "errors", "title" }

-- The names of wrappers that say nothing.
local is_plain_wrapper = { error = true, errors = true, fault = true }

local function text_of(value)
  return type(value) == "string" and value:find("%S") and value or nil
end

local reason_of

--- Returns the reasons of a list or, as "name: reason", those of the fields of
-- a form; nil when there is none.
local function join(value, depth)
  local parts, is_list = {}, value[1] ~= nil
  for _, key in ipairs(is_list and value or members.keys(value)) do
    local text = reason_of(is_list and key or value[key], depth)
    if text and #parts < most_reasons then
      parts[#parts + 1] = is_list and text or key .. ": " .. text
    end
  end
  return parts[1] and table.concat(parts, "; ")
end

--- Returns the reason in one member of a fault, or nil.
local function reason_in(fault, name, depth)
  local value = fault[name]
  if name == "errors" and type(value) == "table" then
    return join(value, depth)
  end
  return reason_of(value, depth)
end

--- Returns the reason that a value of JSON gives, or nil.
function reason_of(value, depth)
  if type(value) ~= "table" or depth == 0 then
    return text_of(value)
  elseif value[1] ~= nil then
    return join(value, depth - 1)
  end
  for _, name in ipairs(reason_names) do
    local text = reason_in(value, name, depth - 1)
    local more = text and (name == "detail" and text_of(value.title) or
      name == "message" and reason_in(value, "errors", depth - 1))
    if more and more ~= text then
      return name == "detail" and more .. ": " .. text or text .. ": " .. more
    elseif text then
      return text
    end
  end
end

--- Returns the fault in an object: the object itself, or the member that it is
-- wrapped in and that one's name; nil when there is none.
local function fault_in(object)
  for name in pairs(is_plain_wrapper) do
    local inner = object[name]
    if object.message == nil and type(inner) == "table" and
        reason_of(inner, deepest) then
      return inner[1] == nil and inner or object
    end
  end
  if reason_of(object, deepest) then
    return object
  end
  for _, name in ipairs(members.keys(object)) do
    local inner = object[name]
    if type(inner) == "table" and inner[1] == nil and
        reason_of(inner, deepest) then
      return inner, name
    end
  end
end

--- Returns a code: a text, or a whole number of a fault that has no name.
local function code_of(fault, name)
  local first = type(fault.errors) == "table" and fault.errors[1]
  local code = text_of(fault.faultCode) or name or fault.code
  if code == nil and type(first) == "table" then
    code = first.code
  elseif code == nil and text_of(fault.error_description) then
    code = fault.error
  end
  if type(code) == "number" and code % 1 == 0 then
    return code
  end
  return text_of(code) or text_of(fault.title)
end

--- Returns the reason, the code and the details that a value of JSON gives.
local function read_value(value)
  if type(value) ~= "table" then
    return text_of(value)
  elseif value[1] ~= nil then
    return reason_of(value, deepest)
  end
  local fault, name = fault_in(value)
  if fault then
    return reason_of(fault, deepest), code_of(fault, name),
      text_of(fault.details) or text_of(fault.moreInfo)
  end
end

local function unescape(text)
  local entities = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }
  return (text:gsub("&(%a+);", entities))
end

--- <itemNotFound code="404"><message>..</message><details>..</details>
local function read_xml(body)
  local name = body:match("<([%w:]+)[^?!>]*>%s*<[%w:]*message")
  local message = body:match("<[%w:]*[Mm]essage[^>]*>(.-)</")
  local details = body:match("<[%w:]*details[^>]*>(.-)</")
  return message and unescape(message), name and name:match("[^:]+$"),
    details and unescape(details)
end

--- Whether a body is a page of HTML, by its beginning.
function reason.is_html(body)
  body = mark.skip(body)
  if not body:find("^%s*<") then
    return false
  end
  local head = ascii.lower(body:sub(1, 512))
  return head:find("<!doctype html", 1, true) ~= nil or
    head:find("<html", 1, true) ~= nil
end

local function read_html(body)
  local title = body:match("<[Tt][Ii][Tt][Ll][Ee][^>]*>([^<]*)<") or
    body:match("<[Hh]1[^>]*>([^<]*)<")
  title = title and text_of(unescape(title))
  return "an HTML page came instead of an answer of the service" ..
    (title and ": " .. title or "")
end

--- Returns a plain text; nil where it holds what no text does.
local function read_plain(body)
  return not body:find("[%z\1-\8\14-\31\127]") and text_of(body) or nil
end

--- Returns what a body says went wrong: the reason, the code and the details,
-- each of them or nil.
function reason.read(body)
  local is_page = reason.is_html(body)
  body = mark.skip(body)
  local start = body:sub(1, longest_text)
  if is_page then
    return read_html(start)
  elseif start:find("^%s*<") then
    return read_xml(start)
  end
  local value, problem = json.decode(body)
  if not problem then
    return read_value(value)
  elseif not start:find('^%s*[{%["]') then
    return read_plain(start)
  end
end

return reason
