--- arguments.lua - words of a command line made into a call's arguments
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

--- The field that a name such as "comment.text" leads to, and the names on
-- the way; nil and what is wrong.
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

--- What is on standard input, but for its last line break; only once.
local function read_input(call)
  if call.has_read then
    return nil, "standard input can be read only once"
  end
  call.has_read = true
  return (call.read_input():gsub("\r?\n$", ""))
end

-- ---- where they go ----------------------------------------------------------

--- The table inside of the options that a field is in. Tables of a file are
-- the call's own, and may be written.
local function holder(values, keys)
  for i = 1, #keys - 1 do
    if type(values[keys[i]]) ~= "table" then
      values[keys[i]] = {}
    end
    values = values[keys[i]]
  end
  return values
end

--- Adds to a list. What a file has in its place goes.
local function add_item(call, values, path, name, value)
  if not call.begun[path] or type(values[name]) ~= "table" then
    values[name], call.begun[path] = json.array{}, true
  end
  table.insert(values[name], value)
end

--- Puts name=text where it belongs; nil and what is wrong.
local function take_named(call, path, text)
  local field, keys = find_field(call.op, path)
  if not field then
    return nil, keys
  end
  local element = field.type:match("^(.*)%[%]$")
  local value, problem
  if text == "-" then
    value, problem = read_input(call)
  else
    value = text
  end
  if value then
    local is_list = element and value:find("^%s*%[")
    value, problem = value_of(value, not is_list and element or field.type)
    element = not is_list and element
  end
  if value == nil then
    return nil, ("'%s' %s"):format(path, problem)
  end
  local values = holder(call.values, keys)
  if element then
    add_item(call, values, path, keys[#keys], value)
  else
    values[keys[#keys]] = value
  end
  return true
end

--- Adds the members of a JSON object: of a file, or of standard input.
local function take_file(call, path)
  local text, problem
  if path == "-" then
    text, problem = read_input(call)
  else
    text, problem = call.read_file(path)
  end
  local object = text and json.decode(text)
  if not text then
    return nil, problem
  elseif type(object) ~= "table" or object[1] ~= nil then
    return nil, ("%s holds no JSON object"):format(
      path == "-" and "standard input" or path)
  end
  members.add(call.values, object)
  return true
end

--- Takes an argument by its place, or by its name.
local function take_place(call, i, text)
  local field = call.op.args[i]
  local problem
  if not field then
    return nil, ("'%s' is one argument too many: parameters are given as " ..
      "name=value"):format(text)
  elseif text == "-" and field.type == "secret" then
    text, problem = read_input(call)
  else
    text, problem = value_of(text, field.type)
  end
  if text == nil then
    return nil, ("'%s' %s"):format(field.name, problem)
  end
  call.places[i] = text
  return true
end

local function place_of(op, name)
  for i, field in ipairs(op.args) do
    if field.name == name then
      return i
    end
  end
end

--- Takes the arguments that are given by their names: the other words.
local function take_named_places(call, words)
  local rest = {}
  for _, word in ipairs(words) do
    local name, text = word:match("^([%a_][%w_]*)=(.*)$")
    local place = name and place_of(call.op, name)
    if place then
      local ok, problem = take_place(call, place, text)
      if not ok then
        return nil, problem
      end
    else
      rest[#rest + 1] = word
    end
  end
  return rest
end

local function take_word(call, word)
  local name, text = word:match("^([%a_][%w_.]*)=(.*)$")
  if name then
    return take_named(call, name, text)
  elseif word:find("^@.") then
    return take_file(call, word:sub(2))
  end
  local i = 1
  while call.places[i] ~= nil do
    i = i + 1
  end
  return take_place(call, i, word)
end

--- Takes all words: true, or nil and what is wrong. What is named counts more
-- than what a file says, wherever that stands.
local function take_words(call, words)
  local rest, problem = take_named_places(call, words)
  local ok = rest ~= nil
  for _, is_file in ipairs{ true, false } do
    for _, word in ipairs(rest or {}) do
      if ok and (word:find("^@.") ~= nil) == is_file then
        ok, problem = take_word(call, word)
      end
    end
  end
  return ok, problem
end

local function missing(op, places)
  for i, field in ipairs(op.args) do
    if places[i] == nil then
      return ("'%s' is missing"):format(field.name)
    end
  end
end

--- A file's text; nil and what is in the way.
function arguments.read_file(path)
  local file, problem = io.open(path, "rb")
  local text
  if file then
    text, problem = file:read("*a")
    file:close()
  end
  return text, problem
end

--- The arguments of an operation's call from words: a list for its method, with
-- `n` and `values`, the table of its parameters; or nil and what is wrong.
-- Words are arguments in their order, name=value, name=- for what is on
-- standard input, and @FILE or @- for a JSON object of parameters. `sources`
-- may have read_input() and read_file(path).
function arguments.read(op, words, sources)
  sources = sources or {}
  local call = { op = op, values = {}, places = {}, begun = {},
    read_input = sources.read_input or function() return io.read("*a") end,
    read_file = sources.read_file or arguments.read_file }
  local ok, problem = take_words(call, words)
  problem = not ok and problem or missing(op, call.places)
  if problem then
    return nil, problem
  end
  local list = call.places
  list.n = #op.args
  list.values = call.values
  if next(call.values) then
    list.n = list.n + 1
    list[list.n] = call.values
  end
  return list
end

return arguments
