--- program_options.lua - the options of the program and of one-shot commands
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local options = require("rackspace.command.options")

local program_options = {}

-- Further fields of an option, beside those in options.lua: `scope` is
-- "program" for an option that comes before a script, "any" for one that may
-- also follow a command, and nil for one of one-shot commands only. `variable`
-- is the environment variable with the same meaning.
local general = {
  { name = "-e", value = "CODE", scope = "program", is_list = true,
    allows_empty = true,
    doc = "Run a line of Lua, which has rs, a session; may be repeated." },
  { name = "-i", scope = "program",
    doc = "Then talk: type Lua and see what it gives." },
  { name = "--quiet-failures", scope = "program",
    doc = "Don't tell of the failed calls that a script or a line drops, " ..
      "and exit 0 in spite of them." },
  { name = "--sandbox", value = "URL", is_optional = true, scope = "any",
    variable = "RACKSPACE_SANDBOX",
    doc = "Work in the sandbox inside the program, or in the one that runs " ..
      "at URL: no account is needed." },
  { name = "--profile", value = "NAME", scope = "any",
    variable = "RACKSPACE_PROFILE",
    known = function()
      return require("rackspace.command.profile").names()
    end,
    doc = "The section of ~/.config/rackspace/config to use." },
  { name = "--read-only", scope = "any", variable = "RACKSPACE_READ_ONLY",
    doc = "Refuse every call that could change something." },
  { name = "--yes", scope = "any",
    doc = "Don't ask before something is deleted. Scripts never ask." },
  { name = "--color", value = "WHEN", is_closed = true, scope = "any",
    variable = "RACKSPACE_COLOR", known = { "auto", "always", "never" },
    doc = "Use colours on a terminal (auto), always or never." },
  { name = "-o", value = "FILE", field = "file", is_file = true,
    doc = "Write the result to a file, which is replaced when all of it has " ..
      "come; in the format that its name ends in, such as .csv, or that of " ..
      "--output." },
  { name = "--output", value = "FORMAT", is_closed = true,
    known = function()
      return require("rackspace.output.formats").names()
    end,
    doc = "How the result is written; by default as a table on a terminal, " ..
      "and as ndjson elsewhere." },
  { name = "--fields", value = "NAMES",
    doc = "Only these fields, by their names with commas between; a.b is b " ..
      "inside of a." },
  { name = "--raw",
    doc = "Leave the texts of --output=csv as they are: without the ' that " ..
      "keeps a spreadsheet from running them." },
  { name = "--jq", value = "EXPRESSION",
    doc = "Write what this filter of jq makes of the result: a list as one " ..
      "array, or item by item with --output=ndjson." },
  { name = "--max", value = "N", is_integer = true,
    doc = "At most so many items of a list." },
  { name = "--timeout", value = "SECONDS", is_integer = true,
    doc = "The seconds that one attempt may take (120)." },
  { name = "--dry-run",
    doc = "Print the request, secrets masked, and send nothing." },
  { name = "--clobber",
    doc = "Replace the file that a download is written to, if there is one." },
  { name = "--reveal",
    doc = "Write secrets that an answer holds, but not in a table." },
}

local last = {
  { name = "--version", alias = "-v", scope = "program",
    doc = "Print the versions." },
  { name = "--help", alias = "-h", scope = "any",
    doc = "Print how this is used." },
}

local function add(list, more)
  for _, option in ipairs(more or {}) do
    list[#list + 1] = option
  end
end

local function without_program(list)
  local rest = {}
  for _, option in ipairs(list) do
    rest[#rest + 1] = option.scope ~= "program" and option or nil
  end
  return rest
end

--- Returns the options that may stand behind a command: those of every
-- command, and its own.
function program_options.of_command(command)
  local list = {}
  add(list, without_program(general))
  add(list, command.options)
  add(list, without_program(last))
  return list
end

--- All options, those of single commands among them.
program_options.list = {}
add(program_options.list, general)
for _, command in ipairs(commands.list) do
  add(program_options.list, not command.is_program and command.options)
end
add(program_options.list, last)

-- The parsers of the options before a script or command, where those of every
-- command are accepted, and of the options after a command.
program_options.leading = options.parser(program_options.list)
program_options.trailing =
  options.parser(without_program(program_options.list))

--- Returns the name of the first option given that is for commands only, or
-- nil.
function program_options.command_only(given)
  for _, option in ipairs(program_options.list) do
    if not option.scope and given[options.field(option)] then
      return option.name
    end
  end
end

--- Calls fn(variable, value) for each given option that has an environment
-- variable.
function program_options.each_variable(given, fn)
  for _, option in ipairs(program_options.list) do
    local value = given[options.field(option)]
    if option.variable and value then
      fn(option.variable, value == true and "1" or value)
    end
  end
end

return program_options
