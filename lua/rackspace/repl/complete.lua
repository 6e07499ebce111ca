--- complete.lua - what could come next in a line of Lua that is being typed
-- SPDX-License-Identifier: MIT
local iterator = require("rackspace.base.iterator")
local lexer = require("rackspace.repl.lexer")
local lookup = require("rackspace.manual.lookup")
local place_of = require("rackspace.repl.place")
local sessions = require("rackspace.manual.sessions")
local types = require("rackspace.row.types")

local most = 200 -- candidates
local deepest = 5 -- tables behind one another by __index

local keywords = { "and", "break", "do", "else", "elseif", "end", "false",
  "for", "function", "if", "in", "local", "nil", "not", "or", "repeat",
  "return", "then", "true", "until", "while" }

--- Collects texts that begin as what was typed, each once.
local function collector(prefix)
  local list, has = {}, {}
  return list, function(text, ending)
    if type(text) == "string" and text:sub(1, #prefix) == prefix and
        not has[text] and #list < most then
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

--- What a table looks into when it lacks a key, without its metamethods.
local function behind(object)
  local metatable = getmetatable(object)
  if type(metatable) ~= "table" then
    return nil
  end
  local index = iterator.methods(metatable) or rawget(metatable, "__index")
  return type(index) == "table" and index or nil
end

--- Calls fn(key, value) for what is in a table, and in those behind it.
local function each_key(object, fn)
  for _ = 1, deepest do
    if type(object) ~= "table" then
      return
    end
    for key, value in next, object do
      fn(key, value)
    end
    object = behind(object)
  end
end

local function member(object, key)
  for _ = 1, deepest do
    if type(object) ~= "table" then
      return nil
    end
    local value = rawget(object, key)
    if value ~= nil then
      return value
    end
    object = behind(object)
  end
end

local function add_key(add, wants_method)
  return function(key, value)
    if type(key) == "string" and key:find("^[%a_][%w_]*$") and
        (not wants_method or type(value) == "function") then
      add(key)
    end
  end
end

--- What a chain of names stands for.
local function value_of(path, environment)
  local value = environment.globals
  for _, name in ipairs(path) do
    value = member(value, name)
  end
  return value
end

local function add_fields_of_type(name, service, add)
  for _, field in ipairs(lookup.record(name, service) or {}) do
    add(field.name)
  end
end

--- After "x." or "x:".
local function add_members(place, environment, add)
  local path = place.path
  local value = value_of(path, environment)
  local session = sessions.check(value_of({ path[1] }, environment))
  if session and #path == 1 then
    lookup.each_service(session, function(name)
      if not place.is_method then
        add(name)
      end
    end)
    add_all(lookup.session_methods, add)
  elseif session and #path == 2 and lookup.service(session, path[2]) then
    for _, op in ipairs(lookup.service(session, path[2]).operations) do
      add(op.name)
    end
  elseif type(value) == "string" then
    each_key(place.is_method and environment.globals.string,
      add_key(add, true))
  elseif value ~= nil then
    each_key(value, add_key(add, place.is_method))
  elseif #path == 1 and place.loops[path[1]] then
    local op = lookup.operation(sessions.find(environment.globals),
      place.loops[path[1]])
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

--- The fields that a table inside of a call has, and the operation.
local function fields_at(place, environment)
  local session = sessions.find(environment.globals)
  if place.call and place.call.name == "rackspace.new" then
    return lookup.settings(place.keys), nil
  end
  local op = place.call and lookup.operation(session, place.call.path)
  if not op then
    return nil, nil
  end
  return lookup.fields(op, place.keys), op
end

local function add_parameters(place, environment, add)
  for _, field in ipairs(fields_at(place, environment) or {}) do
    if not place.given[field.name] then
      add(field.name, " = ")
    end
  end
end

--- The parameter whose value stands at a place; nil when it is none's.
local function parameter_at(place, environment)
  local fields = place.key and fields_at(place, environment)
  return fields and types.find(fields, place.key)
end

--- What is known to stand in a field's place.
local function add_known(field, environment, add)
  local ids = environment.ids or {}
  add_all(field.known, add)
  if field.type == "account" or field.type == "account_resource" then
    add_all(ids.account, add)
  end
  add_all(ids[field.record or field.name], add)
  add_all(ids[field.name], add)
end

--- The argument by position that stands where the cursor is.
local function argument_at(place, environment)
  local op = place.call and lookup.operation(
    sessions.find(environment.globals), place.call.path)
  return op and op.args[place.argument]
end

local function add_files(prefix, environment, add)
  local folder = prefix:match("^(.*/)") or ""
  for _, name in ipairs(environment.files and
      environment.files(folder) or {}) do
    add(folder .. name)
  end
end

--- Between quotes.
local function add_texts(place, environment, add)
  local field
  if place.key then
    field = parameter_at(place, environment)
  elseif place.in_call then
    field = argument_at(place, environment)
  end
  if field then
    add_known(field, environment, add)
  elseif place.call and place.call.name == "help" then
    add_all(environment.topics, add)
  else
    each_key(environment.ids or {}, function(_, list)
      add_all(place.word ~= "" and list or nil, add)
    end)
  end
  if not field or field.name == "filename" then
    add_files(place.word, environment, add)
  end
end

--- The known values of a key, quoted, where a value can stand.
local function add_values(place, environment, add)
  local field = parameter_at(place, environment)
  for _, text in ipairs(field and field.known or {}) do
    add('"' .. text .. '"')
  end
end

--- What can stand at the cursor: a list of texts in order, and the place in
-- the line from which on each would replace what is typed. `cursor` is the
-- number of bytes before it. `environment`: globals = a table such as _G,
-- ids = { [field] = list of what was seen }, files = function(folder) -> names,
-- topics = what help() knows. Nothing is called but `files`.
local function complete(line, cursor, environment)
  local place = place_of(lexer.read(line:sub(1, cursor)), cursor)
  local list, add = collector(place.word)
  if place.is_text then
    add_texts(place, environment, add)
  elseif place.is_comment then
    return {}, place.from
  elseif place.path then
    add_members(place, environment, add)
  elseif place.is_key then
    add_parameters(place, environment, add)
  end
  if not place.is_text and not place.path and #list == 0 then
    add_values(place, environment, add)
    add_globals(environment, add)
  end
  if not place.is_key then
    table.sort(list)
  end
  return list, place.from
end

return complete
