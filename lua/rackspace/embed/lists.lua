--- lists.lua - functions of the table library whose every step is counted
-- SPDX-License-Identifier: MIT

-- Lua's own are written in C: no limit ends them, and a list's length is
-- whatever a metamethod of the script says. Written in Lua, each of their steps
-- counts as a script's own. Those that are not here are bounded by src/host.
local lists = {}

local function check_list(name, list)
  if type(list) ~= "table" then
    error(("bad argument #1 to '%s' (table expected, got %s)"):format(name,
      type(list)), 3)
  end
end

local function check_position(name, position, last)
  if type(position) ~= "number" then
    error(("bad argument #2 to '%s' (number expected, got %s)"):format(name,
      type(position)), 3)
  elseif position < 1 or position > last then
    error(("bad argument #2 to '%s' (position out of bounds)"):format(name), 3)
  end
end

--- table.insert(list, [position,] value)
function lists.insert(list, ...)
  check_list("insert", list)
  local count, last = select("#", ...), #list + 1
  if count == 1 then
    list[last] = (...)
    return
  elseif count ~= 2 then
    error("wrong number of arguments to 'insert'", 2)
  end
  local position, value = ...
  check_position("insert", position, last)
  for i = last, position + 1, -1 do
    list[i] = list[i - 1]
  end
  list[position] = value
end

--- table.remove(list [, position])
function lists.remove(list, position)
  check_list("remove", list)
  local last = #list
  if position == nil then
    position = last
  elseif position ~= last then
    check_position("remove", position, last + 1)
  end
  local value = list[position]
  for i = position, last - 1 do
    list[i] = list[i + 1]
  end
  list[position < last and last or position] = nil
  return value
end

--- table.move(from, first, last, place [, to])
function lists.move(from, first, last, place, to)
  check_list("move", from)
  to = to == nil and from or to
  if place > last or place <= first or to ~= from then
    for i = 0, last - first do
      to[place + i] = from[first + i]
    end
  else
    for i = last - first, 0, -1 do
      to[place + i] = from[first + i]
    end
  end
  return to
end

local function is_less(a, b)
  return a < b
end

--- Merges the sorted runs of `width` elements that begin at `first`.
local function merge(from, to, first, width, count, less)
  local left, right = first, first + width
  local left_end = right - 1
  local right_end = right + width - 1
  left_end = left_end < count and left_end or count
  right_end = right_end < count and right_end or count
  for i = first, right_end do
    if right > right_end or
        left <= left_end and not less(from[right], from[left]) then
      to[i], left = from[left], left + 1
    else
      to[i], right = from[right], right + 1
    end
  end
end

--- table.sort(list [, less]). What is equal stays in its order.
function lists.sort(list, less)
  check_list("sort", list)
  if less ~= nil and type(less) ~= "function" then
    error(("bad argument #2 to 'sort' (function expected, got %s)"):format(
      type(less)), 2)
  end
  local from, to, count, width = {}, {}, #list, 1
  for i = 1, count do
    from[i] = list[i]
  end
  while width < count do
    for first = 1, count, 2 * width do
      merge(from, to, first, width, count, less or is_less)
    end
    from, to, width = to, from, 2 * width
  end
  for i = 1, count do
    list[i] = from[i]
  end
end

return lists
