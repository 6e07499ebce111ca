--- arguments.lua - makes the words of a command line a call's arguments
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local value_of = require("rackspace.command.value")

local arguments = {}

local function find(fields, name)
  for _, field in ipairs(fields) do
    if field.name == name and field.type ~= "function" then
      return field
    end
  end
end

local function hint(fields, name, above)
  local names = {}
  for _, field in ipairs(fields) do
    if field.type ~= "function" then
      names[#names + 1] = above .. field.name
    end
  end
  return nearest.hint(above .. name, names)
end

--- Returns the field of a path such as "comment.text", and the list of the
-- names in the path; or nil and a problem.
local function find_field(op, path)
  local fields, above, keys, field = op.options, "", {}, nil
  for name in path:gmatch("[^.]+") do
    if not fields then
      return nil, ("'%s' has no fields of its own here: give it as JSON, " ..
        "as in %s='{...}'"):format(above:sub(1, -2), above:sub(1, -2))
    end
    field = find(fields, name)
    if not field then
      return nil, ("unknown parameter '%s'%s"):format(path,
        hint(fields, name, above))
    end
    keys[#keys + 1] = name
    fields, above = op.records[field.type], above .. name .. "."
  end
  return field, keys
end

--- Reads standard input, without its last line break. It can be read once.
local function read_input(reading)
  if reading.has_read then
    return nil, "standard input can be read only once"
  end
  reading.has_read = true
  return (reading.read_input():gsub("\r?\n$", ""))
end

-- Types whose values name files: an "@" before one is a part of its name.
local file_types = { path = true, attachment = true }

--- Returns the text that the value of a parameter stands for: "-" and "@-" for
-- standard input, "@FILE" for a file, both without their last line break, and
-- "@@x" for the text "@x". Or nil and what is wrong.
local function read_value(reading, text, kind)
  local path = not file_types[kind] and text:match("^@(.*)$")
  if text == "-" or path == "-" then
    return read_input(reading)
  elseif not path then
    return text
  elseif path:find("^@") then
    return path
  end
  local content, problem
  if path ~= "" then
    content, problem = reading.read_file(path)
  else
    problem = "a file's name is missing behind the @"
  end
  if not content then
    return nil, ("can't be read: %s; for the text '%s' give '@%s'"):format(
      problem, text, text)
  end
  return (content:gsub("\r?\n$", ""))
end

--- Returns the table that holds a field, making the tables around it. Those
-- from a file belong to this reading and may be changed.
local function holder(values, keys)
  for i = 1, #keys - 1 do
    if type(values[keys[i]]) ~= "table" then
      values[keys[i]] = {}
    end
    values = values[keys[i]]
  end
  return values
end

--- Adds to a list. The first item replaces a list from a file.
local function add_item(reading, values, path, name, value)
  if not reading.begun[path] or type(values[name]) ~= "table" then
    values[name], reading.begun[path] = json.array{}, true
  end
  table.insert(values[name], value)
end

--- Sets the parameter of a word name=text: true, or nil and what is wrong.
local function take_named(reading, path, text)
  local field, keys = find_field(reading.op, path)
  if not field then
    return nil, keys
  end
  local element = field.type:match("^(.*)%[%]$")
  local value, problem = read_value(reading, text, element or field.type)
  if value then
    local is_list = element and value:find("^%s*%[")
    value, problem = value_of(value, not is_list and element or field.type)
    element = not is_list and element
  end
  if value == nil then
    return nil, ("'%s' %s"):format(path, problem)
  end
  local values = holder(reading.values, keys)
  if element then
    add_item(reading, values, path, keys[#keys], value)
  else
    values[keys[#keys]] = value
  end
  return true
end

--- Sets the parameters in a JSON object, from a file or standard input.
local function take_file(reading, path)
  local text, problem
  if path == "-" then
    text, problem = read_input(reading)
  else
    text, problem = reading.read_file(path)
  end
  local object = text and json.decode(text)
  if not text then
    return nil, problem
  elseif type(object) ~= "table" or object[1] ~= nil then
    return nil, ("%s holds no JSON object"):format(
      path == "-" and "standard input" or path)
  end
  members.add(reading.values, object)
  return true
end

--- Sets the i-th positional argument: true, or nil and what is wrong.
local function take_argument(reading, i, text)
  local field = reading.op.args[i]
  local problem
  if not field then
    return nil, ("'%s' is one argument too many: parameters are given as " ..
      "name=value"):format(text)
  elseif text == "-" and field.type == "secret" then
    text, problem = read_input(reading)
  else
    text, problem = value_of(text, field.type)
  end
  if text == nil then
    return nil, ("'%s' %s"):format(field.name, problem)
  end
  reading.positional[i] = text
  return true
end

local function position_of(op, name)
  for i, field in ipairs(op.args) do
    if field.name == name then
      return i
    end
  end
end

--- Sets the positional arguments that are given by name. Returns the other
-- words, or nil and what is wrong.
local function take_named_arguments(reading, words)
  local rest = {}
  for _, word in ipairs(words) do
    local name, text = word:match("^([%a_][%w_]*)=(.*)$")
    local position = name and position_of(reading.op, name)
    if position then
      local ok, problem = take_argument(reading, position, text)
      if not ok then
        return nil, problem
      end
    else
      rest[#rest + 1] = word
    end
  end
  return rest
end

local function take_word(reading, word)
  local name, text = word:match("^([%a_][%w_.]*)=(.*)$")
  if name then
    return take_named(reading, name, text)
  elseif word:find("^@.") then
    return take_file(reading, word:sub(2))
  end
  local i = 1
  while reading.positional[i] ~= nil do
    i = i + 1
  end
  return take_argument(reading, i, word)
end

--- Reads all words: true, or nil and what is wrong. A named parameter counts
-- more than one in a file, whichever comes first.
local function take_words(reading, words)
  local rest, problem = take_named_arguments(reading, words)
  local ok = rest ~= nil
  for _, is_file in ipairs{ true, false } do
    for _, word in ipairs(rest or {}) do
      if ok and (word:find("^@.") ~= nil) == is_file then
        ok, problem = take_word(reading, word)
      end
    end
  end
  return ok, problem
end

local function missing(op, positional)
  for i, field in ipairs(op.args) do
    if positional[i] == nil then
      return ("'%s' is missing"):format(field.name)
    end
  end
end

--- Returns the text of a file, or nil and the problem.
function arguments.read_file(path)
  local file, problem = io.open(path, "rb")
  local text
  if file then
    text, problem = file:read("*a")
    file:close()
    problem = problem and path .. ": " .. problem
  end
  return text, problem
end

--- Reads the arguments of an operation's method from words: arguments in their
-- order, name=value, name=@FILE for the text of a file, name=- for that of
-- standard input, and @FILE or @- for a JSON object of parameters. Returns the
-- list of arguments, with `n` and `values`, the table of parameters; or nil and
-- what is wrong. `sources` may have read_input() and read_file(path).
function arguments.read(op, words, sources)
  sources = sources or {}
  local reading = { op = op, values = {}, positional = {}, begun = {},
    read_input = sources.read_input or function() return io.read("*a") end,
    read_file = sources.read_file or arguments.read_file }
  local ok, problem = take_words(reading, words)
  problem = not ok and problem or missing(op, reading.positional)
  if problem then
    return nil, problem
  end
  local list = reading.positional
  list.n = #op.args
  list.values = reading.values
  if next(reading.values) then
    list.n = list.n + 1
    list[list.n] = reading.values
  end
  return list
end

return arguments
