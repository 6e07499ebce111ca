--- curl.lua - the curl command that sends a request again
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local mask = require("rackspace.call.mask")
local members = require("rackspace.base.members")
local operation = require("rackspace.row.operation")

-- Shell variables stand for secret and personal values. While the command is
-- built they are marked by \1, which no value contains.
local marker_format = "\1RACKSPACE_%s\1"
local marker_pattern = "\1(RACKSPACE_[%u%d_]*)\1"
-- Markers as a body's encoding escapes them: JSON, then urlencoded.
local escaped_patterns = { "\\u0001(RACKSPACE_[%u%d_]*)\\u0001",
  "%%01(RACKSPACE_[%u%d_]*)%%01" }

local variables = {
  ["x-auth-token"] = "TOKEN", tokenId = "TOKEN",
  ["x-api-signature"] = "SIGNATURE", ["x-sessionid"] = "SESSION_ID",
}

--- Returns the marker of a name's variable: RACKSPACE_EMAIL_ADDRESS for
-- emailAddress.
local function variable(name)
  local known = variables[name] or variables[ascii.lower(name)]
  local spelt = known or name:gsub("(%l)(%u)", "%1_%2"):gsub("%W+", "_")
  return marker_format:format(ascii.upper(spelt))
end

--- Quotes a text as one word for the shell, with variables for markers.
local function quote(text)
  local quoted = text:gsub("'", "'\\''"):gsub(marker_pattern, "'\"$%1\"'")
  return (("'" .. quoted .. "'"):gsub("^''(.)", "%1"):gsub("(.)''$", "%1"))
end

--- Returns a copy of a value with markers in place of its scalars.
local function hide_texts(name, value)
  if type(value) ~= "table" then
    return variable(name)
  end
  local copy = setmetatable({}, getmetatable(value))
  for key, inner in pairs(value) do
    copy[key] = hide_texts(type(key) == "string" and key or name, inner)
  end
  return copy
end

--- Returns a body with markers in place of personal and secret values. A body
-- that was not built from the call's values becomes one marker.
local function body_of(call, body)
  local op, values = call.op, call.values
  if call.request.shown then
    return (call.request.shown:gsub("%$RACKSPACE_([%u_]+)",
      marker_format:format("%1")))
  elseif type(body) ~= "string" or body ~= operation.body(op, values) then
    return variable("body")
  end
  local shown = {}
  for _, field in ipairs(op.body or {}) do
    local value = values[field.name]
    shown[field.name] = value ~= nil and not mask.is_plain(field) and
      hide_texts(field.name, value) or value
  end
  local text = operation.body(op, shown)
  for _, escaped in ipairs(escaped_patterns) do
    text = text:gsub(escaped, "\1%1\1")
  end
  return text
end

local function headers_of(request)
  local shown = mask.headers(request.headers, request, variable)
  local words = {}
  for i, name in ipairs(members.keys(shown)) do
    words[i] = "--header " .. quote(name .. ": " .. shown[name])
  end
  return table.concat(words, " ")
end

local has_body = { POST = true, PUT = true, PATCH = true }

--- Returns curl's options for the body. An empty body must not get curl's own
-- Content-Type.
local function data_of(call, request)
  if request.body then
    return " --data-raw " .. quote(body_of(call, request.body))
  elseif has_body[request.method] then
    return " --header 'Content-Type:' --data-raw ''"
  end
  return ""
end

--- Returns the command for the last request of a call. Before it is run, its
-- variables have to be set to the values as sent, with the escapes of the URL
-- or of JSON.
local function command(session, call)
  local request = call.sent
  local url = mask.url(session.settings.endpoints, request, variable)
  return ("curl --globoff --request %s %s%s --url %s"):format(request.method,
    headers_of(request), data_of(call, request), quote(url))
end

return { command = command }
