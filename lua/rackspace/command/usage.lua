--- usage.lua - how the program and its commands are used, in a few lines
-- SPDX-License-Identifier: MIT
local describe = require("rackspace.manual.describe")
local exits = require("rackspace.command.exits")
local formats = require("rackspace.command.formats")
local names = require("rackspace.command.names")
local options = require("rackspace.command.options")
local paragraph = require("rackspace.show.paragraph")
local reference = require("rackspace.manual.reference")
local services = require("rackspace.services")

local usage = {}

local head = [==[
usage: rackspace [options] [script.lua [arguments]]
       rackspace [options] SERVICE.OPERATION [arguments] [name=value...]
       rackspace call METHOD PATH | login | status
       rackspace completion bash|zsh|fish | help [NAME]
       rackspace report | sandbox [options]

Without a script or a command, on a terminal: type Lua and see what it gives.
  script.lua       Run a script; - reads it from standard input]==]

local examples = [[

  rackspace --sandbox accounts.list accountType=CLOUD --max=5
  rackspace tickets.create @ticket.json severity=High
  rackspace tickets.comment 180404-00001 text=- < note.txt
  rackspace help tickets.create]]

-- What the programs of their own print of themselves.
local own = {}

own.sandbox = [==[
usage: rackspace sandbox [--port N] [--accounts N] [--seed N] [--customers N]
                         [--dialect NAME] [--limits on|off] [--state FILE]
                         [--faults FILE] [--with-stdin]

Serves the sandbox over HTTP on 127.0.0.1 until it is interrupted. Its first
line of output is JSON: url, endpoints, credentials.
  --port N          the port; 0, the default, takes a free one
  --accounts N      how many accounts there are (137)
  --seed N          another set of accounts (1)
  --customers N     how many customers the Email & Apps reseller has (3)
  --dialect NAME    the Customer Service of the "reference", the default, or
                    of the "openapi" document
  --limits off      take any number of calls, not only the documented ones
  --state FILE      keep what was changed in a file
  --faults FILE     what is to go wrong: a JSON list, as doc/faults.md says
  --with-stdin      end when standard input is closed
]==]

own.report = [==[
usage: rackspace report [--sandbox[=URL]] [--profile NAME] [--concurrency N]
                        [--max N] [-o FILE]

Writes all accounts and tickets as one page of HTML.
  -o FILE           where it goes; without it, to standard output
  --profile NAME    of this section of ~/.config/rackspace/config
  --concurrency N   how many accounts are looked at at a time (8)
  --max N           no more than N accounts
]==]

local function text_of(lines)
  return table.concat(lines, "\n") .. "\n"
end

local function add_options(lines, wanted)
  local entries = {}
  for _, option in ipairs(options.list) do
    if (option.scope == "command") == wanted then
      local known = option.is_closed and
        (" One of %s."):format(table.concat(option.known(), ", ")) or ""
      entries[#entries + 1] = { options.spelling(option), option.doc .. known }
    end
  end
  paragraph.entries(lines, entries, {})
end

local function exit_text()
  local parts = {}
  for _, exit in ipairs(exits.list) do
    parts[#parts + 1] = ("%d %s"):format(exit.code, exit.name)
  end
  return "exit codes: " .. table.concat(parts, ", ")
end

--- What --help prints.
function usage.program()
  local lines = { head }
  add_options(lines, false)
  lines[#lines + 1] = "\nFor one-shot calls:"
  add_options(lines, true)
  lines[#lines + 1] = examples
  lines[#lines + 1] = ""
  paragraph.add(lines, "services: " ..
    table.concat(services.names(), ", ") ..
    ". rackspace help NAME tells of one, or of an operation.", {})
  paragraph.add(lines, exit_text(), {})
  lines[#lines + 1] = "More: man rackspace; rackspace report --help, " ..
    "rackspace sandbox --help"
  return text_of(lines)
end

--- What a program of its own prints of itself.
function usage.own(name)
  return own[name]
end

--- What an operation can't do without, and whether there is more.
local function needed_words(op)
  local words, has_more = { "rackspace " .. op.full_name }, false
  for _, field in ipairs(op.args) do
    words[#words + 1] = field.name:gsub("(%l)(%u)", "%1_%2"):upper()
  end
  for _, field in ipairs(op.parameters) do
    words[#words + 1] = field.required and field.name .. "=..." or nil
    has_more = has_more or not field.required and field.type ~= "function"
  end
  return words, has_more
end

--- How an operation is called, in short.
function usage.brief(op)
  local words, has_more = needed_words(op)
  words[#words + 1] = has_more and "[name=value...]" or nil
  return table.concat(words, " ")
end

--- How an operation is called, with all that it takes.
function usage.synopsis(op)
  local words = needed_words(op)
  for _, field in ipairs(op.parameters) do
    if not field.required and field.type ~= "function" then
      words[#words + 1] = "[" .. field.name .. "=...]"
    end
  end
  return table.concat(words, " ")
end

--- What help tells of a command.
function usage.command(name)
  local lines = paragraph.wrap(("usage: rackspace %s %s"):format(name,
    names.commands[name].synopsis), 80, "         ")
  paragraph.add(lines, names.commands[name].doc, {})
  return text_of(lines)
end

--- The fields that a parameter of a record's type has, by their full names.
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

--- What help tells of an operation.
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

--- What help tells of a service.
function usage.service(definition)
  local lines, entries = {}, {}
  paragraph.add(lines, definition.doc or "", {})
  for i, op in ipairs(definition.operations) do
    entries[i] = { op.full_name, op.doc or "" }
  end
  lines[#lines + 1] = ""
  paragraph.entries(lines, entries, {})
  return text_of(lines)
end

return usage
