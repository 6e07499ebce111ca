--- request.lua - reads a request, and says what is wrong with its form
-- SPDX-License-Identifier: MIT
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
    if header:lower():find(kind, 1, true) then
      return true
    end
  end
  return false
end

--- Takes the format that is wanted off the end of a call's path, where it
-- counts more than the Accept header does.
local function take_suffix(call)
  local stem, format = call.path:match("^(.*/.*)%.(%l+)$")
  if format == "json" or format == "xml" then
    call.path, call.accept = stem, "application/" .. format
  end
end

--- A call from a request { method =, target = "/path?query", headers =
-- { lower-case name = value }, body = or file = the path of a long one }.
local function read(request)
  local path, query = request.target:match("^([^?#]*)%??([^#]*)")
  local body = request.body or ""
  return {
    method = request.method, path = path, query = parse_query(query),
    headers = request.headers, accept = request.headers.accept,
    body = body, file = request.file,
    body_value = body ~= "" and json.decode(body) or nil,
    base = "http://" .. (request.headers.host or "localhost"),
  }
end

--- The media type of the XML that a call prefers to JSON; else nil.
local function xml_type(call, op)
  local accept = (call.accept or ""):lower()
  local at = op.xml and accept:find(op.xml, 1, true)
  local other = accept:find("application/json", 1, true)
  return at and (not other or at < other) and op.xml or nil
end

--- The status and the reason that refuse a call for its media types; or nil.
local function type_problem(call, op)
  local reads_files = op.accept == "multipart/form-data"
  if call.file and not reads_files then
    return 413, "the body is too long"
  end
  if op.encoding == "urlencoded" then
    return nil -- such a service tells by itself
  end
  local kind = call.headers["content-type"]
  if call.accept and not xml_type(call, op) and not has_type(call.accept,
      "application/json", "application/*", "*/*", op.accept) then
    return 406, "only application/json is served here" ..
      (op.xml and ", and " .. op.xml or "")
  elseif kind and call.body ~= "" and not has_type(kind, "application/json",
      op.accept) then
    return 415, "only application/json is read here"
  end
end

--- The same for what an operation's row says of its parameters.
local function query_problem(op, call)
  for _, field in ipairs(op.query) do
    if call.query[field.name] and field.needs and
        not call.query[field.needs] then
      return 400, ("%s must be used with %s"):format(field.name, field.needs)
    end
  end
end

return { parse_query = parse_query, query_problem = query_problem, read = read,
  take_suffix = take_suffix, type_problem = type_problem, xml_type = xml_type }
