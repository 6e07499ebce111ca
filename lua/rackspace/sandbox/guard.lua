--- guard.lua - which requests a sandbox over HTTP answers
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local guard = {}

local VARIABLE = "RACKSPACE_SANDBOX_TOKEN"
local SHORTEST = 16 -- characters of a control token

-- The names of this machine. A page of the web reaches the server by a name of
-- its own that leads here.
local names = { localhost = true, ["127.0.0.1"] = true, ["[::1]"] = true }

local function is_own(authority)
  return names[authority:lower():gsub(":%d%d?%d?%d?%d?$", "")] == true
end

local function refusal(status, message)
  return { status = status, body = assert(json.text{ message = message }),
    headers = { ["Content-Type"] = "application/json" } }
end

--- Returns a target without the scheme and the authority of an absolute one,
-- and the authority.
local function split(target)
  local authority, path = target:match("^[hH][tT][tT][pP]://([^/?#]*)(.*)$")
  if not authority then
    return target
  end
  return path:find("^/") and path or "/" .. path, authority
end

--- Whether a browser says that a page of another origin sends the request.
local function is_foreign(headers, host)
  local origin, site = headers.origin, headers["sec-fetch-site"]
  return origin and origin:lower() ~= "http://" .. host:lower() or
    site and site ~= "same-origin" and site ~= "none"
end

--- Returns the response that refuses a request, or nil. An absolute target
-- becomes a path.
function guard.refusal(request)
  local headers, host = request.headers, request.headers.host or ""
  local path, authority = split(request.target)
  request.target = path
  if not is_own(host) or authority and not is_own(authority) then
    return refusal(403, "the sandbox answers to localhost, 127.0.0.1 and " ..
      "[::1] only")
  elseif is_foreign(headers, host) then
    return refusal(403, "the sandbox answers no page of another origin")
  end
end

--- Returns the response to a body that is too long.
function guard.too_long(most)
  return refusal(413, ("a body of more than %d bytes needs a log-in")
    :format(most))
end

--- Returns why a call may not use the sandbox's controls, or nil.
function guard.control_problem(sandbox, call)
  local token, given = sandbox.control_token, call.headers["x-sandbox-token"]
  if token and core.secret(token) ~= core.secret(given or "") then
    return "the controls need the header X-Sandbox-Token: the control_token " ..
      "of the sandbox's first line"
  end
end

--- Returns the token of a sandbox's controls: that of the environment, else a
-- new one; or nil and a message.
function guard.token(getenv)
  local token = getenv(VARIABLE)
  if token and token ~= "" then
    if #token < SHORTEST or not token:find("^[%w_-]+$") then
      return nil, ("%s must be %d or more letters, digits, '-' and '_'")
        :format(VARIABLE, SHORTEST)
    end
    return token
  end
  local source, problem = io.open("/dev/urandom", "rb")
  local bytes = source and source:read(32)
  if source then
    source:close()
  end
  if not bytes then
    return nil, problem or "there are no random numbers"
  end
  return core.digest(bytes):sub(1, 40)
end

--- Returns the token that a client sends to a sandbox's controls, or nil.
function guard.client_token(getenv)
  local token = getenv(VARIABLE)
  return token and token ~= "" and core.secret(token) or nil
end

return guard
