--- complete.lua - completes Lua that is being typed
-- SPDX-License-Identifier: MIT
local context_of = require("rackspace.repl.context")
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")
local lexer = require("rackspace.scripts.lexer")
local lookup = require("rackspace.manual.lookup")
local sessions = require("rackspace.manual.sessions")
local types = require("rackspace.row.types")

local MAX_CANDIDATES = 200
local MAX_DEPTH = 5 -- of tables that inherit by __index

local keywords = { "and", "break", "do", "else", "elseif", "end", "false",
  "for", "function", "if", "in", "local", "nil", "not", "or", "repeat",
  "return", "then", "true", "until", "while" }

--- Returns a text as it stands in a string that this quote or long bracket
-- opens; nil for one that can't stand there as it is, or can't be read on a
-- terminal. Candidates come from services, too, and must not end the string.
local function in_string(text, opening)
  if core.printable(text) ~= text then
    return nil
  elseif #opening == 1 then
    return (text:gsub("[\\" .. opening .. "]", "\\%0"))
  end
  return not text:find("]", 1, true) and text or nil
end

local function is_identifier(name)
  return type(name) == "string" and name:find("^[%a_][%w_]*$") ~= nil
end

--- Returns a list, and a function(text, ending) that adds a text to it which
-- begins with the word, each once: between quotes as it stands there.
local function collector(context)
  local list, has, prefix = {}, {}, context.word
  return list, function(text, ending)
    if context.is_string and type(text) == "string" then
      text = in_string(text, context.opening)
    end
    if type(text) == "string" and text:sub(1, #prefix) == prefix and
        not has[text] and #list < MAX_CANDIDATES then
      has[text] = true
      list[#list + 1] = text .. (ending or "")
    end
  end
end

local function add_all(list, add)
  for _, text in ipairs(list or {}) do
    add(text)
  end
end

-- ---- names ------------------------------------------------------------------

--- Returns the table that another one inherits from, without metamethods.
local function parent_of(object)
  local metatable = getmetatable(object)
  if type(metatable) ~= "table" then
    return nil
  end
  local index = iterator.methods(metatable) or rawget(metatable, "__index")
  return type(index) == "table" and index or nil
end

--- Calls fn(key, value) for each member of a table, inherited ones too.
local function each_key(object, fn)
  for _ = 1, MAX_DEPTH do
    if type(object) ~= "table" then
      return
    end
    for key, value in next, object do
      fn(key, value)
    end
    object = parent_of(object)
  end
end

--- Returns a member of a table, perhaps an inherited one, or nil.
local function member(object, key)
  for _ = 1, MAX_DEPTH do
    if type(object) ~= "table" then
      return nil
    end
    local value = rawget(object, key)
    if value ~= nil then
      return value
    end
    object = parent_of(object)
  end
end

local function add_key(add, wants_method)
  return function(key, value)
    if is_identifier(key) and
        (not wants_method or type(value) == "function") then
      add(key)
    end
  end
end

--- Returns the value of a chain of names, or nil.
local function value_of(path, environment)
  local value = environment.globals
  for _, name in ipairs(path) do
    value = member(value, name)
  end
  return value
end

local function add_fields_of_type(name, service, add)
  for _, field in ipairs(lookup.record(name, service) or {}) do
    if is_identifier(field.name) then
      add(field.name)
    end
  end
end

--- Adds what may follow "x." or "x:".
local function add_members(context, environment, add)
  local path = context.path
  local value = value_of(path, environment)
  local session = sessions.check(value_of({ path[1] }, environment))
  if session and #path == 1 then
    lookup.each_service(session, function(name)
      if not context.is_method then
        add(name)
      end
    end)
    add_all(lookup.session_methods, add)
  elseif session and #path == 2 and lookup.service(session, path[2]) then
    for _, op in ipairs(lookup.service(session, path[2]).operations) do
      add(op.name)
    end
  elseif type(value) == "string" then
    each_key(context.is_method and environment.globals.string,
      add_key(add, true))
  elseif value ~= nil then
    each_key(value, add_key(add, context.is_method))
  elseif #path == 1 and context.bindings[path[1]] then
    local op = lookup.operation(sessions.find(environment.globals),
      context.bindings[path[1]])
    add_fields_of_type(op and op.returns, op and op.service, add)
  end
end

local function add_globals(environment, add)
  for _, word in ipairs(keywords) do
    add(word)
  end
  for _, name in ipairs(environment.locals or {}) do
    add(name)
  end
  each_key(environment.globals, add_key(add))
end

-- ---- inside of a call -------------------------------------------------------

--- Returns the operation that is called around the cursor, or nil.
local function operation_at(context, environment)
  return context.call and lookup.operation(sessions.find(environment.globals),
    context.call.path)
end

--- Returns the fields that the table around the cursor may have, or nil.
local function fields_at(context, environment)
  if context.call and context.call.name == "rackspace.new" then
    return lookup.settings(context.keys)
  end
  local op = operation_at(context, environment)
  return op and lookup.fields(op, context.keys)
end

local function add_parameters(context, environment, add)
  for _, field in ipairs(fields_at(context, environment) or {}) do
    if is_identifier(field.name) and not context.given[field.name] then
      add(field.name, " = ")
    end
  end
end

--- Returns the field whose value follows, or nil.
local function parameter_at(context, environment)
  local fields = context.key and fields_at(context, environment)
  return fields and types.find(fields, context.key)
end

--- Adds the known values of a field.
local function add_known(field, environment, add)
  local ids = environment.ids or {}
  add_all(field.known, add)
  if field.type == "account" or field.type == "account_resource" then
    add_all(ids.account, add)
  end
  local record = field.record
  record = type(record) == "table" and record[1] or record
  add_all(ids[type(record) == "string" and record or field.name], add)
  add_all(ids[field.name], add)
end

--- Returns the field of the argument at the cursor, or nil.
local function argument_at(context, environment)
  local op = operation_at(context, environment)
  return op and op.args[context.argument]
end

local function add_files(context, environment, add)
  local folder = context.word:match("^(.*/)") or ""
  if #context.opening == 1 then
    folder = folder:gsub("\\(.)", "%1")
  end
  for _, name in ipairs(environment.files and
      environment.files(folder) or {}) do
    add(folder .. name)
  end
end

--- Adds what may stand between quotes.
local function add_strings(context, environment, add)
  local field
  if context.key then
    field = parameter_at(context, environment)
  elseif context.is_argument then
    field = argument_at(context, environment)
  end
  if field then
    add_known(field, environment, add)
  elseif context.call and context.call.name == "help" then
    add_all(environment.topics, add)
  else
    each_key(environment.ids or {}, function(_, list)
      add_all(context.word ~= "" and list or nil, add)
    end)
  end
  if not field or field.name == "filename" then
    add_files(context, environment, add)
  end
end

--- Adds the known values of a key, quoted.
local function add_values(context, environment, add)
  local field = parameter_at(context, environment)
  for _, text in ipairs(field and field.known or {}) do
    local inside = in_string(text, '"')
    if inside then
      add('"' .. inside .. '"')
    end
  end
end

--- Returns what can follow at the cursor. Calls nothing but environment.files.
-- @param line string
-- @param cursor integer: the bytes before the cursor
-- @param environment table: globals = a table such as _G, ids = { [field] =
-- list of known ids }, files = function(folder) that returns names, topics = a
-- list of the names that help() knows, locals = a list of names
-- @return a list of candidates, and the byte from which each replaces the line
local function complete(line, cursor, environment)
  local context = context_of(lexer.read(line:sub(1, cursor)), cursor)
  local list, add = collector(context)
  if context.is_string then
    add_strings(context, environment, add)
  elseif context.is_comment then
    return {}, context.from
  elseif context.path then
    add_members(context, environment, add)
  elseif context.is_key then
    add_parameters(context, environment, add)
  end
  if not context.is_string and not context.path and #list == 0 then
    add_values(context, environment, add)
    add_globals(environment, add)
  end
  if not context.is_key then
    table.sort(list)
  end
  return list, context.from
end

return complete
