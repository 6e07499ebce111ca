--- usage.lua - the usage texts of the program and its commands
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local describe = require("rackspace.manual.describe")
local exits = require("rackspace.command.exits")
local formats = require("rackspace.output.formats")
local options = require("rackspace.command.options")
local paragraph = require("rackspace.show.paragraph")
local program_options = require("rackspace.command.program_options")
local reference = require("rackspace.manual.reference")
local services = require("rackspace.services")

local usage = {}

local head = [==[
usage: rackspace [options] SERVICE OPERATION [arguments] [name=value...]
       rackspace [options] script.lua [arguments]
       rackspace call METHOD PATH | login | status
       rackspace completion bash|zsh|fish | help [NAME]
       rackspace mcp | report | sandbox [options]

Without a script or a command, on a terminal: type Lua and see what it gives.
SERVICE OPERATION may be written SERVICE.OPERATION, too. A script that is called
as a command or a service is run by ./ before its name.
  script.lua       Run a script; - reads it from standard input]==]

local examples = [[

  rackspace --sandbox accounts.list accountType=CLOUD --max=5
  rackspace tickets.create @ticket.json severity=High
  rackspace tickets.comment 180404-00001 text=@note.txt
  rackspace help tickets.create]]

local values = [[

Values: name=@FILE is the text of a file, name=- that of standard input, and
name=@@x the text @x. @FILE alone is a JSON object of parameters.]]

local function text_of(lines)
  return table.concat(lines, "\n") .. "\n"
end

--- Adds the options that `is_wanted` accepts, each with what it does.
local function add_options(lines, is_wanted)
  local entries = {}
  for _, option in ipairs(program_options.list) do
    if is_wanted(option) then
      local known = option.is_closed and (" One of %s."):format(
        table.concat(options.known(option), ", ")) or ""
      entries[#entries + 1] = { options.spelling(option), option.doc .. known }
    end
  end
  paragraph.entries(lines, entries, {})
end

local function is_general(option)
  return option.scope ~= nil
end

local function is_of_commands(option)
  return option.scope == nil
end

local function exit_text()
  local parts = {}
  for _, exit in ipairs(exits.list) do
    parts[#parts + 1] = ("%d %s"):format(exit.code, exit.name)
  end
  return "exit codes: " .. table.concat(parts, ", ")
end

--- Returns what `rackspace --help` prints.
function usage.program()
  local lines = { head }
  add_options(lines, is_general)
  lines[#lines + 1] = "\nFor one-shot calls:"
  add_options(lines, is_of_commands)
  lines[#lines + 1] = values
  lines[#lines + 1] = examples
  lines[#lines + 1] = ""
  paragraph.add(lines, "services: " ..
    table.concat(services.names(), ", ") ..
    ". rackspace help NAME tells of one, or of an operation.", {})
  paragraph.add(lines, exit_text(), {})
  lines[#lines + 1] = "More: man rackspace; rackspace report --help, " ..
    "and so for mcp and sandbox"
  return text_of(lines)
end

--- Returns "[--port N] [--limits on|off]": the options of a command.
local function options_synopsis(command, separator)
  local words = {}
  for i, option in ipairs(command.options or {}) do
    words[i] = "[" .. options.spelling(option, separator) .. "]"
  end
  return words
end

local KEPT = "\1" -- stands for a space at which no line is broken

--- Returns the lines of "usage: rackspace NAME ..." for words that stay whole.
local function usage_lines(name, words)
  local start = "usage: rackspace " .. name .. " "
  for i, word in ipairs(words) do
    words[i] = word:gsub(" ", KEPT)
  end
  local lines = paragraph.wrap(start:gsub(" ", KEPT) ..
    table.concat(words, " "), 80, (" "):rep(#start))
  for i, line in ipairs(lines) do
    lines[i] = line:gsub(KEPT, " ")
  end
  return lines
end

--- Returns what a program of its own, such as the sandbox, prints for --help.
function usage.of_program(command)
  local entries = {}
  local lines = usage_lines(command.name, options_synopsis(command, " "))
  lines[#lines + 1] = ""
  paragraph.add(lines, command.about, {})
  for i, option in ipairs(command.options) do
    entries[i] = { options.spelling(option, " "), option.doc }
  end
  paragraph.entries(lines, entries, {})
  return text_of(lines)
end

--- Returns how a command is called: "rackspace call METHOD PATH ...".
function usage.command_synopsis(command)
  local words = options_synopsis(command)
  table.insert(words, 1, command.words)
  return ("rackspace %s %s"):format(command.name, table.concat(words, " "))
end

--- Returns the words of a call that an operation needs, and whether it takes
-- more.
local function needed_words(op)
  local words, has_more = { "rackspace " .. op.full_name }, false
  for _, field in ipairs(op.args) do
    words[#words + 1] = ascii.upper(field.name:gsub("(%l)(%u)", "%1_%2"))
  end
  for _, field in ipairs(op.parameters) do
    words[#words + 1] = field.required and field.name .. "=..." or nil
    has_more = has_more or not field.required and field.type ~= "function"
  end
  return words, has_more
end

--- Returns how an operation is called, in short.
function usage.brief(op)
  local words, has_more = needed_words(op)
  words[#words + 1] = has_more and "[name=value...]" or nil
  return table.concat(words, " ")
end

--- Returns how an operation is called, with every parameter.
function usage.synopsis(op)
  local words = needed_words(op)
  for _, field in ipairs(op.parameters) do
    if not field.required and field.type ~= "function" then
      words[#words + 1] = "[" .. field.name .. "=...]"
    end
  end
  return table.concat(words, " ")
end

--- Returns the help of a command.
function usage.command(command)
  local lines = paragraph.wrap("usage: " .. usage.command_synopsis(command), 80,
    "         ")
  paragraph.add(lines, command.doc, {})
  return text_of(lines)
end

--- Returns the fields of a parameter whose type is a record, by full names.
local function inner_entries(op, field)
  local entries, records = {}, op.records[field.type]
  for _, inner in ipairs(records or {}) do
    entries[#entries + 1] = { name = field.name .. "." .. inner.name,
      type = inner.type, doc = inner.doc, known = inner.known,
      required = inner.required }
  end
  return entries
end

local function parameters_of(op)
  local list = {}
  for _, field in ipairs(op.parameters) do
    if field.type ~= "function" then
      list[#list + 1] = field
      for _, inner in ipairs(inner_entries(op, field)) do
        list[#list + 1] = inner
      end
    end
  end
  return list
end

local results = { done = "nothing: the exit code tells",
  pager = "a list of %s, page by page", list = "a list of %s", value = "%s" }

--- Returns the help of an operation.
function usage.operation(op)
  local lines, width = {}, { width = 80 }
  for _, line in ipairs(paragraph.wrap(usage.synopsis(op), 80, "  ")) do
    lines[#lines + 1] = line
  end
  paragraph.add(lines, op.doc or "", width)
  local list = parameters_of(op)
  if op.args[1] or list[1] then
    lines[#lines + 1] = "\ntakes"
    reference.add_fields(lines, op.args, width)
    reference.add_fields(lines, list, width)
  end
  local result = describe.result(op)
  lines[#lines + 1] = "\ngives"
  paragraph.add(lines, results[result.kind]:format(result.type or ""), width,
    "  ")
  local pictures = formats.pictures(op.full_name)
  if pictures[1] then
    paragraph.add(lines, "as a picture: --output=" ..
      table.concat(pictures, ", --output="), width, "  ")
  end
  return text_of(lines)
end

--- Adds the operations of a service, each with what it does.
local function add_operations(lines, definition)
  local entries = {}
  for i, op in ipairs(definition.operations) do
    entries[i] = { op.full_name, op.doc or "" }
  end
  paragraph.entries(lines, entries, {})
end

--- Returns the help of a service.
function usage.service(definition)
  local lines = {}
  paragraph.add(lines, definition.doc or "", {})
  lines[#lines + 1] = ""
  add_operations(lines, definition)
  return text_of(lines)
end

--- Returns the operations of a service, each with what it does.
function usage.operations(name)
  local lines = {}
  add_operations(lines, services.definition(name))
  return table.concat(lines, "\n")
end

return usage
