--- fault.lua - what went wrong, in one shape whatever the service sent
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local members = require("rackspace.base.members")
local reason = require("rackspace.base.reason")

--- The kinds of error, a closed list. New ones may come: treat a kind that
-- you don't know as "server".
local kinds = {
  auth = "the credentials or the token were not accepted",
  forbidden = "the user may not do this",
  not_found = "there is no such thing, or the user can't see it",
  conflict = "it clashes with what is there",
  invalid = "the service refused the request as wrong",
  throttled = "too many requests for now",
  server = "the service failed",
  network = "no connection, or it broke",
  timeout = "it took longer than it was given",
  tls = "the server could not be trusted",
  protocol = "the answer is not what the service's documents promise",
  cancelled = "the call was given up, by the script or by its session's end",
  config = "a setting is missing or wrong",
  file = "a file can't be read or written",
  refused = "the session does not allow it",
}

local by_status = {
  [401] = "auth", [403] = "forbidden", [404] = "not_found",
  [409] = "conflict", [413] = "throttled", [429] = "throttled",
}

local request_id_headers = {
  "x-request-id", "x-trans-id", "x-compute-request-id", "x-response-id",
}

local longest_text = 500

local err_methods = {}
local err_mt = { __name = "rackspace.error", __index = err_methods }

--- The command line by which curl sends the request again: without secrets and
-- personal data, which it wants in variables such as RACKSPACE_TOKEN. nil and
-- a message when nothing was sent.
function err_methods:curl()
  if not self.command then
    return nil, "no request was sent"
  end
  return self.command
end

function err_mt:__tostring()
  return self.message
end

--- A text of the server's on one line, safe to print, cut between characters.
local function one_line(text)
  local line = text:gsub("[%z\1-\32\127]+", " "):gsub("^ ", "")
  line = core.printable((core.cut(line, longest_text + 1):gsub(" $", "")))
  if #line > longest_text then
    line = core.cut(line, longest_text) .. "..."
  end
  return line
end

--- An error value. `fields.text` says what happened; the message that comes
-- of it names the operation, the status and the request.
local function new(fields)
  local err = members.add({ attempts = 1 }, fields)
  local parts = { err.operation and err.operation .. ": " or "" }
  parts[#parts + 1] = err.status and err.status .. " " or ""
  parts[#parts + 1] = one_line(err.text or kinds[err.kind] or "it failed")
  if err.request_id then
    parts[#parts + 1] = " (request " .. err.request_id .. ")"
  end
  err.text = nil
  err.message = table.concat(parts)
  return setmetatable(err, err_mt)
end

local function is_error(value)
  return getmetatable(value) == err_mt
end

--- The same error, with something before its message.
local function with_prefix(err, prefix)
  local copy = members.copy(err)
  copy.message = core.printable(prefix) .. err.message
  return setmetatable(copy, err_mt)
end

local function request_id(headers)
  for _, name in ipairs(request_id_headers) do
    if headers[name] then
      return one_line(headers[name])
    end
  end
end

local function kind_of(status)
  if by_status[status] then
    return by_status[status]
  elseif status >= 500 then
    return "server"
  elseif status >= 400 then
    return "invalid"
  end
  return "protocol"
end

local function text_of(value)
  return type(value) == "string" and value ~= "" and value or nil
end

--- A text of the server's without the secrets that it may repeat, as they are
-- or as JSON has them. One of less than six bytes would be found in any text,
-- and is left.
local function hide(text, secrets)
  text = text_of(text)
  for _, secret in ipairs(text and secrets or {}) do
    secret = core.secret(secret)
    text = secret:quoted():hide(secret:hide(text))
  end
  return text
end

local default_texts = {
  [401] = "the token or the credentials were not accepted",
  [403] = "the user may not do this",
  [404] = "there is no such thing, or the user can't see it",
  [407] = "the proxy wants a user name and a password",
  [413] = "too many requests for now",
  [429] = "too many requests for now",
}

local function default_text(status, kind)
  if status == 413 and kind ~= "throttled" then
    return "the request is too large"
  end
  if status >= 300 and status < 400 then
    return "the service answered with a redirection, which is never followed"
  end
  return default_texts[status] or
    (status >= 500 and "the service failed" or "the service refused it")
end

--- Returns the values of a header: several where it is repeated.
local function values_of(response, name)
  return response.repeated and response.repeated[name] or
    { response.headers[name] }
end

--- The challenge of a log-in that needs one more factor, or nil.
local function challenge_of(response)
  for _, value in ipairs(values_of(response, "www-authenticate")) do
    local challenge = core.challenge(value)
    local session = challenge and challenge.scheme == "OS-MF" and
      challenge.parameters.sessionId
    if session then
      return { session = core.secret(session),
        factor = challenge.parameters.factor }
    end
  end
end

--- The text of a refusal names the role that the operation takes, unless the
-- service has spoken of roles itself, and the portal where it is given.
local function with_role(text, role, portal)
  local is_named = ascii.lower(text):find("%f[%w]roles?%f[%W]") ~= nil
  if not role or is_named and not portal then
    return text
  end
  text = text:gsub("%.$", "")
  if not is_named then
    return ("%s; the operation takes %s%s"):format(text, role,
      portal and ", given in " .. portal or "")
  end
  return ("%s; it is given in %s"):format(text, portal)
end

--- Returns the role that a refused call takes and the portal where it is given,
-- each of them or nil.
local function role_of(op, values, text)
  local found = op and op.role_of and op.role_of(values or {}, text) or op or {}
  return found.role, found.portal
end

--- The text of an error with the row's advice, where it has some.
local function with_advice(text, op)
  local advice = op and op.advice and op.advice[text]
  return advice and text .. "; " .. advice or text
end

--- The seconds that Retry-After asks for, the longest where it is repeated; nil
-- without it. A date is meant by the service's clock, which Date tells.
local function longest_wait(response, now)
  local longest
  local date = response.headers.date
  now = date and core.time(date) or now
  for _, value in ipairs(values_of(response, "retry-after")) do
    local seconds = core.retry_after(value, now)
    if seconds and seconds > (longest or -1) then
      longest = seconds
    end
  end
  return longest
end

--- Whether a fault says that there were too many requests: 413 means that, or
-- that the body is too long.
local function is_over_limit(code, message)
  local text = ascii.lower((code or "") .. " " .. (message or ""))
  text = text:gsub("[^a-z]", "")
  return text:find("overlimit", 1, true) or text:find("ratelimit", 1, true) or
    text:find("toomanyrequests", 1, true)
end

--- The error of a response whose status is not a success. `secrets` is a list
-- of what must not show in it. `op` may have `faults`, which tells the kind
-- of an error by its message, `advice`, what to do about it, and `role`, who
-- may call it; `values` are those of the call.
local function from_response(operation, response, now, secrets, op, values)
  local headers = response.headers
  local message, code, details
  if response.status ~= 407 then -- that is the proxy's, not the service's
    message, code, details = reason.read(response.body or "")
  end
  local text = text_of(message) or text_of(headers["x-error-message"])
  local kind = op and op.faults and op.faults[text] or kind_of(response.status)
  local retry_after = longest_wait(response, now)
  if response.status == 413 and not retry_after and
      not is_over_limit(code, text) then
    kind = "invalid"
  end
  local role, portal
  if kind == "forbidden" then
    role, portal = role_of(op, values, text or "")
  end
  return new{
    operation = operation, kind = kind, role = role, portal = portal,
    status = response.status,
    code = type(code) == "number" and code or hide(code, secrets),
    text = with_role(with_advice(hide(text, secrets), op) or
      default_text(response.status, kind), role, portal),
    details = hide(details, secrets),
    request_id = hide(request_id(headers), secrets),
    challenge = challenge_of(response),
    retry_after = retry_after,
  }
end

--- What a call returns when it failed: nil, message, err. `operation` is the
-- one that was called, where another one failed on its way: the error names it.
local function fail(err, operation)
  if operation and err.operation and err.operation ~= operation then
    local copy = members.copy(err)
    copy.operation = operation
    copy.message = operation .. err.message:sub(#err.operation + 1)
    err = setmetatable(copy, err_mt)
  end
  return nil, err.message, err
end

return {
  fail = fail, from_response = from_response, hide = hide,
  is_error = is_error, kind_of = kind_of, kinds = kinds,
  new = new, one_line = one_line, request_id = request_id,
  with_prefix = with_prefix,
}
