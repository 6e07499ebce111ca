--- yield.lua - whether the running coroutine can yield where it stands
-- SPDX-License-Identifier: MIT

local getinfo = debug.getinfo

-- The start of the paths of this library. Its own functions never wait in a
-- metamethod or in the iterator of a for loop, so their tail calls, of which
-- Lua 5.1's stack shows no caller, are safe.
local own = getinfo(1, "S").source:match("^(.*)task/yield")

-- Whether a thread can't yield past pcall and xpcall. That is not tried here:
-- hosts such as nginx allow no coroutine where they load modules.
local is_strict = _VERSION == "Lua 5.1" and not jit

local passable = {}
if not is_strict then
  passable[pcall], passable[xpcall] = true, true
end

--- Returns the first level from one on that does not mark a tail call, and its
-- function's information.
local function skip_tails(level)
  local info
  repeat
    level = level + 1
    info = getinfo(level, "S")
  until not info or info.what ~= "tail"
  return level - 1, info
end

--- Whether the function two levels up was called by plain code, on Lua 5.1. It
-- has no name when it was called as a metamethod or by a tail call.
local function was_called_plainly(level, info)
  if info.name == "(for generator)" then
    return false
  elseif info.namewhat ~= "" then
    return true
  end
  local below = getinfo(level + 1, "S")
  if below and below.what == "tail" then
    below = select(2, skip_tails(level + 1))
    return not below or below.source:sub(1, #own) == own
  end
  return not below
end

--- Whether the stack has no C function that called back, through which a
-- coroutine can't yield.
local function walk()
  local level = 2
  local info = getinfo(level, "Snf")
  while info do
    if info.what == "C" and not passable[info.func] then
      return false
    elseif is_strict and (info.what == "Lua" or info.what == "main") and
        not was_called_plainly(level + 1, info) then
      return false
    end
    level = level + 1
    info = getinfo(level, "Snf")
  end
  return true
end

local may_yield = coroutine.isyieldable or walk -- luacheck: ignore 143

local function pass_on(thread, ok, ...)
  if not ok or coroutine.status(thread) == "dead" then
    return ok, ...
  end
  return pass_on(thread, coroutine.resume(thread, coroutine.yield(...)))
end

--- Like pcall, but fn can yield to whoever resumes this coroutine.
local function pass(fn, ...)
  local thread = coroutine.create(function(...) return fn(...) end)
  return pass_on(thread, coroutine.resume(thread, ...))
end

return { may_yield = may_yield, walk = walk, pass = pass,
  protected = is_strict and pass or pcall }
