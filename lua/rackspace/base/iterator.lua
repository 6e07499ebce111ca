--- iterator.lua - iterator objects that raise an error when used as a list
-- SPDX-License-Identifier: MIT
local getinfo = debug.getinfo

local iterator = {}

-- The metatables given to refuse_list, each with { kind =, methods = }.
local classes = setmetatable({}, { __mode = "k" })

--- Raises an error at the caller's line, also when ipairs, pairs or another C
-- function is in between.
local function refuse(text)
  local info = getinfo(3, "S")
  error(text, info and info.what == "C" and 4 or 3)
end

--- Makes #, [n], pairs and ipairs raise an error on the objects of a metatable:
-- an iterator used as a list would otherwise pass for an empty one. Lua 5.1
-- has no metamethods for all of these; there only [n] raises.
-- @param metatable table: its __index is set to look into `methods`
-- @param methods table
-- @param text_of function(object) that returns the message
function iterator.refuse_list(metatable, methods, text_of)
  local function refuse_this(object)
    refuse(text_of(object))
  end
  metatable.__len, metatable.__pairs = refuse_this, refuse_this
  metatable.__ipairs = refuse_this -- Lua 5.2's
  classes[metatable] = { methods = methods,
    kind = (metatable.__name or ""):match("[^.]+$") }
  function metatable.__index(object, key)
    if type(key) == "number" then
      refuse(text_of(object))
    end
    return methods[key]
  end
end

--- Returns the methods of a metatable given to refuse_list, or nil. Reads them
-- without calling a metamethod.
function iterator.methods(metatable)
  return classes[metatable] and classes[metatable].methods
end

--- Returns the type of a value; for an object of refuse_list the last part of
-- its metatable's __name: "pager" or "results".
function iterator.type_of(value)
  local kind = type(value)
  local class = kind == "table" and classes[getmetatable(value)]
  return class and class.kind or kind
end

--- Whether a value is a table that may be a list or a record: no pager and no
-- results.
function iterator.is_table(value)
  return type(value) == "table" and not classes[getmetatable(value)]
end

return iterator
