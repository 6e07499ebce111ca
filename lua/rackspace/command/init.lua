--- init.lua - one-shot commands: a word, its options, its run
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local formats = require("rackspace.command.formats")
local services = require("rackspace.services")
local names = require("rackspace.command.names")
local nearest = require("rackspace.base.nearest")
local options_of = require("rackspace.command.options")

local command = {}

--- What the terminal is, for who asks and writes.
local function terminal_of()
  local line = require("rackspace.line")
  return { is_terminal = line.is_terminal, size = line.size,
    read_line = function() return io.read("*l") end,
    ask = function(text)
      io.stdout:flush()
      io.stderr:write(text)
      return io.read("*l")
    end,
    ask_hidden = function(text)
      io.stdout:flush()
      return line.read_hidden(text)
    end }
end

--- The words behind the command, and the options among them; nil and what is
-- wrong. Behind "--" there are only words.
local function read_words(arguments, place, options)
  local words, i = {}, place + 1
  while arguments[i] do
    local word = arguments[i]
    if word == "--" then
      for j = i + 1, #arguments do
        words[#words + 1] = arguments[j]
      end
      break
    elseif word:find("^%-.") then
      local problem
      i, problem = options_of.read(options, arguments, i, true)
      if not i then
        return nil, problem
      end
    else
      words[#words + 1] = word
      i = i + 1
    end
  end
  return words
end

local function unknown_operation(service, op)
  local list = {}
  for i, one in ipairs(services.definition(service).operations) do
    list[i] = one.full_name
  end
  local name = service .. "." .. op
  return exits.usage, ("there is no operation '%s'%s"):format(name,
    nearest.hint(name, list)), "rackspace help " .. service
end

local function run_help(word)
  io.write(require("rackspace.command.help").text(word))
  return exits.done
end

--- Runs the command at a place among the arguments. `options` are those that
-- stood before it. Returns an exit code, and when it failed a message and what
-- may help.
function command.run(arguments, place, options, host)
  local word = arguments[place]
  local kind, service, op = names.find(word)
  local words, problem = read_words(arguments, place, options)
  if not words then
    return exits.usage, problem
  elseif kind == "operation" and
      not services.definition(service).by_name[op] then
    return unknown_operation(service, op)
  elseif options.help or kind == "service" then
    return run_help(word)
  end
  problem = formats.problem(options, word)
  if problem then
    return exits.usage, word .. ": " .. problem
  end
  options_of.each_variable(options, host.setenv)
  local module = kind == "operation" and "call" or
    names.commands[word].module
  return require("rackspace.command." .. module).run{
    words = words, options = options, host = host, service = service,
    operation = op, terminal = terminal_of() }
end

--- What is told of a word that is neither a command nor a script there is.
function command.unknown(word)
  return exits.usage, ("there is no script or command '%s'%s"):format(word,
    names.hint(word))
end

return command
