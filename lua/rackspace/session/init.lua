--- init.lua - a session: settings, credentials, and the services' operations
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
local returned = require("rackspace.base.returned")
local scheduler_of = require("rackspace.task.scheduler")
local service = require("rackspace.session.service")
local token_cache = require("rackspace.login.token_cache")
local transport = require("rackspace.call.transport")

local session_methods = {}
local session_mt = { __name = "rackspace.session" }

-- The fields of a session; a script's own service can't have one of these
-- names.
local own_names = { answered = true, auth = true, budgets = true, clock = true,
  closed = true, doubts = true, heard = true, lasts = true, limits = true,
  metas = true, random = true, sandbox = true, scheduler = true,
  services = true, settings = true, states = true, transfers = true,
  transport = true }

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

--- Returns the seconds since 1970 by the session's clock.
function session_methods:time()
  return self.clock.time()
end

--- Returns the metadata of the call that returned a table: { status =, headers
-- =, request_id =, attempts =, seconds =, operation = }; nil for other values.
function session_methods:meta(value)
  local meta = type(value) == "table" and self.metas[value]
  return meta and perform.show_meta(meta) or nil
end

--- Returns the metadata of the last call of the present coroutine, in the same
-- form as meta(): also of one that gave a string or true, and of one that
-- failed, which has no `status` when nothing was answered; nil before the first
-- call. Of a list it is that of the page that was read last.
function session_methods:last()
  local meta = self:last_noted()
  return meta and perform.show_meta(meta) or nil
end

--- Returns what note_last() kept for the present coroutine, or nil.
function session_methods:last_noted()
  return self.lasts[coroutine.running() or "main"]
end

--- Keeps the metadata of the last call of the present coroutine.
function session_methods:note_last(meta)
  if meta and meta.subject then -- an account, for its picture
    meta = members.copy(meta)
    meta.subject = nil
  end
  self.lasts[coroutine.running() or "main"] = meta
end

--- Keeps the metadata of a response for a table that the call returns.
function session_methods:remember_meta(value, meta)
  if type(value) == "table" then
    self.metas[value] = meta
    self:note_last(meta)
  end
end

--- Calls fn(event) at each event of a name: "request", "response", "progress",
-- "page", "retry", "wait", "login" or "warning". Returns a function that
-- removes fn. An error that fn raises does not end the call; the first one is
-- reported as a warning.
function session_methods:on(name, fn)
  local off, problem = events.on(self, name, fn)
  if not off then
    error("on: " .. problem, 2)
  end
  return off
end

--- Calls the functions that listen to an event.
function session_methods:emit(name, event)
  return events.emit(self, name, event)
end

--- Sends a request of an operation. Returns the decoded body; or nil, a message
-- and an error value.
function session_methods:request(op, request)
  return perform.request(self, op, request)
end

--- Sends a request of an operation. Returns its value, without the envelope; or
-- nil, a message and an error value.
function session_methods:perform(op, request)
  return perform.perform(self, op, request)
end

--- Adds a service of your own to this session. Its definition is { name =,
-- endpoint = an endpoint's name or a URL, rows... }, with rows as in the
-- bundled services' files. Returns the service, which is rs.<name> from then
-- on.
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

--- Returns why calls fail from now on: the session is closed or the task is
-- cancelled; otherwise nil.
function session_methods:ended()
  return self.closed and "the session is closed" or
    self.scheduler:is_cancelled() and "the task was cancelled" or nil
end

--- Waits `seconds`, or until the session is closed.
function session_methods:pause(seconds)
  self.scheduler:sleep(seconds, function() return self.closed end)
end

--- Waits `seconds` while other tasks run. Returns true; or nil, a message and
-- an error value when the session is closed, the task is cancelled or its
-- deadline passes meanwhile.
function session_methods:sleep(seconds)
  if type(seconds) ~= "number" or seconds ~= seconds or seconds < 0 then
    error("sleep: takes seconds, not " .. tostring(seconds), 2)
  end
  local left = self.scheduler:time_left()
  self:pause(math.min(seconds, left or seconds))
  local ended = self:ended()
  if ended or left and left < seconds then
    return returned.pass(fault.fail(fault.new{ operation = "sleep",
      kind = ended and "cancelled" or "timeout",
      text = ended or "the task's deadline has passed" }))
  end
  return true
end

--- Calls fn(item) for each item of a source, several at the same time. The
-- source is a list, a pager or another iterator, or { iterator, state, control
-- } as pairs(t) returns them; fn is ordinary code that calls operations.
-- Options: `concurrency`, how many calls of fn run at the same time (16);
-- `ordered`, true for results in the source's order instead of that of
-- completion; `deadline`, the seconds after which every call in fn fails.
-- Returns an iterator over the items, each with all that fn returned for it,
-- including nil, message and err. An error that fn raises ends the iteration
-- and is raised, with the item's position and id. The source is read lazily, at
-- most `concurrency` items ahead of the results that were taken. Breaking out
-- of the loop, or `close()` of the iterator, cancels the calls in flight.
function session_methods:map(source, fn, options)
  local results, problem = map.new(self.scheduler, source, fn, options)
  if not results then
    error("map: " .. problem, 2)
  end
  return results, nil, nil, results
end

--- Calls all functions of a list at the same time. Returns the list of their
-- first results in the list's order, and their number as `n`. The first
-- function that returns nil and a message cancels the others, and all() returns
-- the same; the first error that is raised cancels the others and is raised.
-- Options: `concurrency` and `deadline`, as for map.
function session_methods:all(functions, options)
  local results, message, err = all(self.scheduler, functions, options)
  if results == false then
    error("all: " .. message, 2)
  end
  return returned.pass(results, message, err)
end

--- Closes the session: cancels the calls in flight and closes the connections.
-- Later calls fail with the kind "cancelled".
function session_methods:close()
  if self.closed then
    return
  end
  self.closed = true
  self.scheduler:leave(self.transfers)
  if self.settings.own_sandbox then
    self.sandbox:close() -- other sandboxes may be shared between sessions
  end
end

session_mt.__close = session_methods.close

local real_clock = { time = core.now, monotonic = core.monotonic,
  sleep = core.sleep }

--- Returns the scheduler for a session: a new one, or that of the loop or
-- session that it shares. `has_lent`: the transport is the script's own.
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

--- Returns a function that opens the store of tokens of the settings.
local function store_opener(settings, endpoint)
  return settings.cache and function(warn)
    return token_cache.new(settings.cache, settings.endpoints[endpoint],
      settings.credentials, warn)
  end
end

--- Creates a session.
-- @param settings table as settings.complete() returns it
-- @param services the list of the services, rackspace.services
local function new(settings, services)
  local loop = settings.loop
  local self = {
    settings = settings, -- table
    services = services, -- the list of the services
    clock = settings.clock or loop and loop.clock or real_clock, -- time(),
    -- monotonic() and sleep(seconds)
    metas = setmetatable({}, { __mode = "k" }), -- { [value] = meta }
    lasts = setmetatable({}, { __mode = "k" }), -- { [coroutine or "main"] =
    -- meta of its last call }
    states = {}, -- what the services keep for later calls, by their names
    doubts = { count = 0 }, -- set: what was warned of, and how much
    heard = {}, -- { [event's name] = list of listeners }
    sandbox = settings.sandbox or false, -- sandbox or false
    limits = limits.new(settings.limits), -- gate
    budgets = {}, -- { [endpoint] = what repeats are paid from }
    answered = {}, -- { [operation's name] = "path" or "fallback" }: which of
    -- its two paths answered first
    transfers = setmetatable({}, { __mode = "k" }), -- set: what is in flight
    closed = false, -- boolean
  }
  self.random = self.clock.random or random.new()
  self.scheduler = scheduler_for(self.clock, loop,
    settings.transport ~= nil and not self.sandbox)
  self.transport = settings.transport or
    transport.new(settings, self.scheduler, self.transfers)
  setmetatable(self, session_mt)
  self.auth = auth.new(self, settings.credentials, services.login(),
    settings.passcode, store_opener(settings, services.login().endpoint))
  log.attach(self, settings.log)
  return self
end

return { new = new }
