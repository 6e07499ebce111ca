--- init.lua - the Lua side of librackspace
-- SPDX-License-Identifier: MIT
local environment = require("rackspace.embed.environment")
local json = require("rackspace.base.json")
local modules = require("rackspace.embed.modules")
local proxy = require("rackspace.embed.proxy")
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
    session.scheduler.keeper = embed
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

--- Lets the started calls proceed, without waiting, for a few milliseconds at
-- most where there are many.
function embed_methods:step()
  if self.session then
    self.session.scheduler:advance()
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
        select(2, pcall(raise, "usage", err)) or err
    elseif started.session ~= self.session then
      self.started[id] = nil
      return id, nil, { kind = "cancelled", message = "cancelled" }
    end
  end
end

--- Returns the seconds after which to call step() at the latest, or nil; and
-- the descriptor to wait for, or nil.
function embed_methods:watch()
  if not self.session then
    return nil
  end
  return self.session.scheduler:next_turn()
end

--- Returns the arguments of a script as a JSON array. They are copied first:
-- what the encoder walks through has then been counted.
local function encode_arguments(embed, ...)
  local count = select("#", ...)
  local arguments = json.array(proxy.copy_arguments(embed.options.charge, ...))
  for i = 1, count do
    arguments[i] = arguments[i] == nil and json.null or arguments[i]
  end
  return json.encode(arguments)
end

--- Gives scripts a function of the host.
-- @param invoke function(arguments): takes a JSON array, returns JSON or "", or
--   nil and a message
function embed_methods:register(name, invoke)
  self.functions[name] = function(...)
    local ok, text, problem = pcall(encode_arguments, self, ...)
    if not (ok and text) then
      error(name .. ": " .. tostring(problem or text), 2)
    end
    local result, message = invoke(text)
    if not result then
      error(name .. ": " .. message, 2)
    end
    return result ~= "" and json.decode(result) or nil
  end
  if not self.options.is_confined then
    rawset(_G, name, self.functions[name])
  end
end

--- Returns the globals of one run of a confined script: nothing that a script
-- leaves in them reaches the next one.
function embed_methods:new_globals()
  local globals = environment.new(self.options)
  globals.rs = proxy.new{ charge = self.options.charge, errors = self.errors,
    session_of = function() return session_of(self) end }
  for name, fn in pairs(self.functions) do
    globals[name] = fn
  end
  return globals
end

--- Returns the error that the library gave a confined script, as the library
-- made it; or the text of an error that the script has made itself.
function embed_methods:error_of(value)
  local text = not self.errors[value] and tostring(value)
  if text and type(text) ~= "string" then -- Lua 5.1 takes what __tostring gives
    return "an error without a text"
  end
  return text or self.errors[value]
end

--- Gives scripts that are not confined the session as `rs`.
local function offer_session(embed)
  setmetatable(_G, { __index = function(_, name)
    return name == "rs" and session_of(embed) or nil
  end })
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
function embed_methods:reset()
  local session = self.session
  self.session = nil
  forget_unfinished_modules()
  if session then
    session.scheduler:close()
  end
end

--- Returns the Lua side of a rackspace.
-- @param options table, from rackspace_options: settings, { name = text };
--   allow, a list of patterns, or nil; log, function(line), or nil; charge,
--   function(instructions), load and write as environment.new takes them;
--   booleans: is_confined, has_session (scripts have `rs`), io and os
--   (confined scripts have these libraries)
local function new(options)
  modules.load_all()
  local embed = setmetatable({
    options = options,
    pollset = false, -- pollset or false; made by a session's scheduler
    session = nil,  -- made by the first call; nil again after a reset
    sandbox = nil,  -- the session's, kept over resets
    started = {},   -- { [id] = { session =, task = } }: calls not yet taken
    functions = {}, -- { [name] = function }: registered by the host
    errors = setmetatable({}, { __mode = "k" }), -- see proxy.new
  }, embed_mt)
  if options.has_session and not options.is_confined then
    offer_session(embed)
  end
  return embed
end

return { new = new }
