--- iterator.lua - what gives item after item, and is no list
-- SPDX-License-Identifier: MIT
local iterator = {}

--- Raises where the list was looked for, which the base library may have been
-- asked to do.
local function refuse(text)
  local level = debug.getinfo(3, "S").what == "C" and 4 or 3
  error(text, level)
end

--- Makes the objects of a metatable refuse what lists are used for: they would
-- have no item by # or ipairs, and nobody would notice. `methods` is their
-- __index; text_of(object) tells what to do. Lua 5.1 asks only for [n].
function iterator.refuse_list(metatable, methods, text_of)
  local function refuse_this(object)
    refuse(text_of(object))
  end
  metatable.__len, metatable.__pairs = refuse_this, refuse_this
  metatable.__ipairs = refuse_this -- Lua 5.2's
  function metatable.__index(object, key)
    if type(key) == "number" then
      refuse(text_of(object))
    end
    return methods[key]
  end
end

return iterator
