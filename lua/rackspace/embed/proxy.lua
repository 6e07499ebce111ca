--- proxy.lua - the session as a confined script sees it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")
local pager_module = require("rackspace.many.pager")
local paths = require("rackspace.row.paths")
local services = require("rackspace.services")

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- Only plain data passes between a script and the session, and it is copied in
-- both directions. So a script never holds a part of the session, and none of
-- its metamethods runs inside the library.

local max_depth = 100

-- The bytes of all texts and other values in the arguments of one call. A text
-- that stands in them many times is sent as often.
local MAX_BYTES, VALUE_BYTES = 16777216, 16

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

local function count_value(value, call)
  local size = type(value) == "string" and #value or VALUE_BYTES
  call.bytes = call.bytes + size
  if call.bytes > MAX_BYTES then
    error(("takes at most %d bytes"):format(MAX_BYTES), 0)
  end
end

--- Returns a copy of a script's argument. Raises for a value that is no data.
-- @param call table: bytes, those of all values so far
local function copy_argument(value, depth, call)
  local kind = type(value)
  if kind == "function" or kind == "userdata" or kind == "thread" then
    error("takes plain values, not a " .. kind, 0)
  end
  count_value(value, call)
  if kind ~= "table" then
    return value
  end
  check_depth(depth)
  local copy = new_like(value)
  for key, inner in next, value do
    copy[copy_argument(key, depth + 1, call)] =
      copy_argument(inner, depth + 1, call)
  end
  return copy
end

--- Returns copies of the arguments, a list, and their number.
-- @param charge function(instructions)
local function copy_arguments(charge, ...)
  local arguments, number = { ... }, select("#", ...)
  local call = { bytes = 0 }
  for i = 1, number do
    arguments[i] = copy_argument(arguments[i], 1, call)
  end
  charge(call.bytes)
  return arguments, number
end

local function is_error(value)
  local metatable = getmetatable(value)
  return type(metatable) == "table" and metatable.__tostring ~= nil and
    type(value.message) == "string"
end

--- Returns a copy of a result. A secret becomes "<secret>"; functions and
-- coroutines are left out. The context remembers which errors are copies.
local function copy_result(context, value, depth)
  local kind = type(value)
  if kind == "table" then
    check_depth(depth)
    local copy = new_like(value)
    for key, inner in next, value do
      copy[key] = copy_result(context, inner, depth + 1)
    end
    if is_error(value) then
      context.errors[copy] = value
      setmetatable(copy, error_mt)
    end
    return copy
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
local function forward(context, fn, ...)
  local results = { pcall(fn, ...) }
  local value = results[2]
  if results[1] then
    if iterator.type_of(value) == "pager" then
      return new_pager(context, value)
    end
    return copy_result(context, value, 1), results[3],
      copy_result(context, results[4], 1)
  elseif type(value) == "table" then
    local copy = copy_result(context, value, 1)
    context.errors[copy] = value
    error(copy, 0)
  end
  error(without_position(value), 3)
end

local function pager_methods(context, pager)
  local methods = {}
  function methods.totable(_, limit)
    local list, message, err = forward(context, function()
      return pager:totable(copy_arguments(context.charge, limit)[1])
    end)
    return list, message, err
  end
  function methods.total()
    local count, message, err = forward(context, pager.total, pager)
    return count, message, err
  end
  function methods.complete()
    local is_complete = forward(context, pager.complete, pager)
    return is_complete
  end
  function methods.cursor()
    local text = forward(context, pager.cursor, pager)
    return text
  end
  function methods.pages()
    local next_page = pager:pages()
    return function()
      local page = forward(context, next_page)
      return page
    end
  end
  return methods
end

--- Returns the proxy of a pager.
function new_pager(context, pager)
  local metatable = { __metatable = false }
  function metatable.__tostring()
    return tostring(pager)
  end
  function metatable.__call()
    local item = forward(context, pager)
    return item
  end
  iterator.refuse_list(metatable, pager_methods(context, pager), function()
    return pager_module.no_list(pager)
  end)
  return setmetatable({}, metatable)
end

local function refuse_files(op, arguments)
  if paths.takes_path(op) or paths.names_file(arguments) then
    error(op.full_name .. ": a confined script names no files", 0)
  end
end

local function call_operation(context, service, name, ...)
  local session = context.session_of()
  local method = session[service][name] -- raises for an unknown operation
  local arguments, count = copy_arguments(context.charge, ...)
  refuse_files(services.definition(service).by_name[name], arguments)
  return method(session[service], unpack(arguments, 1, count))
end

--- Returns the proxy of a service. Its methods are made at their first use.
local function new_service(context, service)
  local proxy, methods = {}, {}
  local function method_of(name)
    return function(self, ...)
      if self ~= proxy then
        error(("%s.%s: call it with a colon, as in rs.%s:%s(...)"):format(
          service, name, service, name), 2)
      end
      local value, message, err = forward(context, call_operation, context,
        service, name, ...)
      return value, message, err
    end
  end
  return setmetatable(proxy, { __metatable = false,
    __tostring = function() return "rs." .. service end,
    __index = function(_, name)
      if not methods[name] then
        forward(context, function()
          return context.session_of()[service][name] and nil
        end)
        methods[name] = method_of(name)
      end
      return methods[name]
    end })
end

--- Returns the proxy of a session, which has the services and time().
-- @param context table: session_of, function() that returns the session, and
--   makes it if need be; charge, function(instructions), which counts work;
--   errors, a weak table in which each copy of an error that a script gets is
--   the key of the error that the library made
local function new(context)
  local proxies = {}
  local function time()
    local seconds = forward(context, function()
      return context.session_of():time()
    end)
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
      proxies[name] = proxies[name] or new_service(context, name)
      return proxies[name]
    end })
end

return { new = new, copy_arguments = copy_arguments }
