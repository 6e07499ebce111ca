--- attach.lua - points a session's settings at a sandbox
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.engine.json")
local settings_of = require("rackspace.engine.settings")

local own_url = "http://localhost"

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
  return type(found) == "table" and found.credentials and found or nil,
    "no sandbox answered there"
end

--- The user: the one that the settings name, or the sandbox's first.
local function credentials_of(settings, found)
  local named = settings.username or settings.token
  return {
    username = named and settings.username or
      not named and found.credentials.username or nil,
    api_key = core.secret(settings.api_key or
      (not named and found.credentials.api_key) or "none"),
    password = settings.password and core.secret(settings.password),
    token = settings.token and core.secret(settings.token),
    tenant = settings.tenant,
  }
end

local function without_key(credentials, settings)
  local named = settings.username or settings.token
  if named and not settings.api_key then
    credentials.api_key = nil
  end
  return credentials
end

local function find(settings, choice)
  if choice == true then
    local sandbox, message = require("rackspace.sandbox").new()
    if not sandbox then
      return nil, message
    end
    settings.sandbox = sandbox
    settings.transport = settings.transport or in_process(sandbox)
    return sandbox:describe(own_url)
  elseif type(choice) == "table" then
    settings.transport = settings.transport or in_process(choice)
    return choice:describe(own_url)
  end
  settings.sandbox = nil
  local problem = core.url.fault(choice)
  if problem then
    return nil, ("the sandbox '%s' can't be used: %s"):format(choice, problem)
  end
  local url = choice:gsub("/+$", "")
  local found, message = ask(url)
  if not found then
    return nil, ("the sandbox at %s can't be reached: %s"):format(url, message)
  end
  return found
end

--- Settings whose endpoints and user are a sandbox's. `choice` is true for a
-- new one in this process, a sandbox, or the URL of one that runs. nil and a
-- problem when there is none.
local function attach(settings, choice)
  local found, problem = find(settings, choice)
  if not found then
    return nil, problem
  end
  settings.endpoints = found.endpoints
  settings.credentials = without_key(credentials_of(settings, found), settings)
  settings.origins = {}
  settings.user_agent = settings_of.user_agent(settings.user_agent)
  return settings
end

return { attach = attach }
