--- init.lua - runs one-shot commands: a word, its options, its arguments
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local core = require("rackspace.core")
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

--- Returns the failure of a name that none of a service's operations has. A
-- script may have it.
local function unknown_operation(service, name)
  local list = {}
  for i, op in ipairs(services.definition(service).operations) do
    list[i] = op.full_name
  end
  local full_name = service .. "." .. name
  local script = commands.is_script(full_name) and
    ("; the script of that name is ./%s"):format(full_name) or ""
  return exits.usage, ("there is no operation '%s'%s%s"):format(full_name,
    nearest.hint(full_name, list), script), "rackspace help " .. service
end

--- Returns the failure of a service without an operation.
local function missing_operation(service)
  return exits.usage, ("%s needs one of its operations:\n%s"):format(service,
    require("rackspace.command.usage").operations(service)),
    "rackspace help " .. service
end

local function run_help(word)
  io.write(require("rackspace.command.help").text(word))
  return exits.done
end

--- Returns the kind of a command, what it is and its name, as commands.find
-- does. An operation may be two words, which are removed.
local function find(word, words)
  local kind, what, name = commands.find(word)
  if kind == "service" and words[1] then
    return "operation", word, table.remove(words, 1)
  end
  return kind, what, name
end

--- Returns the failure of more words than a command takes, or nil.
local function too_many(row, words)
  local word = row.most and words[row.most + 1]
  if word then
    return exits.usage, ("%s: '%s' is one word too many"):format(row.name,
      word), "rackspace help " .. row.name
  end
end

--- Returns what is wrong with the format that the options ask for, or nil.
local function format_problem(options, word)
  local problem = (options.output or options.file) and
    require("rackspace.output.formats").problem(options, word)
  return problem and word .. ": " .. problem
end

--- Compiles the filter that the options ask for. Returns the failure of one
-- that can't be compiled, or nothing.
local function add_filter(options, word)
  if options.jq then
    local problem, is_missing
    options.filter, problem, is_missing =
      require("rackspace.output.filter").compile(options.jq)
    if problem then
      return is_missing and exits.auth or exits.usage, word .. ": " .. problem
    end
  end
end

--- Opens the file that the result goes to. Returns the failure of one that
-- can't be written, or nothing.
local function add_sink(options, word)
  if options.file and options.file ~= "-" then
    local problem
    options.sink, problem = core.file.replace(options.file)
    return problem and exits.failed, problem and
      ("%s: %s: %s"):format(word, options.file, problem)
  end
end

--- Does what the options ask for before anything is sent. Returns the failure,
-- or nothing.
local function prepare(options, word)
  local code, problem = add_filter(options, word)
  if not code then
    code, problem = add_sink(options, word)
  end
  return code, problem
end

--- Runs the command arguments[position]. `options` are those given before it.
-- Returns an exit code, and when it failed a message and a command that may
-- help.
function command.run(arguments, position, options, host)
  local word = arguments[position]
  local words, problem = program_options.trailing:read(options, arguments,
    position + 1)
  if not words then
    return exits.usage, problem
  end
  local kind, what, name = find(word, words)
  local is_operation = kind == "operation"
  word = is_operation and what .. "." .. name or word
  if is_operation and not services.definition(what).by_name[name] then
    return unknown_operation(what, name)
  elseif options.help then
    return run_help(word)
  elseif kind == "service" then
    return missing_operation(word)
  elseif not is_operation and too_many(what, words) then
    return too_many(what, words)
  end
  problem = format_problem(options, word)
  if problem then
    return exits.usage, problem
  end
  local code
  code, problem = prepare(options, word)
  if code then
    return code, problem
  end
  program_options.each_variable(options, host.setenv)
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
