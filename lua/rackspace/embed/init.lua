--- init.lua - the Lua side of librackspace
-- SPDX-License-Identifier: MIT
local environment = require("rackspace.embed.environment")
local json = require("rackspace.base.json")
local modules = require("rackspace.embed.modules")
local raise = require("rackspace.embed.raise")

local embed_methods = {}
local embed_mt = { __name = "rackspace.embed", __index = embed_methods }

--- Returns the session, which is made by the first call that needs it. Raises
-- an error value when that fails.
local function session_of(embed)
  if not embed.session then
    local settings = require("rackspace.embed.settings").read(embed.options)
    settings.sandbox = embed.sandbox or settings.sandbox
    local ok, session, _, err = pcall(require("rackspace").new, settings)
    if not ok then
      raise("config", session)
    elseif not session then
      error(err, 0)
    end
    embed.session, embed.sandbox = session, session.sandbox or nil
  end
  return embed.session
end

local function invocation_of(embed, name, text)
  local session = session_of(embed)
  return require("rackspace.embed.invocation").new(session, name, text)
end

--- Calls an operation and returns its result as JSON. Raises an error value.
-- @param name string, such as "accounts.get"
-- @param text string: the arguments as JSON, or nil
function embed_methods:call(name, text)
  return invocation_of(self, name, text):result()
end

--- Returns an iterator over the pages of a list, each as JSON.
function embed_methods:pages(name, text)
  return invocation_of(self, name, text):pages()
end

--- Starts a call; take() returns its end.
-- @param id number: the host's name for the call
function embed_methods:start(name, text, id)
  local invocation = invocation_of(self, name, text)
  local session = self.session
  self.started[id] = { session = session,
    task = session.scheduler:spawn(invocation.run, invocation) }
end

--- Lets the started calls proceed, without waiting.
function embed_methods:step()
  if self.session then
    self.session.scheduler:step(0)
  end
end

--- Removes a started call that has ended. Returns its id and its result as
-- JSON; or its id, nil and an error value; or nothing when none has ended.
function embed_methods:take()
  for id, started in pairs(self.started) do
    local task = started.task
    if task.done then
      self.started[id] = nil
      if not task.failed then
        return id, task.results[1]
      end
      local err = task.results[1]
      return id, nil, type(err) == "string" and
        { kind = "usage", message = err } or err
    elseif started.session ~= self.session then
      self.started[id] = nil
      return id, nil, { kind = "cancelled", message = "cancelled" }
    end
  end
end

--- Returns what to wait for, { [descriptor] = "r", "w" or "rw" }, and for how
-- many seconds at most, or nil.
function embed_methods:watch()
  if not self.session then
    return {}
  end
  return self.session.scheduler:fds()
end

local function encode_arguments(...)
  local arguments = json.array{}
  for i = 1, select("#", ...) do
    local value = (select(i, ...))
    arguments[i] = value == nil and json.null or value
  end
  return json.encode(arguments)
end

--- Gives scripts a function of the host.
-- @param invoke function(arguments): takes a JSON array, returns JSON or "", or
--   nil and a message
function embed_methods:register(name, invoke)
  self.functions[name] = function(...)
    local text, problem = encode_arguments(...)
    if not text then
      error(name .. ": " .. problem, 2)
    end
    local result, message = invoke(text)
    if not result then
      error(name .. ": " .. message, 2)
    end
    return result ~= "" and json.decode(result) or nil
  end
  rawset(self.globals, name, self.functions[name])
end

--- Gives scripts the session as `rs`.
local function offer_session(embed)
  local globals, options = embed.globals, embed.options
  local function get_session()
    return session_of(embed)
  end
  if options.is_confined then
    globals.rs = require("rackspace.embed.proxy").new(get_session)
  elseif options.has_session then
    setmetatable(globals, { __index = function(_, name)
      return name == "rs" and get_session() or nil
    end })
  end
end

--- Sets the globals of scripts, with the session and the host's functions.
local function make_globals(embed)
  local options = embed.options
  embed.globals = options.is_confined and environment.new(options) or _G
  offer_session(embed)
  for name, fn in pairs(embed.functions) do
    rawset(embed.globals, name, fn)
  end
end

--- Lets modules be loaded again whose loading was stopped by an error. Before
-- 5.2, Lua marks a module by a userdata while it loads, and leaves the mark.
local function forget_unfinished_modules()
  for name, value in pairs(package.loaded) do
    if type(value) == "userdata" then
      package.loaded[name] = nil
    end
  end
end

--- Discards the session, as an error may have stopped it at any place. The next
-- call makes a new one, with the same sandbox.
-- @param is_full boolean: memory ran out, so the globals of confined scripts
--   are discarded as well
function embed_methods:reset(is_full)
  local session = self.session
  self.session = nil
  forget_unfinished_modules()
  if is_full and self.options.is_confined then
    make_globals(self)
  end
  if session then
    session.scheduler:close()
  end
end

--- Returns the Lua side of a rackspace.
-- @param options table, from rackspace_options: settings, { name = text };
--   allow, a list of patterns, or nil; log, function(line), or nil; charge,
--   function(), called for each coroutine that a confined script makes;
--   booleans: is_confined, has_session (scripts have `rs`), io and os
--   (confined scripts have these libraries)
local function new(options)
  modules.load_all()
  local embed = setmetatable({
    options = options,
    session = nil,  -- made by the first call; nil again after a reset
    sandbox = nil,  -- the session's, kept over resets
    globals = nil,  -- table: what scripts see; set by make_globals
    started = {},   -- { [id] = { session =, task = } }: calls not yet taken
    functions = {}, -- { [name] = function }: registered by the host
  }, embed_mt)
  make_globals(embed)
  return embed
end

return { new = new }
