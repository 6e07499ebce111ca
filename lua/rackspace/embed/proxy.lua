--- proxy.lua - the session as a confined script sees it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")
local pager_module = require("rackspace.many.pager")
local services = require("rackspace.services")

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- Only plain data passes between a script and the session, and it is copied in
-- both directions. So a script never holds a part of the session, and none of
-- its metamethods runs inside the library.

local max_depth = 100

local error_mt = { __metatable = false }

function error_mt:__tostring()
  return self.message
end

local function check_depth(depth)
  if depth > max_depth then
    error("a table is nested deeper than " .. max_depth .. " (or in itself)", 0)
  end
end

--- Returns an empty table, a JSON array where `value` is one.
local function new_like(value)
  return core.json.is_array(value) and core.json.array{} or {}
end

--- Returns a copy of a script's argument. Raises for a value that is no data.
local function copy_argument(value, depth)
  local kind = type(value)
  if kind == "table" then
    check_depth(depth)
    local copy = new_like(value)
    for key, inner in next, value do
      copy[copy_argument(key, depth + 1)] = copy_argument(inner, depth + 1)
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

--- Returns a copy of a result. A secret becomes "<secret>"; functions and
-- coroutines are left out.
local function copy_result(value, depth)
  local kind = type(value)
  if kind == "table" then
    check_depth(depth)
    local copy = new_like(value)
    for key, inner in next, value do
      copy[key] = copy_result(inner, depth + 1)
    end
    return is_error(value) and setmetatable(copy, error_mt) or copy
  elseif kind == "userdata" then
    return "<secret>"
  elseif kind == "function" or kind == "thread" then
    return nil
  end
  return value
end

local function without_position(message)
  return (tostring(message):gsub("^[^\n:]*:%d+: ", ""))
end

local new_pager

--- Calls fn(...) and returns copies of its results, or a proxy of the pager
-- that it returns. An error that is a string is raised at the line that called
-- the caller; so the caller must not be left by a tail call.
local function forward(fn, ...)
  local results = { pcall(fn, ...) }
  if not results[1] then
    local err = results[2]
    if type(err) == "table" then
      error(copy_result(err, 1), 0)
    end
    error(without_position(err), 3)
  elseif iterator.type_of(results[2]) == "pager" then
    return new_pager(results[2])
  end
  return copy_result(results[2], 1), results[3], copy_result(results[4], 1)
end

local function pager_methods(pager)
  local methods = {}
  function methods.totable(_, limit)
    local list, message, err = forward(function()
      return pager:totable(copy_argument(limit, 1))
    end)
    return list, message, err
  end
  function methods.total()
    local count, message, err = forward(pager.total, pager)
    return count, message, err
  end
  function methods.cursor()
    local text = forward(pager.cursor, pager)
    return text
  end
  function methods.pages()
    local next_page = pager:pages()
    return function()
      local page = forward(next_page)
      return page
    end
  end
  return methods
end

--- Returns the proxy of a pager.
function new_pager(pager)
  local metatable = { __metatable = false }
  function metatable.__tostring()
    return tostring(pager)
  end
  function metatable.__call()
    local item = forward(pager)
    return item
  end
  iterator.refuse_list(metatable, pager_methods(pager), function()
    return pager_module.no_list(pager)
  end)
  return setmetatable({}, metatable)
end

--- Whether a call's argument names a file: an attachment that was not uploaded
-- before. A table nested too deep is taken to.
local function names_file(value, name, depth)
  if type(value) ~= "table" then
    return false
  elseif depth > max_depth then
    return true
  end
  for key, inner in next, value do
    if name == "attachments" and
        not (type(inner) == "table" and inner.uuid) or
        names_file(inner, key, depth + 1) then
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
  if takes_path(op) or names_file(arguments, nil, 1) then
    error(op.full_name .. ": a confined script names no files", 0)
  end
end

local function copy_arguments(...)
  local arguments, count = { ... }, select("#", ...)
  for i = 1, count do
    arguments[i] = copy_argument(arguments[i], 1)
  end
  return arguments, count
end

local function call_operation(session_of, service, name, ...)
  local session = session_of()
  local method = session[service][name] -- raises for an unknown operation
  local arguments, count = copy_arguments(...)
  refuse_files(services.definition(service).by_name[name], arguments)
  return method(session[service], unpack(arguments, 1, count))
end

--- Returns the proxy of a service. Its methods are made at their first use.
local function new_service(session_of, service)
  local proxy, methods = {}, {}
  local function method_of(name)
    return function(self, ...)
      if self ~= proxy then
        error(("%s.%s: call it with a colon, as in rs.%s:%s(...)"):format(
          service, name, service, name), 2)
      end
      local value, message, err = forward(call_operation, session_of, service,
        name, ...)
      return value, message, err
    end
  end
  return setmetatable(proxy, { __metatable = false,
    __tostring = function() return "rs." .. service end,
    __index = function(_, name)
      if not methods[name] then
        forward(function() return session_of()[service][name] and nil end)
        methods[name] = method_of(name)
      end
      return methods[name]
    end })
end

--- Returns the proxy of a session, which has the services and time().
-- @param session_of function() that returns the session, and makes it if need
--   be
local function new(session_of)
  local proxies = {}
  local function time()
    local seconds = forward(function() return session_of():time() end)
    return seconds
  end
  return setmetatable({}, { __metatable = false,
    __tostring = function() return "session" end,
    __index = function(_, name)
      if name == "time" then
        return time
      elseif not services.has(name) then
        error(("there is no rs.%s for a confined script"):format(
          tostring(name)), 2)
      end
      proxies[name] = proxies[name] or new_service(session_of, name)
      return proxies[name]
    end })
end

return { new = new }
