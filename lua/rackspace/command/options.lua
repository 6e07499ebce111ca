--- options.lua - the program's options: what they are called, take and mean
-- SPDX-License-Identifier: MIT

local options = {}

-- `scope`: "program" for what stands before a script, "command" for what is of
-- one-shot commands only, "any" for both. `variable` is the one of the
-- environment that says the same; `may` tells that the value may be left out,
-- `empty` that it may be "". `known` gives the values that there are: with the
-- modules that only some runs of the program need. Only those are taken when
-- it `is_closed`.
options.list = {
  { name = "-e", value = "CODE", scope = "program", many = true, empty = true,
    doc = "Run a line of Lua, which has rs, a session; may be repeated." },
  { name = "-i", scope = "program",
    doc = "Then talk: type Lua and see what it gives." },
  { name = "--sandbox", value = "URL", may = true, scope = "any",
    variable = "RACKSPACE_SANDBOX",
    doc = "Work in the sandbox inside the program, or in the one that runs " ..
      "at URL: no account is needed." },
  { name = "--profile", value = "NAME", scope = "any",
    variable = "RACKSPACE_PROFILE",
    doc = "The section of ~/.config/rackspace/config to use." },
  { name = "--read-only", scope = "any", variable = "RACKSPACE_READ_ONLY",
    doc = "Refuse every call that could change something." },
  { name = "--output", value = "FORMAT", scope = "command", is_closed = true,
    known = function()
      return require("rackspace.command.formats").names()
    end,
    doc = "How the result is written; by default as a table on a terminal, " ..
      "and as ndjson elsewhere." },
  { name = "--fields", value = "NAMES", scope = "command",
    doc = "Only these fields, by their names with commas between; a.b is b " ..
      "inside of a." },
  { name = "--max", value = "N", scope = "command", is_number = true,
    doc = "At most so many items of a list." },
  { name = "--dry-run", scope = "command",
    doc = "Print the request, secrets masked, and send nothing." },
  { name = "--yes", scope = "command",
    doc = "Don't ask before something is deleted." },
  { name = "--reveal", scope = "command",
    doc = "Write secrets that an answer holds, but not in a table." },
  { name = "--service", value = "NAME", scope = "command",
    known = function()
      local endpoints = require("rackspace.services").endpoints()
      return require("rackspace.base.members").keys(endpoints)
    end,
    doc = "For call: the service that the path is of, where the path " ..
      "doesn't tell." },
  { name = "--username", value = "NAME", scope = "command",
    doc = "For login: the user." },
  { name = "--password", scope = "command",
    doc = "For login: ask for a password instead of an API key." },
  { name = "--region", value = "NAME", scope = "command",
    known = function() return { "US", "UK" } end,
    doc = "For login: US or UK." },
  { name = "--test", scope = "command",
    doc = "For login: try the credentials without asking first." },
  { name = "--version", scope = "program", doc = "Print the versions." },
  { name = "--help", scope = "any", doc = "Print how this is used." },
}

local by_name, names = {}, {}
for i, option in ipairs(options.list) do
  by_name[option.name], names[i] = option, option.name
end

--- The field that an option is kept in: "--dry-run" in dry_run.
function options.field(option)
  return (option.name:gsub("^%-+", ""):gsub("-", "_"))
end

--- How an option is written: "--max=N", "--sandbox[=URL]", "-e CODE".
function options.spelling(option)
  if not option.value then
    return option.name
  elseif #option.name == 2 then
    return option.name .. " " .. option.value
  end
  return option.name .. (option.may and "[=%s]" or "=%s"):format(option.value)
end

local function nearest()
  return require("rackspace.base.nearest")
end

local function value_problem(option, value)
  local known = option.is_closed and option.known()
  if value == nil or value == "" and not option.empty then
    return ("%s needs a value, as in %s"):format(option.name,
      options.spelling(option))
  elseif option.is_number and not value:find("^[1-9]%d*$") then
    return ("%s needs a whole number from 1 on, not '%s'"):format(option.name,
      value)
  elseif known and not nearest().has(known, value) then
    return ("%s must be one of %s, not '%s'%s"):format(option.name,
      table.concat(known, ", "), value, nearest().hint(value, known))
  end
end

--- Puts a value in its field; nil and what is wrong with it.
local function keep(given, option, value)
  local problem = value ~= true and value_problem(option, value)
  if problem then
    return nil, problem
  end
  local field = options.field(option)
  if option.many then
    given[field] = given[field] or {}
    table.insert(given[field], value)
  else
    given[field] = option.is_number and tonumber(value) or value
  end
  return true
end

--- Reads the option at a place into `given`: the next place, or nil and what
-- is wrong. `is_command` is whether a command stands before it.
function options.read(given, arguments, i, is_command)
  local argument = arguments[i]
  local name, value = argument:match("^(%-%-[%w-]+)=(.*)$")
  local option = by_name[name or argument]
  if not option or is_command and option.scope == "program" then
    return nil, ("there is no option '%s'%s"):format(name or argument,
      nearest().hint(name or argument, names))
  elseif value and not option.value then
    return nil, ("%s takes no value"):format(name)
  end
  if not value and (option.may or not option.value) then
    value = true
  elseif not value then
    i = i + 1
    value = arguments[i]
  end
  local ok, problem = keep(given, option, value)
  if not ok then
    return nil, problem
  end
  return i + 1
end

--- The first option given that is for commands only, or nil.
function options.of_command(given)
  for _, option in ipairs(options.list) do
    if option.scope == "command" and given[options.field(option)] then
      return option.name
    end
  end
end

--- Calls fn(variable, value) for what the environment is to say.
function options.each_variable(given, fn)
  for _, option in ipairs(options.list) do
    local value = given[options.field(option)]
    if option.variable and value then
      fn(option.variable, value == true and "1" or value)
    end
  end
end

return options
