--- init.lua - runs one-shot commands: a word, its options, its arguments
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local exits = require("rackspace.command.exits")
local nearest = require("rackspace.base.nearest")
local program_options = require("rackspace.command.program_options")
local services = require("rackspace.services")
local width = require("rackspace.show.width")

local command = {}

--- Returns the terminal as commands see it: its size, and ways to ask.
local function terminal_of()
  local line = require("rackspace.line")
  return { is_terminal = line.is_terminal, size = line.size,
    read_line = function() return io.read("*l") end,
    ask = function(text)
      io.stdout:flush()
      io.stderr:write(width.plain(text))
      return io.read("*l")
    end,
    ask_hidden = function(text)
      io.stdout:flush()
      return line.read_hidden(width.plain(text))
    end }
end

local function unknown_operation(service, name)
  local list = {}
  for i, op in ipairs(services.definition(service).operations) do
    list[i] = op.full_name
  end
  local full_name = service .. "." .. name
  return exits.usage, ("there is no operation '%s'%s"):format(full_name,
    nearest.hint(full_name, list)), "rackspace help " .. service
end

local function run_help(word)
  io.write(require("rackspace.command.help").text(word))
  return exits.done
end

--- Returns what is wrong with the format that the options ask for, or nil.
local function format_problem(options, word)
  local problem = options.output and
    require("rackspace.command.formats").problem(options, word)
  return problem and word .. ": " .. problem
end

--- Runs the command arguments[position]. `options` are those given before it.
-- Returns an exit code, and when it failed a message and a command that may
-- help.
function command.run(arguments, position, options, host)
  local word = arguments[position]
  local kind, what, name = commands.find(word)
  local words, problem = program_options.trailing:read(options, arguments,
    position + 1)
  if not words then
    return exits.usage, problem
  elseif kind == "operation" and
      not services.definition(what).by_name[name] then
    return unknown_operation(what, name)
  elseif options.help or kind == "service" then
    return run_help(word)
  end
  problem = format_problem(options, word)
  if problem then
    return exits.usage, problem
  end
  program_options.each_variable(options, host.setenv)
  local is_operation = kind == "operation"
  local module = is_operation and "call" or what.module
  return require("rackspace.command." .. module).run{ words = words,
    options = options, host = host, service = is_operation and what or nil,
    operation = name, terminal = terminal_of() }
end

--- Returns the failure of a word that is neither a command nor a script.
function command.unknown(word)
  return exits.usage, ("there is no script or command '%s'%s"):format(word,
    commands.hint(word))
end

return command
