--- help.lua - `rackspace help`: of the program, a service, an operation, a word
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local exits = require("rackspace.command.exits")
local help_of = require("rackspace.manual.help")
local services = require("rackspace.services")
local topics = require("rackspace.manual.topics")
local usage = require("rackspace.command.usage")

local help = {}

local function operation_text(service, name)
  local op = services.definition(service).by_name[name]
  return op and usage.operation(op)
end

--- Returns the help of a name, or nil when it names nothing.
function help.text(name)
  local kind, what, op = commands.find(name)
  if not name:find("%S") then
    return usage.program()
  elseif kind == "program" then
    return usage.of_program(what)
  elseif kind == "command" then
    return usage.command(what)
  elseif kind == "service" then
    return usage.service(services.definition(name))
  elseif kind == "operation" then
    return operation_text(what, op)
  elseif topics[name] then
    return topics[name] .. "\n"
  end
  local lines = help_of.term(name, {})
  return lines and table.concat(lines, "\n") .. "\n"
end

function help.run(invocation)
  local name = table.concat(invocation.words, ".")
  local text = help.text(name)
  if not text then
    return exits.usage, ("there is no help of '%s'%s"):format(name,
      commands.hint(name))
  end
  io.write(text)
  return exits.done
end

return help
