--- request.lua - parses a request, and checks its media types and query
-- SPDX-License-Identifier: MIT
local accept = require("rackspace.sandbox.accept")
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local function parse_query(text)
  local query = {}
  for pair in (text or ""):gmatch("[^&]+") do
    local name, value = pair:match("^([^=]*)=?(.*)$")
    query[core.url.decode(name)] = core.url.decode((value:gsub("%+", " ")))
  end
  return query
end

local function has_type(header, ...)
  for _, kind in ipairs{ ... } do
    if ascii.lower(header):find(kind, 1, true) then
      return true
    end
  end
  return false
end

--- Removes the end of a call's path that its service allows: a slash, then
-- .json or .xml, which overrules the header Accept.
local function take_ending(call, routes)
  local stem = call.path:match("^(/.*[^/])/$")
  local target = stem and routes:at(stem)
  if target and target.may_end_in_slash then
    call.path = stem
  end
  local format
  stem, format = call.path:match("^(.*[^/])%.(%l+)$")
  target = (format == "json" or format == "xml") and routes:at(stem)
  if target and target.has_suffixes then
    call.path, call.accept = stem, "application/" .. format
  end
end

--- Parses a request, as answers.handle() takes it, into the call that handlers
-- take.
local function read(request)
  local path, query = request.target:match("^([^?#]*)%??([^#]*)")
  local body = request.body or ""
  return {
    -- HEAD is GET without the body, which the server leaves out.
    method = request.method == "HEAD" and "GET" or request.method,
    path = path, query = parse_query(query),
    headers = request.headers, accept = request.headers.accept,
    body = body, file = request.file,
    body_value = body ~= "" and json.decode(body) or nil,
    base = "http://" .. (request.headers.host or "localhost"),
  }
end

--- Returns the media type of a call's response, or nil when it accepts none.
-- `json_type` is another name of the service's JSON, or nil.
local function chosen_type(call, op, json_type)
  return accept.choose(call.accept, { "application/json", op.accept,
    op.xml or json_type })
end

--- Returns the operation's XML media type when a call prefers it to JSON, or
-- nil.
local function xml_type(call, op)
  return op.xml and chosen_type(call, op) == op.xml and op.xml or nil
end

--- Returns a status and a message when a call's media types are refused, or
-- nil.
local function type_problem(call, op, json_type)
  local reads_files = op.accept == "multipart/form-data"
  if call.file and not reads_files then
    return 413, "the body is too long"
  end
  if op.encoding == "urlencoded" then
    return nil -- such a service checks media types itself
  end
  local kind = call.headers["content-type"]
  if not chosen_type(call, op, json_type) then
    return 406, "only application/json is served here" ..
      (op.xml and ", and " .. op.xml or "")
  elseif kind and call.body ~= "" and not has_type(kind, "application/json",
      op.accept, json_type) then
    return 415, "only application/json is read here"
  end
end

--- Returns a status and a message when a call's query is refused, or nil.
local function query_problem(op, call)
  for _, field in ipairs(op.query) do
    if call.query[field.name] and field.needs and
        not call.query[field.needs] then
      return 400, ("%s must be used with %s"):format(field.name, field.needs)
    end
  end
end

return { parse_query = parse_query, query_problem = query_problem, read = read,
  take_ending = take_ending, type_problem = type_problem, xml_type = xml_type }
