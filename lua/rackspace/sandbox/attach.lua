--- attach.lua - points a session's settings at a sandbox
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.engine.json")
local settings_of = require("rackspace.engine.settings")

local function lower_headers(headers)
  local lower = {}
  for name, value in pairs(headers) do
    lower[name:lower()] = value
  end
  return lower
end

local function text_of(value)
  return type(value) == "userdata" and value:reveal() or value
end

--- A transport that asks the sandbox in this process.
local function in_process(sandbox)
  return function(request)
    local headers = { host = "localhost" }
    for name, value in pairs(request.headers) do
      headers[name:lower()] = text_of(value)
    end
    local response = sandbox:handle{
      method = request.method, target = request.url:match("^%a+://[^/]*(.*)$"),
      headers = headers, body = text_of(request.body) or "",
    }
    return { status = response.status, seconds = 0, body = response.body,
      headers = lower_headers(response.headers) }
  end
end

--- GET url/sandbox, before there is a session.
local function ask(url)
  local client, message = core.client()
  if not client then
    return nil, message
  end
  local transfer = client:start{ url = url .. "/sandbox", timeout = 10 }
  local response
  repeat
    client:poll(10)
    response, message = transfer:response()
  until response or message
  client:close()
  if not response then
    return nil, message
  end
  local found = response.status == 200 and json.decode(response.body)
  if type(found) == "table" and type(found.endpoints) == "table" and
      type(found.credentials) == "table" then
    return found
  end
  return nil, "what answers there is no sandbox"
end

local function secret(text)
  return text and core.secret(text)
end

--- The Email & Apps keys of the settings, or else those that the named user
-- has; without a user's name, the first one's.
local function email_of(settings, found)
  if settings.email or not settings.username then
    return settings.email or found.credentials.email or {}
  end
  for _, user in ipairs(found.users or {}) do
    if user.username == settings.username then
      return user.email or {}
    end
  end
  return {}
end

--- The user that the settings name, or else the sandbox's first.
local function credentials_of(settings, found)
  local username, api_key = settings.username, settings.api_key
  if not username and not settings.token then
    username = found.credentials.username
    api_key = api_key or not settings.password and found.credentials.api_key
  end
  local email = email_of(settings, found)
  return { username = username, api_key = secret(api_key or nil),
    user_key = secret(email.user_key), secret_key = secret(email.secret_key),
    password = secret(settings.password), token = secret(settings.token),
    tenant = settings.tenant }
end

--- The sandbox that runs at a URL.
local function find_running(url)
  local problem = core.url.fault(url)
  if problem then
    return nil, ("the sandbox '%s' can't be used: %s"):format(url, problem)
  end
  local found, message = ask((url:gsub("/+$", "")))
  if not found then
    return nil, ("the sandbox at %s can't be reached: %s"):format(url,
      message), "network"
  end
  return found
end

local function find(settings, choice)
  if type(choice) == "string" then
    settings.sandbox = nil
    return find_running(choice)
  elseif choice == true then
    local message
    choice, message = require("rackspace.sandbox").new{
      dialect = settings.dialect }
    if not choice then
      return nil, message
    end
  elseif type(choice) ~= "table" or type(choice.handle) ~= "function" then
    return nil, "'sandbox' must be true, a URL or a sandbox"
  end
  settings.sandbox = choice
  settings.transport = settings.transport or in_process(choice)
  return choice:describe()
end

--- Settings whose endpoints and user are a sandbox's. `choice` is true for a
-- new one in this process, a sandbox, or the URL of one that runs. nil, a
-- problem and perhaps its kind when there is none.
local function attach(settings, choice)
  local found, problem, kind = find(settings, choice)
  if not found then
    return nil, problem, kind
  end
  settings.endpoints, settings.is_sandbox = found.endpoints, true
  settings.dialect = settings.dialect or found.dialect
  settings.credentials = credentials_of(settings, found)
  settings.origins = {}
  settings.user_agent = settings_of.user_agent(settings.user_agent)
  return settings
end

return { attach = attach }
