--- commands.lua - the commands of the prompt, such as more and show()
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local help = require("rackspace.manual.help")
local opening_of = require("rackspace.repl.opening")
local rackspace = require("rackspace")
local sessions = require("rackspace.manual.sessions")
local trace = require("rackspace.repl.trace")

-- A command is called without brackets too, when it is all of a line.
local command_mt = { __name = "rackspace.command" }

function command_mt:__call(...)
  return self.run(...)
end

function command_mt:__tostring()
  return self.name
end

--- Returns a command that calls a function.
local function new(name, run)
  return setmetatable({ name = name, run = run }, command_mt)
end

--- Returns whether a value is a command.
local function is_command(object)
  return type(object) == "table" and getmetatable(object) == command_mt
end

-- By the name of a command, a function(repl) that returns what it calls.
local makers = {}

function makers.help(repl)
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
      lines = by_value == nil and help.term(object, options)
      object = by_value
    end
    repl.screen:lines(lines or help.value(object, options, session))
  end
end

function makers.more(repl)
  return function()
    repl.screen:more()
  end
end

--- show(list, "id", "name") shows a list with only these columns.
function makers.show(repl)
  return function(object, ...)
    local fields = select("#", ...) > 0 and { ... } or nil
    repl:show_value(object, fields and { fields = fields })
  end
end

local function timed(repl, started, ...)
  repl.screen:note(core.number.fixed(core.monotonic() - started, 3) .. " s")
  return ...
end

function makers.time(repl)
  return function(fn, ...)
    if type(fn) ~= "function" then
      error("time: takes a function, as in time(function() ... end)", 2)
    end
    return timed(repl, core.monotonic(), fn(...))
  end
end

function makers.trace(repl)
  return function(fn, ...)
    if type(fn) ~= "function" then
      error("trace: takes a function, as in trace(function() ... end)", 2)
    end
    return trace.run(sessions.find(repl.globals), repl.screen, fn, ...)
  end
end

function makers.again(repl)
  return function()
    if not repl.last then
      return repl.screen:note("there is nothing to do again")
    end
    repl.screen:note(repl.last.text)
    return repl.last.run()
  end
end

--- Returns why save() must not write a file: it is there, and is not to be
-- replaced; or nil. A device or a pipe is written to.
local function write_refusal(path, replaces)
  if not replaces and core.file.kind(path) == "file" then
    return ("%s is there already; save(%q, true) replaces it"):format(path,
      path)
  end
end

--- save(path) writes a script that only its user can read; save(path, true)
-- replaces a file that is there.
function makers.save(repl)
  return function(path, replaces)
    if type(path) ~= "string" or path == "" then
      error('save: takes a file\'s name, as in save("session.lua")', 2)
    end
    local problem, saved = write_refusal(path, replaces), nil
    if not problem then
      saved, problem = file.write(path, repl.transcript:script(opening_of(
        sessions.check(repl.globals.rs))))
      problem = problem and path .. ": " .. problem
    end
    if not saved then
      error("save: " .. problem, 2)
    end
    repl.screen:note("saved; it runs by: rackspace " .. path)
  end
end

function makers.sandbox(repl)
  return function()
    repl.globals.rs = assert(rackspace.new{ sandbox = true })
    repl.screen:line("rs is a session of the sandbox now.")
  end
end

--- Adds the commands to a repl's globals; a global of the same name is kept.
local function install(repl)
  for name, make in pairs(makers) do
    if rawget(repl.globals, name) == nil then
      rawset(repl.globals, name, new(name, make(repl)))
    end
  end
end

return { install = install, is_command = is_command, new = new }
