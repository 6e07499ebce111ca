--- complete.lua - `rackspace complete`: what a shell may offer for a word
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local core = require("rackspace.core")
local exits = require("rackspace.command.exits")
local options_of = require("rackspace.command.options")
local program_options = require("rackspace.command.program_options")
local services = require("rackspace.services")

local complete = {}

--- Adds a candidate if it begins with the word that is completed.
local function add(found, word, doc)
  if word:sub(1, #found.word) == found.word then
    found[#found + 1] = { word = word, doc = doc }
  end
end

--- Says that names of files may follow the beginning of the word.
local function add_files(found, beginning)
  found.files = beginning
end

local function add_values(found, beginning, known)
  for _, value in ipairs(known or {}) do
    add(found, beginning .. value)
  end
end

--- Adds the operations of a service if the word is the beginning of one.
local function add_operations(found, name)
  local begun = found.word:match("^[^.]+")
  if begun and name:sub(1, #begun) == begun then
    for _, op in ipairs(services.definition(name).operations) do
      add(found, op.full_name, op.doc)
    end
  end
end

local function add_commands(found)
  for _, command in ipairs(commands.list) do
    if not command.is_hidden then
      add(found, command.name, command.doc)
    end
  end
  for _, name in ipairs(services.names()) do
    add(found, name, "The operations of this service.")
    add_operations(found, name)
  end
  if not found[1] then
    add_files(found, "")
  end
end

local function add_options(found, list)
  for _, option in ipairs(list) do
    local takes = option.value and not option.is_optional and
      #option.name > 2
    add(found, option.name .. (takes and "=" or ""), option.doc)
  end
end

--- Adds the values of an option that stand behind `beginning`.
local function add_option_values(found, option, beginning)
  if option.is_file then
    add_files(found, beginning)
  else
    add_values(found, beginning, options_of.known(option))
  end
end

local function is_file(field)
  return field.type == "path" or field.type == "attachment[]"
end

--- Adds a parameter, or where it is named its values.
local function add_parameter(found, field, name)
  local beginning = name .. "="
  if found.word:sub(1, #beginning) ~= beginning then
    add(found, beginning, field.doc)
  elseif is_file(field) then
    add_files(found, beginning)
  elseif found.word:sub(#beginning + 1, #beginning + 1) == "@" then
    add_files(found, beginning .. "@")
  else
    add_values(found, beginning,
      field.type == "boolean" and { "true", "false" } or field.known)
  end
end

--- Adds the parameters of a list of fields, and the fields of records in it.
local function add_parameters(found, op, fields, above)
  for _, field in ipairs(fields) do
    local inner = op.records[field.type]
    if inner and above == "" then
      add_parameters(found, op, inner, field.name .. ".")
    elseif field.type ~= "function" then
      add_parameter(found, field, above .. field.name)
    end
  end
end

--- Adds the values of an operation's next argument, and its parameters.
local function add_arguments(found, op, argument)
  if argument and is_file(argument) then
    add_files(found, "")
  elseif argument then
    add_values(found, "", argument.known)
  end
  add_parameters(found, op, op.options, "")
end

local function add_words(found, line)
  local op, command, count = line.op, line.command, #line.words
  if found.word:find("^@") and (op or command.name == "call") then
    add_files(found, "@")
  elseif op then
    add_arguments(found, op, op.args[count + 1])
  elseif line.service and count == 0 then
    for _, one in ipairs(services.definition(line.service).operations) do
      add(found, one.name, one.doc)
    end
  elseif count == 0 or count < (command.most or 0) then
    add_values(found, "", options_of.known(command, line.words))
  end
end

-- ---- what comes before the word ---------------------------------------------

local function operation_of(service, name)
  return services.definition(service).by_name[name]
end

--- Takes the word that names the command: from there on its options count.
local function take_command(line, word)
  local kind, what, name = commands.find(word)
  line.has_command = true
  line.op = kind == "operation" and operation_of(what, name) or nil
  line.service = kind == "service" and word or nil
  line.command = type(what) == "table" and what or {}
  if kind == "program" then
    line.parser = options_of.parser(what.options, what.name)
  elseif kind then
    line.parser = options_of.parser(program_options.of_command(line.command))
  else
    line.is_script = true
  end
end

--- Takes a word behind that command. The first behind a service names its
-- operation.
local function take_word(line, word)
  local op = line.service and not line.op and not line.words[1] and
    operation_of(line.service, word)
  if op then
    line.op = op
  else
    line.words[#line.words + 1] = word
  end
end

--- Reads the words before the last one: which command they name, the words it
-- has been given, and the option whose value comes next.
local function read_line(words)
  local line = { parser = program_options.leading, words = {} }
  for i = 1, #words - 1 do
    local option, _, text = line.parser:find(words[i])
    if line.option then
      line.option = nil
    elseif line.has_command and words[i] == "--" then
      line.is_plain = true
    elseif not line.is_plain and words[i]:find("^%-.") then
      line.option = option and option.value and not option.is_optional and
        not text and option or nil
    elseif not line.has_command then
      take_command(line, words[i])
    else
      take_word(line, words[i])
    end
  end
  return line
end

--- Returns the candidates for the last of the words behind "rackspace": a list
-- of { word =, doc = }, and `files`, the beginning of the word behind which a
-- name of a file may follow.
function complete.candidates(words)
  local line, found = read_line(words), { word = words[#words] or "" }
  local option, name, text = line.parser:find(found.word)
  if line.is_script then
    add_files(found, "")
  elseif line.option then
    add_option_values(found, line.option, "")
  elseif not line.is_plain and option and text then
    add_option_values(found, option, name .. "=")
  elseif not line.is_plain and found.word:find("^%-") then
    add_options(found, line.parser.list)
  elseif not line.has_command then
    add_commands(found)
  else
    add_words(found, line)
  end
  return found
end

--- Returns the first sentence of a text, on one line.
local function brief(text)
  local line = (text or ""):gsub("[%s%c]+", " ")
  local first = line:match("^(.-)[.;]%f[%s%z]") or line
  return first
end

--- Prints a candidate to a line: the word, a tab and what it is. A line that
-- begins with a tab says behind which beginning of the word a name of a file
-- may follow.
function complete.run(invocation)
  local found = complete.candidates(invocation.words)
  for _, candidate in ipairs(found) do
    if core.printable(candidate.word) == candidate.word then
      io.write(candidate.word, "\t", brief(candidate.doc), "\n")
    end
  end
  if found.files then
    io.write("\t", found.files, "\n")
  end
  return exits.done
end

return complete
