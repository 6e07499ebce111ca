--- help.lua - `rackspace help`: of the program, a service or an operation
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local services = require("rackspace.services")
local names = require("rackspace.command.names")
local topics = require("rackspace.manual.topics")
local usage = require("rackspace.command.usage")

--- What is told of a name; nil when there is nothing.
local function text_of(name)
  local service, op = name:match("^([%w_]+)%.?([%w_]*)$")
  local definition = services.definition(service or "")
  if not name:find("%S") then
    return usage.program()
  elseif names.programs[name] then
    return usage.own(name)
  elseif names.commands[name] then
    return usage.command(name)
  elseif definition and op == "" then
    return usage.service(definition)
  elseif definition and definition.by_name[op] then
    return usage.operation(definition.by_name[op])
  elseif topics[name] then
    return topics[name] .. "\n"
  end
end

local function run(invocation)
  local name = invocation.words[1] or ""
  local text = text_of(name)
  if not text then
    return exits.usage, ("there is no help of '%s'%s"):format(name,
      names.hint(name))
  end
  io.write(text)
  return exits.done
end

return { run = run, text = text_of }
