--- checkers.lua - the checkers of the simple types
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local type_of = require("rackspace.base.iterator").type_of

-- A checker is a function(value, field) that returns the value to send, or nil
-- and a problem.

--- Returns the type of a value as messages name it, such as "a string".
local function article(value)
  local kind = type_of(value)
  return kind == "nil" and "nil" or kind == "results" and kind or "a " .. kind
end

local function no_control(value)
  if value:find("[%z\r\n]") then
    return nil, "holds a line break or a NUL byte"
  end
  return value
end

-- Floats of this size and above don't represent every whole number.
local largest = 2 ^ 53

local function is_integer(value)
  return math.type ~= nil and math.type(value) == "integer"
end

--- Whether a number is whole and represented exactly.
local function is_exact(value)
  return is_integer(value) or
    value % 1 == 0 and value < largest and value > -largest
end

local checkers = {}

function checkers.string(value)
  if type(value) ~= "string" then
    return nil, "must be a string, not " .. article(value)
  end
  return value
end

--- A segment of a path.
function checkers.id(value)
  local kind = type(value)
  if kind == "number" and is_exact(value) then
    return core.number.text(value)
  elseif kind == "number" and value % 1 == 0 then
    return nil, "is too large for a number; give it as a string"
  elseif kind ~= "string" then
    return nil, "must be a string or a whole number, not " .. article(value)
  end
  local problem = core.url.segment_fault(value)
  if problem then
    return nil, problem
  end
  return value
end

local function within(value, field)
  if field.min and value < field.min then
    return nil, "must be at least " .. core.number.text(field.min)
  elseif field.max and value > field.max then
    return nil, "must be at most " .. core.number.text(field.max)
  end
  return value
end

function checkers.integer(value, field)
  if type(value) ~= "number" or value % 1 ~= 0 then
    return nil, "must be a whole number, not " ..
      (type(value) == "number" and core.number.text(value) or article(value))
  elseif not is_exact(value) then
    return nil, "is too large to be exact"
  end
  return within(value, field)
end

function checkers.number(value, field)
  if type(value) ~= "number" then
    return nil, "must be a number, not " .. article(value)
  elseif value ~= value then
    return nil, "is not a number"
  end
  return within(value, field)
end

function checkers.boolean(value)
  if type(value) ~= "boolean" then
    return nil, "must be true or false, not " .. article(value)
  end
  return value
end

checkers["function"] = function(value)
  if type(value) ~= "function" then
    return nil, "must be a function, not " .. article(value)
  end
  return value
end

function checkers.table(value)
  if type(value) ~= "table" then
    return nil, "must be a table, not " .. article(value)
  end
  return value
end

--- A string or a secret.
function checkers.secret(value)
  if type(value) == "string" then
    if value:find("^%s*$") then
      return nil, "is empty"
    end
    return no_control(value)
  elseif tostring(value) == "<secret>" then
    return value
  end
  return nil, "must be a string, not " .. article(value)
end

function checkers.any(value)
  return value
end

--- The path of a local file.
function checkers.path(value)
  if type(value) ~= "string" then
    return nil, "must be a string, not " .. article(value)
  elseif value == "" or value:find("%z") then
    return nil, "is empty or holds a NUL byte"
  end
  return value
end

return { article = article, by_type = checkers, }
