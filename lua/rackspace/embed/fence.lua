--- fence.lua - the session as a confined script sees it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")
local services = require("rackspace.services")
local pages = require("rackspace.many.pager")

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- What passes the fence is plain data, copied: nothing that a script holds is
-- a part of the session, and no metamethod of a script's runs in the engine.
local fence = {}

local DEEPEST = 100

local err_mt = { __metatable = false }

function err_mt:__tostring()
  return self.message
end

local function check_depth(depth)
  if depth > DEEPEST then
    error("a table is nested deeper than " .. DEEPEST .. " (or in itself)", 0)
  end
end

--- A script's argument.
local function copy_in(value, depth)
  local kind = type(value)
  if kind == "table" then
    check_depth(depth)
    local copy = core.json.is_array(value) and core.json.array{} or {}
    for key, inner in next, value do
      copy[copy_in(key, depth + 1)] = copy_in(inner, depth + 1)
    end
    return copy
  elseif kind == "function" or kind == "userdata" or kind == "thread" then
    error("takes plain values, not a " .. kind, 0)
  end
  return value
end

local function is_error(value)
  local metatable = getmetatable(value)
  return type(metatable) == "table" and metatable.__tostring ~= nil and
    type(value.message) == "string"
end

--- A result: a secret is its text for "secret", anything else that is no data
-- is left out.
local function copy_out(value, depth)
  local kind = type(value)
  if kind == "table" then
    check_depth(depth)
    local copy = core.json.is_array(value) and core.json.array{} or {}
    for key, inner in next, value do
      copy[key] = copy_out(inner, depth + 1)
    end
    return is_error(value) and setmetatable(copy, err_mt) or copy
  elseif kind == "userdata" then
    return "<secret>"
  elseif kind == "function" or kind == "thread" then
    return nil
  end
  return value
end

local function is_pager(value)
  return type(value) == "table" and type(value.totable) == "function"
end

local function without_place(message)
  return (tostring(message):gsub("^[^\n:]*:%d+: ", ""))
end

--- Calls fn(...) for a script. A mistake raises where the script made it.
local function through(fn, ...)
  local results = { pcall(fn, ...) }
  if not results[1] then
    local err = results[2]
    if type(err) == "table" then
      error(copy_out(err, 1), 0)
    end
    error(without_place(err), 3)
  elseif is_pager(results[2]) then
    return fence.pager(results[2])
  end
  return copy_out(results[2], 1), results[3], copy_out(results[4], 1)
end

--- A pager for a script.
function fence.pager(pager)
  local methods = {}
  function methods:totable(limit)
    local list, message, err = through(pager.totable, pager, limit)
    return list, message, err, self and nil
  end
  function methods.total()
    local count, message, err = through(pager.total, pager)
    return count, message, err
  end
  function methods.cursor()
    local text = through(pager.cursor, pager)
    return text
  end
  function methods.pages()
    local next_page = pager:pages()
    return function()
      local page = through(next_page)
      return page
    end
  end
  local metatable = { __metatable = false,
    __tostring = function() return tostring(pager) end,
    __call = function()
      local item = through(pager)
      return item
    end }
  iterator.refuse_list(metatable, methods, function()
    return pages.no_list(pager)
  end)
  return setmetatable({}, metatable)
end

--- Whether a call would read or write a file of the host's.
local function names_file(op, value, name, depth)
  if type(value) ~= "table" then
    return false
  elseif depth > DEEPEST then
    return true
  end
  for key, inner in next, value do
    if name == "attachments" and
        not (type(inner) == "table" and inner.uuid) or
        names_file(op, inner, key, depth + 1) then
      return true
    end
  end
  return false
end

local function takes_path(op)
  for _, field in ipairs(op.args) do
    if field.type == "path" then
      return true
    end
  end
  return false
end

local function refuse_files(op, arguments)
  if takes_path(op) or names_file(op, arguments, nil, 1) then
    error(op.full_name .. ": a confined script names no files", 0)
  end
end

local function copy_arguments(...)
  local arguments, count = { ... }, select("#", ...)
  for i = 1, count do
    arguments[i] = copy_in(arguments[i], 1)
  end
  return arguments, count
end

--- Calls an operation for a script.
local function call(session_of, service, name, ...)
  local session = session_of()
  local method = session[service][name] -- an unknown one raises
  local arguments, count = copy_arguments(...)
  refuse_files(services.definition(service).by_name[name], arguments)
  return method(session[service], unpack(arguments, 1, count))
end

local function service_of(session_of, service)
  local facade, methods = {}, {}
  local function method_of(name)
    return function(self, ...)
      if self ~= facade then
        error(("%s.%s: call it with a colon, as in rs.%s:%s(...)"):format(
          service, name, service, name), 2)
      end
      local value, message, err = through(call, session_of, service, name, ...)
      return value, message, err
    end
  end
  return setmetatable(facade, { __metatable = false,
    __tostring = function() return "rs." .. service end,
    __index = function(_, name)
      if not methods[name] then
        through(function() return session_of()[service][name] and nil end)
        methods[name] = method_of(name)
      end
      return methods[name]
    end })
end

--- The session of a confined script: its services, and time().
function fence.new(session_of)
  local loaded = {}
  local methods = {
    time = function() return session_of():time() end,
  }
  return setmetatable({}, { __metatable = false,
    __tostring = function() return "session" end,
    __index = function(_, name)
      if methods[name] then
        return methods[name]
      elseif not services.has(name) then
        error(("there is no rs.%s for a confined script"):format(
          tostring(name)), 2)
      end
      loaded[name] = loaded[name] or service_of(session_of, name)
      return loaded[name]
    end })
end

return fence
