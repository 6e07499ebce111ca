--- session.lua - settings and an identity, by which services are called
-- SPDX-License-Identifier: MIT
local auth = require("rackspace.engine.auth")
local call = require("rackspace.engine.call")
local core = require("rackspace.core")
local events = require("rackspace.engine.events")
local limits = require("rackspace.engine.limits")
local log = require("rackspace.engine.log")
local modules = require("rackspace.engine.modules")
local nearest = require("rackspace.engine.nearest")
local random = require("rackspace.engine.random")
local service = require("rackspace.engine.service")
local tasks = require("rackspace.engine.tasks")
local transport = require("rackspace.engine.transport")

local session_methods = {}
local session_mt = { __name = "rackspace.session" }

-- What a session is made of; a service of one's own takes none of its names.
local own_names = { auth = true, budgets = true, clock = true, heard = true,
  identity_operations = true, known = true, limits = true, metas = true,
  random = true, sandbox = true, settings = true, tasks = true,
  transport = true }

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
  local meta = type(value) == "table" and self.metas[value]
  return meta and call.show_meta(meta) or nil
end

--- Puts what is known of a response beside a value.
function session_methods:remember_meta(value, meta)
  if type(value) == "table" then
    self.metas[value] = meta
  end
end

--- Has fn(event) called at each event of a name: "request", "response",
-- "retry", "wait", "login" or "warning". Returns a function that ends it. What
-- fn raises ends no call; it is told as a warning, once.
function session_methods:on(name, fn)
  local off, problem = events.on(self, name, fn)
  if not off then
    error("on: " .. problem, 2)
  end
  return off
end

--- Tells those who listen to an event.
function session_methods:emit(name, event)
  return events.emit(self, name, event)
end

--- Calls an operation's request: the decoded body, or nil, a message and an
-- error value.
function session_methods:request(op, request)
  return call.request(self, op, request)
end

--- Runs an operation: its value without the envelope.
function session_methods:perform(op, request)
  return call.perform(self, op, request)
end

--- Operations of your own on this session: rows as in the bundled services'
-- files, { name =, endpoint = a service's name or a URL, rows... }. They are
-- returned, and found as rs.<name> too.
function session_methods:service(definition)
  if type(definition) ~= "table" then
    error("service: takes a table of rows, not a " .. type(definition), 2)
  end
  local copy = { auth = "token" }
  for key, value in pairs(definition) do
    copy[key] = value
  end
  if type(copy.name) ~= "string" or not copy.name:find("^%a[%w_]*$") then
    error("service: 'name' must be a name such as \"widgets\"", 2)
  elseif own_names[copy.name] or session_methods[copy.name] then
    error(("service: the name '%s' is taken"):format(copy.name), 2)
  end
  local endpoint = copy.endpoint
  if not self.settings.endpoints[endpoint or ""] then
    local problem = type(endpoint) ~= "string" and "is missing" or
      core.url.fault(endpoint)
    if problem then
      error("service: 'endpoint' must be a service's name or a URL: " ..
        problem, 2)
    end
    self.settings.endpoints[endpoint] = endpoint:gsub("/+$", "")
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
  if self.settings.own_sandbox then
    self.sandbox:close() -- one that was given may be another session's, too
  end
end

session_mt.__close = session_methods.close

local real_clock = { time = core.now, monotonic = core.monotonic,
  sleep = core.sleep }

--- A session from settings that were read by settings.lua.
local function new(settings)
  local self = {
    settings = settings, clock = settings.clock or real_clock,
    metas = setmetatable({}, { __mode = "k" }),
    known = { severities = {} }, -- what answers told that later calls need
    heard = {}, -- who listens to which event
    sandbox = settings.sandbox or false,
    limits = limits.new(settings.limits), budgets = {},
  }
  self.random = self.clock.random or random.new()
  self.tasks = tasks.new(self.clock, settings.transport ~= nil)
  self.transport = events.watch(self, settings.transport or
    transport.new(settings, self.tasks))
  self.identity_operations = require(modules.identity).by_name
  setmetatable(self, session_mt)
  self.auth = auth.new(self, settings.credentials, settings.passcode)
  log.attach(self, settings.log)
  return self
end

return { new = new }
