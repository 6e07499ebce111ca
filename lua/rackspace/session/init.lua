--- init.lua - settings and an identity, by which services are called
-- SPDX-License-Identifier: MIT
local all = require("rackspace.many.all")
local auth = require("rackspace.login.auth")
local core = require("rackspace.core")
local events = require("rackspace.call.events")
local fault = require("rackspace.base.fault")
local limits = require("rackspace.call.limits")
local log = require("rackspace.call.log")
local map = require("rackspace.many.map")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local perform = require("rackspace.call.perform")
local random = require("rackspace.base.random")
local scheduler_of = require("rackspace.task.scheduler")
local service = require("rackspace.session.service")
local transport = require("rackspace.call.transport")

local session_methods = {}
local session_mt = { __name = "rackspace.session" }

-- What a session is made of; a service of one's own takes none of its names.
local own_names = { auth = true, budgets = true, clock = true, closed = true,
  heard = true, limits = true, metas = true, random = true, sandbox = true,
  scheduler = true, services = true, settings = true, states = true,
  transfers = true, transport = true }

function session_mt:__index(name)
  local method = session_methods[name]
  if method ~= nil then
    return method
  end
  local definition = self.services.definition(name)
  if definition then
    local operations = definition.new(self)
    rawset(self, name, operations)
    return operations
  elseif type(name) == "string" and not name:find("^_") then
    error(("there is no rs.%s%s"):format(name,
      nearest.hint(name, self.services.names())), 2)
  end
end

function session_mt:__tostring()
  local user = self.settings.credentials.username
  return ("session (%s%s)"):format(user or "no user",
    self.closed and ", closed" or "")
end

--- Seconds since 1970 by the session's clock.
function session_methods:time()
  return self.clock.time()
end

--- How the call behind a table went: { status =, headers =, request_id =,
-- attempts =, seconds =, operation = }; nil for a value that no call gave.
function session_methods:meta(value)
  local meta = type(value) == "table" and self.metas[value]
  return meta and perform.show_meta(meta) or nil
end

--- Puts what is known of a response beside a value.
function session_methods:remember_meta(value, meta)
  if type(value) == "table" then
    self.metas[value] = meta
  end
end

--- Has fn(event) called at each event of a name: "request", "response",
-- "progress", "page", "retry", "wait", "login" or "warning". Returns a function
-- that ends it. What fn raises ends no call; it is told as a warning, once.
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
  return perform.request(self, op, request)
end

--- Runs an operation: its value without the envelope.
function session_methods:perform(op, request)
  return perform.perform(self, op, request)
end

--- Operations of your own on this session: rows as in the bundled services'
-- files, { name =, endpoint = a service's name or a URL, rows... }. They are
-- returned, and found as rs.<name> too.
function session_methods:service(definition)
  if type(definition) ~= "table" then
    error("service: takes a table of rows, not a " .. type(definition), 2)
  end
  local copy = members.add({ auth = "token" }, definition)
  if type(copy.name) ~= "string" or not copy.name:find("^%a[%w_]*$") then
    error("service: 'name' must be a name such as \"widgets\"", 2)
  elseif own_names[copy.name] or session_methods[copy.name] or
      self.settings.allow and self.services.has(copy.name) then
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
  local ok, defined = pcall(function()
    return service.build(service.define(copy))
  end)
  if not ok then
    error("service: " .. tostring(defined), 2)
  end
  local operations = defined.new(self)
  rawset(self, copy.name, operations)
  return operations
end

--- Why calls fail from now on; nil while they don't.
function session_methods:ended()
  return self.closed and "the session is closed" or
    self.scheduler:is_cancelled() and "the task was cancelled" or nil
end

--- Lets `seconds` pass, or the time to the session's end.
function session_methods:pause(seconds)
  self.scheduler:sleep(seconds, function() return self.closed end)
end

--- Waits `seconds`; other tasks go on. Returns true; or nil, a message and an
-- error value when the session is closed, the task cancelled or its deadline
-- reached meanwhile.
function session_methods:sleep(seconds)
  if type(seconds) ~= "number" or seconds ~= seconds or seconds < 0 then
    error("sleep: takes seconds, not " .. tostring(seconds), 2)
  end
  local left = self.scheduler:time_left()
  self:pause(math.min(seconds, left or seconds))
  local ended = self:ended()
  if ended or left and left < seconds then
    return fault.fail(fault.new{ kind = ended and "cancelled" or "timeout",
      operation = "sleep", text = ended or "the task's deadline has passed" })
  end
  return true
end

--- Calls fn(item) for each item of a source, many at once. The source is a
-- list, a pager or another iterator, or { iterator, state, control } as
-- pairs(t) gives it; fn is ordinary code that calls operations. Options:
-- `concurrency`, how many at once (16); `ordered`, true for results in the
-- source's order instead of that of completion; `deadline`, the seconds after
-- which every call in fn fails. Returns an iterator of the item and what fn
-- returned, nil, message and err too. What fn raises ends it and is raised,
-- with the item's position and id. The source is read as far as needed: no
-- more items are taken than `concurrency` beyond those whose results were
-- used. Breaking out of the loop, or `close()` of the iterator, cancels what
-- is in flight.
function session_methods:map(source, fn, options)
  local results, problem = map.new(self.scheduler, source, fn, options)
  if not results then
    error("map: " .. problem, 2)
  end
  return results, nil, nil, results
end

--- Calls every function of a list at once. Returns the list of their first
-- results in the list's order, with `n` beside them. The first that returns
-- nil and a message cancels the others, and all returns what it returned; so
-- does the first that raises, and its error is raised. Options: `concurrency`
-- and `deadline` as for map.
function session_methods:all(functions, options)
  local results, message, err = all(self.scheduler, functions, options)
  if results == false then
    error("all: " .. message, 2)
  end
  return results, message, err
end

--- Cancels what is in flight and lets the connections go. Calls fail with the
-- kind "cancelled" from then on.
function session_methods:close()
  if self.closed then
    return
  end
  self.closed = true
  self.scheduler:leave(self.transfers)
  if self.settings.own_sandbox then
    self.sandbox:close() -- one that was given may be another session's, too
  end
end

session_mt.__close = session_methods.close

local real_clock = { time = core.now, monotonic = core.monotonic,
  sleep = core.sleep }

--- Returns the scheduler of a session: its own, another session's or that of a
-- loop.
local function scheduler_for(clock, loop, has_lent)
  local shared = loop and loop.scheduler
  if shared and not shared.closed then
    return shared:share()
  end
  local own = scheduler_of.new(clock, loop, has_lent)
  if loop then
    loop.scheduler = own
  end
  return own
end

--- Returns a session. `settings` are those that settings.complete() gave,
-- `services` is the list of the services, as rackspace.services has it.
local function new(settings, services)
  local loop = settings.loop
  local self = {
    settings = settings,
    clock = settings.clock or loop and loop.clock or real_clock,
    metas = setmetatable({}, { __mode = "k" }),
    services = services, -- the list of the services
    states = {}, -- what the services keep for later calls, by their names
    heard = {}, -- who listens to which event
    sandbox = settings.sandbox or false,
    limits = limits.new(settings.limits), budgets = {},
    transfers = setmetatable({}, { __mode = "k" }), -- what is in flight
    closed = false,
  }
  self.random = self.clock.random or random.new()
  self.scheduler = scheduler_for(self.clock, loop,
    settings.transport ~= nil and not self.sandbox)
  self.transport = settings.transport or
    transport.new(settings, self.scheduler, self.transfers)
  setmetatable(self, session_mt)
  self.auth = auth.new(self, settings.credentials, settings.passcode,
    services.login())
  log.attach(self, settings.log)
  return self
end

return { new = new }
