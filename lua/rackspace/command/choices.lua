--- choices.lua - what may stand where on the command line, for completion
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local services = require("rackspace.services")
local names = require("rackspace.command.names")
local options = require("rackspace.command.options")

local choices = {}

--- Every word that can be a command: { name, doc }.
function choices.commands()
  local list = {}
  for _, name in ipairs(names.list()) do
    list[#list + 1] = { name, names.commands[name].doc }
  end
  for _, name in ipairs(members.keys(names.programs)) do
    list[#list + 1] = { name, names.programs[name].doc }
  end
  names.each_operation(function(op)
    list[#list + 1] = { op.full_name, op.doc or "" }
  end)
  return list
end

--- Adds the parameters of a list of fields, and those inside of them.
local function add_parameters(list, op, fields, above)
  for _, field in ipairs(fields) do
    local inner = op.records[field.type]
    if inner and above == "" then
      add_parameters(list, op, inner, field.name .. ".")
    elseif field.type ~= "function" then
      list[#list + 1] = { name = above .. field.name, doc = field.doc or "",
        known = field.type == "boolean" and { "true", "false" } or field.known }
    end
  end
end

--- The parameters of an operation: { name =, doc =, known = values }.
function choices.parameters(op)
  local list = {}
  add_parameters(list, op, op.options, "")
  return list
end

--- What the words of a command are that is no operation; nil where nobody
-- knows.
function choices.words(name)
  if name == "completion" then
    return { "bash", "zsh", "fish" }
  elseif name == "call" then
    return { "GET", "POST", "PUT", "PATCH", "DELETE" }
  elseif name == "help" then
    local list = services.names()
    for _, one in ipairs(choices.commands()) do
      list[#list + 1] = one[1]
    end
    return list
  end
end

--- The options: { name =, doc =, known =, takes = whether a value follows }.
function choices.options()
  local list = {}
  for i, option in ipairs(options.list) do
    list[i] = { name = option.name, doc = option.doc,
      known = option.known and option.known(), takes = option.value ~= nil,
      needs = option.value ~= nil and not option.may }
  end
  return list
end

return choices
