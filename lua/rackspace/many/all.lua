--- all.lua - several functions at once
-- SPDX-License-Identifier: MIT
local iterator = require("rackspace.base.iterator")
local map = require("rackspace.many.map")
local source = require("rackspace.many.source")

--- How many functions a list has; nil and what is wrong with it.
local function count_functions(list)
  local kind = iterator.type_of(list)
  if kind ~= "table" then
    return nil, "takes a list of functions, not a " .. kind
  end
  for i = 1, #list do
    if type(list[i]) ~= "function" then
      return nil, ("takes functions, and the value %d is a %s"):format(i,
        type(list[i]))
    end
  end
  return #list
end

local function has_failed(value, message)
  return value == nil and type(message) == "string"
end

local function name(_, position)
  return ("all: function %d"):format(position)
end

--- The list of the first results; or what the first function returned that
-- failed.
local function collect(results, list, position, ...)
  if position == nil then
    return list
  elseif has_failed(...) then
    results:close()
    return ...
  end
  list[position] = (...)
  return collect(results, list, results())
end

--- Calls functions: the list of their first results; nil, a message and what
-- else the first one returned that failed; or false and what is wrong with the
-- arguments.
local function all(scheduler, functions, given)
  local count, problem = count_functions(functions)
  local options
  if count then
    options, problem = map.check(given)
  end
  if not options then
    return false, problem
  end
  options.concurrency = given and given.concurrency or math.max(count, 1)
  options.operation, options.name, options.is_last = "all", name, has_failed
  local results = map.start(scheduler, source.numbers(count), function(position)
    return functions[position]()
  end, options)
  return collect(results, { n = count }, results())
end

return all
