--- iterator.lua - what gives item after item, and is no list
-- SPDX-License-Identifier: MIT
local getinfo = debug.getinfo

local iterator = {}

-- The metatables whose objects refuse to be lists: { kind =, methods = }.
local classes = setmetatable({}, { __mode = "k" })

--- Raises where the list was looked for, which the base library may have been
-- asked to do.
local function refuse(text)
  local info = getinfo(3, "S")
  error(text, info and info.what == "C" and 4 or 3)
end

--- Makes the objects of a metatable refuse what lists are used for: they would
-- have no item by # or ipairs, and nobody would notice. `methods` is what they
-- have; text_of(object) tells what to do. Lua 5.1 asks only for [n].
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

--- What the objects of a metatable have, for who may call no metamethod; nil
-- for that of any others.
function iterator.methods(metatable)
  return classes[metatable] and classes[metatable].methods
end

--- The type of a value, but "pager" or "results" for what refuses to be a list.
function iterator.type_of(value)
  local kind = type(value)
  local class = kind == "table" and classes[getmetatable(value)]
  return class and class.kind or kind
end

return iterator
