--- commands.lua - the commands of the program, and what the word for one is
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local services = require("rackspace.services")

local commands = {}

-- A command is a table:
--   name        the word for it
--   module      the file in this folder whose run(invocation) returns an exit
--               code, and when it failed a message and a command that may help
--   words       the words that it takes, for the usage
--   most        how many they are at most; nil for any number
--   known       a list of values of the first word, or a function that
--               returns those that may follow a list of words
--   options     its own options, as options.lua describes them, beside those
--               of every command
--   is_program  it takes its own options and nothing else; program.lua has
--               its module, whose run(options, host, protect) returns the same
--   advice      for a program: the command that helps when it is misused
--   is_hidden   people do not type it
--   doc         what it does; `about` says more, for the usage of a program
-- The operations of the services are commands beside these.
commands.list = {
  { name = "call", module = "raw",
    words = "METHOD PATH [name=value...] [@FILE]",
    known = { "GET", "POST", "PUT", "PATCH", "DELETE" },
    options = {
      { name = "--service", value = "NAME",
        known = function()
          return members.keys(services.endpoints())
        end,
        doc = "For call: the service that the path is of, where the path " ..
          "doesn't tell." },
    },
    doc = "Sends a request that no operation describes, with the session's " ..
      "token, and writes its answer. name=value are parameters of the " ..
      "query, @FILE or @- is the body. The service is known by the path, " ..
      "or named by --service." },
  { name = "complete", module = "complete", is_hidden = true,
    doc = "Prints what may follow, for a shell." },
  { name = "completion", module = "completion",
    words = "bash|zsh|fish", most = 1, known = { "bash", "zsh", "fish" },
    doc = "Prints a script by which the shell completes operations, " ..
      "parameters and their known values." },
  { name = "help", module = "help", words = "[NAME]", most = 2,
    known = function(before)
      return before[1] and commands.operations(before[1]) or commands.names()
    end,
    doc = "Tells of a service, an operation or a command." },
  { name = "login", module = "login", words = "[--profile=NAME]", most = 0,
    options = {
      { name = "--username", value = "NAME", doc = "For login: the user." },
      { name = "--password",
        doc = "For login: ask for a password instead of an API key." },
      { name = "--region", value = "NAME", known = { "US", "UK" },
        doc = "For login: US or UK." },
      { name = "--no-test",
        doc = "For login: keep the credentials without a log-in." },
    },
    doc = "Asks for a user and a key, which is not shown, logs in with them " ..
      "and, when they are accepted, keeps them as a profile in " ..
      "~/.config/rackspace/config. Other profiles stay. " ..
      "Without a terminal the key is a line of standard input." },
  { name = "mcp", is_program = true,
    advice = "rackspace mcp --help",
    options = {
      { name = "--allow", value = "NAMES", wanted = "names of operations",
        doc = "also the operations that change something with these names, " ..
          "with commas between: tickets.comment,tickets.close or tickets.*" },
      { name = "--sandbox", value = "URL", is_optional = true,
        doc = "of the sandbox inside the program, or of the one at URL" },
      { name = "--profile", value = "NAME", wanted = "a profile's name",
        known = function()
          return require("rackspace.command.profile").names()
        end,
        doc = "of this section of ~/.config/rackspace/config" },
    },
    about = "Serves the operations as tools to assistants, by the Model " ..
      "Context Protocol over standard input and output. They only read, " ..
      "unless --allow names others.",
    doc = "Serves the operations as tools to assistants, by the Model " ..
      "Context Protocol. rackspace mcp --help tells its options." },
  { name = "report", is_program = true,
    advice = "rackspace report --help",
    options = {
      { name = "--sandbox", value = "URL", is_optional = true,
        doc = "of the sandbox inside the program, or of the one at URL" },
      { name = "--profile", value = "NAME", wanted = "a profile's name",
        known = function()
          return require("rackspace.command.profile").names()
        end,
        doc = "of this section of ~/.config/rackspace/config" },
      { name = "--concurrency", value = "N", is_integer = true, most = 64,
        wanted = "a whole number from 1 to 64",
        doc = "how many accounts are looked at at a time (8)" },
      { name = "--max", value = "N", field = "most", is_integer = true,
        most = 2 ^ 31, wanted = "a whole number from 1 on",
        doc = "no more than N accounts" },
      { name = "-o", value = "FILE", field = "path",
        is_file = true, wanted = "a file",
        doc = "where it goes; without it, or for -, to standard output" },
    },
    about = "Writes all accounts and tickets as one page of HTML.",
    doc = "Writes all accounts and tickets as one page of HTML. rackspace " ..
      "report --help tells its options." },
  { name = "sandbox", is_program = true,
    options = {
      { name = "--port", value = "N", is_integer = true, least = 0,
        most = 65535, wanted = "a whole number up to 65535",
        doc = "the port; 0, the default, takes a free one" },
      { name = "--accounts", value = "N", is_integer = true, least = 0,
        most = 100000000, wanted = "a whole number up to 100000000",
        doc = "how many accounts there are (137)" },
      { name = "--seed", value = "N", is_integer = true, least = 0,
        most = 2147483647, wanted = "a whole number up to 2147483647",
        doc = "another set of accounts (1)" },
      { name = "--customers", value = "N", is_integer = true, least = 0,
        most = 10000, wanted = "a whole number up to 10000",
        doc = "how many customers the Email & Apps reseller has (3)" },
      { name = "--dialect", value = "NAME", is_closed = true,
        known = { "reference", "openapi" },
        wanted = '"reference" or "openapi"',
        doc = 'the Customer Service of the "reference", the default, or of ' ..
          'the "openapi" document' },
      { name = "--limits", value = "on|off", is_closed = true,
        known = { "on", "off" }, wanted = '"on" or "off"',
        doc = "off: take any number of calls, not only the documented ones" },
      { name = "--short-pages",
        doc = "give half as many items to a page as were asked for, as " ..
          "servers with bounds of their own do" },
      { name = "--lagging-totals",
        doc = "count an item that is gone in the totals of lists" },
      { name = "--inclusive",
        doc = "begin each page with the item that its marker names" },
      { name = "--state", value = "FILE", is_file = true, wanted = "a file",
        doc = "keep what was changed in a file of this sandbox's own" },
      { name = "--faults", value = "FILE", is_file = true, wanted = "a file",
        doc = "what is to go wrong: a JSON list, as doc/faults.md says" },
      { name = "--with-stdin", doc = "end when standard input is closed" },
    },
    about = "Serves the sandbox over HTTP on 127.0.0.1 until it is " ..
      "interrupted. Its first line of output is JSON: url, endpoints, " ..
      "credentials.",
    doc = "Serves the sandbox over HTTP. rackspace sandbox --help tells its " ..
      "options." },
  { name = "status", module = "status", most = 0,
    doc = "Tells where each setting comes from, whose token it is and when " ..
      "that ends. No value of a secret is shown. --dry-run asks nobody." },
}

local by_name = {}
for _, command in ipairs(commands.list) do
  by_name[command.name] = command
end

--- Returns the names of a service's operations, none for another word.
function commands.operations(word)
  local list = {}
  for i, op in ipairs(services.has(word) and
      services.definition(word).operations or {}) do
    list[i] = op.name
  end
  return list
end

--- Returns every word that names a command, a service or an operation.
function commands.names()
  local list = {}
  for _, command in ipairs(commands.list) do
    list[#list + 1] = not command.is_hidden and command.name or nil
  end
  for _, name in ipairs(services.names()) do
    list[#list + 1] = name
  end
  services.each_operation(function(op)
    list[#list + 1] = op.full_name
  end)
  return list
end

--- Returns " (did you mean 'x'?)" for a word that names nothing, or "".
function commands.hint(word)
  return require("rackspace.base.nearest").hint(word, commands.names())
end

--- Returns whether a word may be the name of a script: there is a file of that
-- name, which is no folder.
function commands.is_script(word)
  local kind = require("rackspace.core").file.kind(word)
  return kind ~= nil and kind ~= "folder"
end

--- Returns what a word is: "program" or "command" and its table; "operation",
-- its service and name; "service"; nil when it is none of them, such as a
-- script's name.
function commands.find(word)
  local service, op = word:match("^([%w_]+)%.([%w_]+)$")
  local command = by_name[word]
  if command then
    return command.is_program and "program" or "command", command
  elseif services.has(word) then
    return "service"
  elseif service and services.has(service) and op ~= "lua" then
    return "operation", service, op
  end
end

return commands
