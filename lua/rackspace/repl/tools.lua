--- tools.lua - the commands of the prompt
-- SPDX-License-Identifier: MIT
local command = require("rackspace.repl.command")
local core = require("rackspace.core")
local help = require("rackspace.manual.help")
local prompt = require("rackspace.repl.prompt")
local rackspace = require("rackspace")
local sessions = require("rackspace.manual.sessions")
local trace = require("rackspace.repl.trace")

local tools = {}

function tools.help(repl)
  return function(...)
    local object, by_value = ...
    local session = sessions.check(repl.globals.rs)
    local options = repl:help_options()
    if select("#", ...) == 0 then
      return repl.screen:lines(help.topic("start"))
    end
    local lines = type(object) == "string" and
      help.named(object, options, session)
    if not lines and select("#", ...) > 1 then
      object = by_value
    end
    repl.screen:lines(lines or help.value(object, options, session))
  end
end

function tools.more(repl)
  return function()
    repl.screen:more()
  end
end

--- show(list, "id", "name"): these columns, and no others.
function tools.show(repl)
  return function(object, ...)
    local fields = select("#", ...) > 0 and { ... } or nil
    repl:show_one(object, fields and { fields = fields })
  end
end

local function timed(repl, started, ...)
  repl.screen:note(("%.3f s"):format(core.monotonic() - started))
  return ...
end

function tools.time(repl)
  return function(fn, ...)
    if type(fn) ~= "function" then
      error("time: takes a function, as in time(function() ... end)", 2)
    end
    return timed(repl, core.monotonic(), fn(...))
  end
end

function tools.trace(repl)
  return function(fn, ...)
    if type(fn) ~= "function" then
      error("trace: takes a function, as in trace(function() ... end)", 2)
    end
    return trace.run(sessions.find(repl.globals), repl.screen, fn, ...)
  end
end

function tools.again(repl)
  return function()
    if not repl.last then
      return repl.screen:note("there is nothing to do again")
    end
    repl.screen:note(repl.last.text)
    return repl.last.run()
  end
end

--- How a script gets the session that there is now.
local function opening(session)
  local settings = session and session.settings
  if not settings then
    return "local rs = nil -- there was no session"
  elseif prompt.is_sandbox(session) then
    return "rs = assert(rackspace.new{ sandbox = true })"
  elseif settings.profile then
    return ("rs = assert(rackspace.new{ profile = %q })"):format(
      settings.profile)
  end
  return "rs = assert(rackspace.new())"
end

--- A file that is there already is kept, unless this wrote it.
local function refusal(repl, path)
  local file = not repl.saved[path] and io.open(path, "r")
  if file then
    file:close()
    return path .. " is there already"
  end
end

function tools.save(repl)
  return function(path)
    if type(path) ~= "string" or path == "" then
      error('save: takes a file\'s name, as in save("session.lua")', 2)
    end
    local problem, file = refusal(repl, path)
    if not problem then
      file, problem = io.open(path, "w")
    end
    if not file then
      error("save: " .. problem, 2)
    end
    file:write(repl.transcript:script(opening(sessions.check(repl.globals.rs))))
    file:close()
    repl.saved[path] = true
    repl.screen:note("saved; it runs by: rackspace " .. path)
  end
end

function tools.sandbox(repl)
  return function()
    repl.globals.rs = assert(rackspace.new{ sandbox = true })
    repl.screen:line("rs is a session of the sandbox now.")
  end
end

--- Puts the commands among a prompt's globals; a script's own stay.
local function install(repl)
  for name, make in pairs(tools) do
    if rawget(repl.globals, name) == nil then
      rawset(repl.globals, name, command.new(name, make(repl)))
    end
  end
end

return { install = install }
