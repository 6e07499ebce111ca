--- curl.lua - a request as the command line that sends it once more
-- SPDX-License-Identifier: MIT
local mask = require("rackspace.call.mask")
local members = require("rackspace.base.members")
local operation = require("rackspace.row.operation")

-- What is not to be shown stands as a variable of the shell: in a form that
-- nothing else has while the command is made.
local variable_form = "\1RACKSPACE_%s\1"
local variable_pattern = "\1(RACKSPACE_[%u%d_]*)\1"
local escaped_patterns = { "\\u0001(RACKSPACE_[%u%d_]*)\\u0001",
  "%%01(RACKSPACE_[%u%d_]*)%%01" }

local variables = {
  ["x-auth-token"] = "TOKEN", tokenId = "TOKEN",
  ["x-api-signature"] = "SIGNATURE", ["x-sessionid"] = "SESSION_ID",
}

--- A variable in place of the value of a name: emailAddress is
-- RACKSPACE_EMAIL_ADDRESS.
local function variable(name)
  local known = variables[name] or variables[name:lower()]
  local spelt = known or name:gsub("(%l)(%u)", "%1_%2"):gsub("%W+", "_")
  return variable_form:format(spelt:upper())
end

--- A text as one word of the shell's.
local function word(text)
  local quoted = text:gsub("'", "'\\''"):gsub(variable_pattern, "'\"$%1\"'")
  return (("'" .. quoted .. "'"):gsub("^''(.)", "%1"):gsub("(.)''$", "%1"))
end

--- Values whose texts are variables.
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

--- A body with variables in place of what is personal or secret; one that
-- comes of no values is a variable as a whole.
local function body_of(call, body)
  local op, values = call.op, call.values
  if call.request.shown then
    return (call.request.shown:gsub("%$RACKSPACE_([%u_]+)",
      variable_form:format("%1")))
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
    words[i] = "--header " .. word(name .. ": " .. shown[name])
  end
  return table.concat(words, " ")
end

local has_body = { POST = true, PUT = true, PATCH = true }

--- The words that give the body; libcurl's own Content-Type is kept away.
local function data_of(call, request)
  if request.body then
    return " --data-raw " .. word(body_of(call, request.body))
  elseif has_body[request.method] then
    return " --header 'Content-Type:' --data-raw ''"
  end
  return ""
end

--- The command for a call's last request. Its variables are to be set to what
-- stood there: as it was sent, so in a URL or JSON with its escapes.
local function command(session, call)
  local request = call.sent
  local url = mask.url(session.settings.endpoints, request, variable)
  return ("curl --globoff --request %s %s%s --url %s"):format(request.method,
    headers_of(request), data_of(call, request), word(url))
end

return { command = command }
