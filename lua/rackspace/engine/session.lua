--- session.lua - settings, an identity, and the one way that a call takes
-- SPDX-License-Identifier: MIT
local auth = require("rackspace.engine.auth")
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")
local nearest = require("rackspace.engine.nearest")
local service = require("rackspace.engine.service")
local tasks = require("rackspace.engine.tasks")
local transport = require("rackspace.engine.transport")

local session_methods = {}
local session_mt = { __name = "rackspace.session" }

-- Services and the modules that hold their rows, loaded on first use.
local modules = {
  accounts = "rackspace.accounts",
  identity = "rackspace.identity",
}

local function module_names()
  local names = {}
  for name in pairs(modules) do
    names[#names + 1] = name
  end
  return names
end

function session_mt:__index(name)
  local method = session_methods[name]
  if method ~= nil then
    return method
  elseif modules[name] then
    local operations = require(modules[name]).new(self)
    rawset(self, name, operations)
    return operations
  elseif type(name) == "string" and not name:find("^_") then
    error(("there is no rs.%s%s"):format(name,
      nearest.hint(name, module_names())), 2)
  end
end

function session_mt:__tostring()
  local user = self.settings.credentials.username
  return ("session (%s%s)"):format(user or "no user",
    self.tasks.closed and ", closed" or "")
end

--- Seconds since 1970 by the session's clock.
function session_methods:time()
  return self.clock.time()
end

--- How the call behind a table went: { status =, headers =, request_id =,
-- attempts =, seconds =, operation = }; nil for a value that no call gave.
function session_methods:meta(value)
  return type(value) == "table" and self.metas[value] or nil
end

--- Puts what is known of a response beside a value.
function session_methods:remember_meta(value, meta)
  if type(value) == "table" then
    self.metas[value] = meta
  end
end

local function headers_of(self, op, request, token)
  local headers = { Accept = op.accept or "application/json",
    ["User-Agent"] = self.settings.user_agent }
  for name, value in pairs(request.headers or {}) do
    headers[name] = value
  end
  if request.body then
    headers["Content-Type"] = op.accept or "application/json"
  end
  headers["X-Auth-Token"] = token
  return headers
end

--- The seconds that an attempt may take: its time-out, cut by the deadline.
local function time_left(self, call)
  local left = call.values.timeout or self.settings.timeout
  local deadline = call.values.deadline or self.settings.deadline
  if deadline then
    left = math.min(left, deadline - (self.clock.monotonic() - call.started))
  end
  return left
end

local function deadline_error(call)
  return fault.new{ kind = "timeout", operation = call.op.full_name,
    text = "the call's deadline has passed", attempts = call.attempts }
end

--- One request over the transport: a response, or nil and an error.
local function attempt(self, call, path, token)
  local op, request = call.op, call.request
  local timeout = time_left(self, call)
  if timeout <= 0 then
    return nil, deadline_error(call)
  end
  call.attempts = call.attempts + 1
  local query = request.query and "?" .. request.query or ""
  local response, message, kind, sent = self.transport{
    method = op.method, operation = op.full_name, timeout = timeout,
    url = self.settings.endpoints[op.endpoint] .. path .. query,
    headers = headers_of(self, op, request, token), body = request.body,
    writes = op.method ~= "GET" and op.method ~= "HEAD",
  }
  if response then
    return response
  end
  return nil, fault.new{ kind = kind, operation = op.full_name,
    text = message, sent = sent, attempts = call.attempts }
end

--- With the token; once more with a new one when it was refused. The first
-- answer is the one to report when the second is no better.
local function attempt_authorized(self, call, path)
  if call.op.auth ~= "token" then
    return attempt(self, call, path)
  end
  local token, err = self.auth:token()
  if not token then
    return nil, err
  end
  local first
  first, err = attempt(self, call, path, token)
  if not first or first.status ~= 401 or not self.auth:reject(token) then
    return first, err
  end
  token, err = self.auth:token()
  if not token then
    return nil, err
  end
  local second
  second, err = attempt(self, call, path, token)
  if second and second.status == 401 then
    return first
  end
  return second, err
end

local function meta_of(call, response)
  return { operation = call.op.full_name, status = response.status,
    headers = response.headers, seconds = response.seconds,
    request_id = fault.request_id(response.headers),
    attempts = call.attempts }
end

local function protocol_error(call, response, text)
  return fault.new{ kind = "protocol", operation = call.op.full_name,
    status = response.status, text = text, attempts = call.attempts,
    request_id = fault.request_id(response.headers) }
end

--- The value of a successful response, or nil and an error.
local function decode(call, response)
  local body = response.body or ""
  if response.status == 204 or not call.op.returns then
    return {}
  elseif body:find("^%s*$") then
    return nil, protocol_error(call, response, "the answer is empty")
  elseif fault.is_html(body) then
    return nil, protocol_error(call, response,
      "an HTML page came instead of JSON; is the endpoint right?")
  end
  local value, message = json.decode(body)
  if type(value) ~= "table" then
    return nil, protocol_error(call, response, "the answer is not JSON" ..
      (message and " (" .. message .. ")" or " of an object"))
  end
  return value
end

--- A call's way from request to value: log-in, transport, fallback, decoding.
-- Returns the decoded body, or nil, a message and an error.
function session_methods:request(op, request)
  local call = { op = op, request = request, values = request.values,
    attempts = 0, started = self.clock.monotonic() }
  if self.tasks.closed then
    return fault.fail(fault.new{ kind = "cancelled",
      operation = op.full_name, text = "the session is closed" })
  end
  local response, err = attempt_authorized(self, call, request.path)
  if response and response.status == 404 and request.fallback then
    response, err = attempt_authorized(self, call, request.fallback)
  end
  if not response then
    return fault.fail(err)
  elseif response.status < 200 or response.status > 299 then
    err = fault.from_response(op.full_name, response, self:time())
    err.attempts = call.attempts
    return fault.fail(err)
  end
  local value
  value, err = decode(call, response)
  if not value then
    return fault.fail(err)
  end
  self:remember_meta(value, meta_of(call, response))
  return value
end

--- Runs an operation: its value without the envelope.
function session_methods:perform(op, request)
  local envelope, message, err = self:request(op, request)
  if not envelope then
    return nil, message, err
  elseif not op.returns then
    return true
  end
  local value = envelope
  if op.items or op.member then
    value = envelope[op.items or op.member]
    if value == nil and op.items then
      value = {} -- what is empty may be left out
    end
    self:remember_meta(value, self:meta(envelope))
  end
  if value == nil then
    return fault.fail(fault.new{ kind = "protocol",
      operation = op.full_name,
      text = ("the answer has no '%s'"):format(op.member) })
  end
  return value
end

--- Operations of your own on this session: rows as in the bundled services'
-- files, { name =, endpoint = a service's name or a URL, rows... }. They are
-- returned, and found as rs.<name> too.
function session_methods:service(definition)
  local copy = { auth = "token" }
  for key, value in pairs(definition) do
    copy[key] = value
  end
  if type(copy.name) ~= "string" or not copy.name:find("^%a[%w_]*$") then
    error("service: 'name' must be a name such as \"widgets\"", 2)
  end
  local endpoint = copy.endpoint
  if not self.settings.endpoints[endpoint or ""] then
    local problem = type(endpoint) ~= "string" and "is missing" or
      core.url.fault(endpoint)
    if problem then
      error("service: 'endpoint' must be a service's name or a URL: " ..
        problem, 2)
    end
    self.settings.endpoints[endpoint] = endpoint:gsub("/$", "")
    copy.auth = definition.auth or false
  end
  local ok, defined = pcall(service.define, copy)
  if not ok then
    error("service: " .. tostring(defined), 2)
  end
  local operations = defined.new(self)
  rawset(self, copy.name, operations)
  return operations
end

--- Cancels what is in flight and lets the connections go. Calls fail with the
-- kind "cancelled" from then on.
function session_methods:close()
  self.tasks:close()
  if self.sandbox then
    self.sandbox:close()
  end
end

session_mt.__close = session_methods.close

local real_clock = { time = core.now, monotonic = core.monotonic,
  sleep = core.sleep }

--- A session from settings that were read by settings.lua.
local function new(settings)
  local self = {
    settings = settings, clock = settings.clock or real_clock,
    metas = setmetatable({}, { __mode = "k" }), sandbox = settings.sandbox,
  }
  self.tasks = tasks.new(self.clock)
  self.transport = settings.transport or transport.new(settings, self.tasks)
  self.identity_operations = require(modules.identity).by_name
  setmetatable(self, session_mt)
  self.auth = auth.new(self, settings.credentials, settings.passcode)
  return self
end

return { new = new }
