--- attach.lua - points a session's settings at a sandbox
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local endpoints = require("rackspace.session.endpoints")
local guard = require("rackspace.sandbox.guard")
local json = require("rackspace.base.json")
local multipart = require("rackspace.sandbox.multipart")
local settings_of = require("rackspace.session.settings")
local token_cache = require("rackspace.login.token_cache")

local function lower_headers(headers)
  local lower = {}
  for name, value in pairs(headers) do
    lower[ascii.lower(name)] = value
  end
  return lower
end

local function text_of(value)
  return type(value) == "userdata" and value:reveal() or value
end

--- Writes the parts of a multipart body into a temporary file, and handles the
-- request with it. Returns the response, or nil and a message.
local function handle_multipart(sandbox, sent, parts)
  local kind, problem, response
  sent.file, problem = bytes.temporary()
  if not sent.file then
    return nil, problem
  end
  kind, problem = multipart.write(sent.file, parts)
  if kind then
    sent.headers["content-type"] = kind
    response = sandbox:handle(sent)
  end
  os.remove(sent.file)
  return response, problem
end

--- Returns the body of a response, "" when it was written to the request's
-- sink, or nil and a message when it can't be read or written. As in the
-- client, only the body of a 2xx goes to the sink.
local function receive(response, request)
  local is_kept = request.sink and response.status >= 200 and
    response.status <= 299
  if request.method == "HEAD" then
    return ""
  elseif not (is_kept or response.file) then
    return response.body
  end
  local source, problem = bytes.open(response)
  local done
  if source and is_kept then
    done, problem = bytes.save(source, request.sink, request.is_new)
  elseif source then
    done, problem = source:read("*a")
  end
  if source then
    source:close()
  end
  return done and (is_kept and "" or done), problem
end

--- Returns the bytes of a finished transfer, as a "progress" event has them.
local function progress_of(request, response)
  local sent = request.file
  for _, part in ipairs(request.form or {}) do
    sent = part.file or sent
  end
  local came = response.file and core.file.size(response.file)
  local size = sent and core.file.size(sent)
  return { uploaded = size or 0, to_upload = size, downloaded = came or 0,
    expected = came }
end

--- Waits for the delay of a fault, at most the request's timeout. Returns the
-- message and the kind of the error when there is no response; else nothing.
local function wait_for_fault(response, request, sleep)
  local delay = response.delay or 0
  sleep(math.min(delay, request.timeout))
  if delay >= request.timeout then
    return ("the sandbox was silent for %s seconds"):format(
      core.number.text(request.timeout)), "timeout"
  elseif response.close then
    return "the sandbox closed the connection without an answer", "network"
  end
end

--- Returns a transport that calls a sandbox in this process. The delay of a
-- fault blocks the whole process.
local function in_process(sandbox, sleep)
  return function(request)
    local sent = { method = request.method, headers = { host = "localhost" },
      target = request.url:match("^%a+://[^/]*(.*)$"), file = request.file,
      body = text_of(request.body) or "" }
    for name, value in pairs(request.headers) do
      sent.headers[ascii.lower(name)] = text_of(value)
    end
    local response, body, problem, kind
    if request.form then
      response, problem = handle_multipart(sandbox, sent, request.form)
    else
      response = sandbox:handle(sent)
    end
    if response and (response.delay or response.close) then
      problem, kind = wait_for_fault(response, request, sleep)
    end
    if kind then
      return nil, problem, kind, true
    elseif response then
      body, problem = receive(response, request)
    end
    if not body then
      return nil, problem, "file", response ~= nil
    end
    if request.progress then
      request.progress(progress_of(request, response))
    end
    return { status = response.status, body = body,
      seconds = response.delay or 0,
      headers = lower_headers(response.headers) }
  end
end

--- Returns the description of the sandbox at a URL (GET /sandbox), or nil and a
-- message. Uses a client of its own, since there is no session yet.
local function fetch_description(url)
  local client, message = core.client()
  if not client then
    return nil, message
  end
  local transfer = client:start{ url = url .. "/sandbox", timeout = 10,
    headers = { ["X-Sandbox-Token"] = guard.client_token(os.getenv) } }
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
  elseif response.status == 403 then
    return nil, "it needs RACKSPACE_SANDBOX_TOKEN, the control_token of the " ..
      "first line that it printed"
  end
  return nil, "what answers there is no sandbox"
end

local function secret(text)
  return text and core.secret(text)
end

--- Returns the Email & Apps keys of the settings, else those of the user that
-- the settings name, else those of the sandbox's first user.
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

--- Returns the credentials of the settings, else those of the sandbox's first
-- user.
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

--- Returns the description of the sandbox that runs at a URL; or nil, a problem
-- and perhaps its kind.
local function find_running(url)
  local problem = endpoints.problem(("the sandbox '%s'"):format(url), url)
  if problem then
    return nil, problem
  end
  local found, message = fetch_description((url:gsub("/+$", "")))
  if not found then
    return nil, ("the sandbox at %s can't be reached: %s"):format(url,
      message), "network"
  end
  return found
end

local function find(settings, choice, services)
  if type(choice) == "string" then
    settings.sandbox, settings.sandbox_url = nil, choice
    return find_running(choice)
  elseif choice == true then
    local message
    settings.own_sandbox = true
    choice, message = require("rackspace.sandbox").new({
      dialect = settings.dialect, limits = settings.limits }, services)
    if not choice then
      return nil, message
    end
  elseif type(choice) ~= "table" or type(choice.handle) ~= "function" then
    return nil, "'sandbox' must be true, a URL or a sandbox"
  end
  settings.sandbox = choice
  settings.transport = settings.transport or
    in_process(choice, (settings.clock or core).sleep)
  return choice:describe()
end

--- Points settings at a sandbox: its endpoints, its user, and a transport when
-- it is in this process.
-- @param settings table: checked settings; changed
-- @param choice true for a new sandbox in this process, a sandbox, or the URL
--   of a running one
-- @param services the list of the services
-- @return the settings; or nil, a problem and perhaps its kind
local function attach(settings, choice, services)
  local found, problem, kind = find(settings, choice, services)
  if not found then
    return nil, problem, kind
  end
  settings.endpoints, settings.is_sandbox = found.endpoints, true
  settings.dialect = settings.dialect or found.dialect
  if found.limits == false then
    settings.limits = false
  end
  settings.credentials = credentials_of(settings, found)
  settings.origins = {}
  settings.cache = settings.cache or false
  settings.cache, problem = token_cache.folder(settings, os.getenv)
  if problem then
    return nil, problem
  end
  settings.user_agent = settings_of.user_agent(settings.user_agent)
  return settings
end

return { attach = attach }
