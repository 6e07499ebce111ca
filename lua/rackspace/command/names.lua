--- names.lua - the commands there are, and the operations that are commands
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local services = require("rackspace.services")
local nearest = require("rackspace.base.nearest")

local names = {}

-- By name: the module in this folder, whose run(invocation) gives an exit
-- code, and when it failed a message and what may help; how it is called, and
-- what it does. The operations of the services are commands beside these.
names.commands = {
  call = { module = "raw",
    synopsis = "METHOD PATH [name=value...] [@FILE] [--service=NAME]",
    doc = "Sends a request that no operation describes, with the session's " ..
      "token, and writes its answer. name=value are parameters of the " ..
      "query, @FILE or @- is the body. The service is known by the path, " ..
      "or named by --service." },
  completion = { module = "completion",
    synopsis = "bash|zsh|fish",
    doc = "Prints a script by which the shell completes operations, " ..
      "parameters and their known values." },
  help = { module = "help", synopsis = "[NAME]",
    doc = "Tells of a service, an operation or a command." },
  login = { module = "login",
    synopsis = "[--profile=NAME] [--username=NAME] [--password] " ..
      "[--region=NAME] [--test]",
    doc = "Asks for a user and a key, which is not shown, and keeps them as " ..
      "a profile in ~/.config/rackspace/config. Other profiles stay. " ..
      "Without a terminal the key is a line of standard input." },
  status = { module = "status", synopsis = "",
    doc = "Tells where each setting comes from, whose token it is and when " ..
      "that ends. No value of a secret is shown. --dry-run asks nobody." },
}

-- Programs of their own, which read their arguments themselves. program.lua
-- has their modules.
names.programs = {
  report = {
    doc = "Writes all accounts and tickets as one page of HTML. rackspace " ..
      "report --help tells its options." },
  sandbox = {
    doc = "Serves the sandbox over HTTP. rackspace sandbox --help tells its " ..
      "options." },
}

--- The names of the commands, in order.
function names.list()
  return members.keys(names.commands)
end

--- Calls fn(op, definition) for the operations of all services, in order.
function names.each_operation(fn)
  for _, definition in services.each() do
    for _, op in ipairs(definition.operations) do
      fn(op, definition)
    end
  end
end

--- " (did you mean 'x'?)", or "".
function names.hint(word)
  local known = names.list()
  for name in pairs(names.programs) do
    known[#known + 1] = name
  end
  for _, name in ipairs(services.names()) do
    known[#known + 1] = name
  end
  names.each_operation(function(op)
    known[#known + 1] = op.full_name
  end)
  return nearest.hint(word, known)
end

--- What a word is: "command"; "operation", its service and name; "service";
-- nil when it is none of them, such as a script's name.
function names.find(word)
  local service, op = word:match("^([%w_]+)%.([%w_]+)$")
  if names.commands[word] then
    return "command"
  elseif services.has(word) then
    return "service"
  elseif service and services.has(service) and op ~= "lua" then
    return "operation", service, op
  end
end

return names
