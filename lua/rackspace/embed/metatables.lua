--- metatables.lua - the metatables of a confined script
-- SPDX-License-Identifier: MIT

-- A script's table never gets the script's metatable itself, but a forwarder:
-- a metatable whose events call those of the script's, as they are then. So a
-- script has no table with weak keys. The garbage collector visits the entries
-- of all such tables again for each chain of keys and values, in one step that
-- no limit can end, and which takes time by the square of their number.

-- The key of a forwarder's field that has the script's metatable.
local OWN = {}

-- The metatables whose forwarders are remembered, so that the objects of a
-- class share one. Others are free to be collected with their objects.
local MOST_REMEMBERED = 64

local raw_length = rawlen or function(value) -- luacheck: ignore 113
  return #value
end

--- Returns the script's metatable of a value, or nil.
local function own_metatable(value)
  local forwarder = getmetatable(value)
  return type(forwarder) == "table" and rawget(forwarder, OWN) or nil
end

local function handler_of(value, event)
  local own = own_metatable(value)
  return own and rawget(own, event)
end

--- Returns the first handler that an operand has for an event, or nil.
local function find_handler(event, first, second)
  local handler = handler_of(first, event)
  if handler == nil then
    handler = handler_of(second, event)
  end
  if handler ~= nil and type(handler) ~= "function" and
      not own_metatable(handler) then
    error("attempt to call a " .. type(handler) .. " value", 3)
  end
  return handler
end

-- What stands in every forwarder. An event that the script's metatable lacks
-- does what Lua does for a table without it.
local events = {}

function events.__index(value, key)
  local handler = handler_of(value, "__index")
  local kind = type(handler)
  if kind == "function" then
    return handler(value, key)
  elseif kind == "table" or kind == "string" then
    return handler[key]
  elseif handler ~= nil then
    error("attempt to index a " .. kind .. " value", 2)
  end
  return nil
end

local function set_raw(value, key, new)
  if key == nil then
    error("index is nil", 3)
  elseif key ~= key then
    error("index is NaN", 3)
  end
  rawset(value, key, new)
end

function events.__newindex(value, key, new)
  local handler = handler_of(value, "__newindex")
  local kind = type(handler)
  if kind == "function" then
    handler(value, key, new)
  elseif kind == "table" then
    handler[key] = new
  elseif handler ~= nil then
    error("attempt to index a " .. kind .. " value", 2)
  else
    set_raw(value, key, new)
  end
end

function events.__call(value, ...)
  local handler = find_handler("__call", value)
  if handler == nil then
    error("attempt to call a table value", 2)
  end
  return handler(value, ...)
end

function events.__len(value)
  local handler = find_handler("__len", value)
  if handler == nil then
    return raw_length(value)
  end
  return handler(value)
end

function events.__pairs(value)
  local handler = find_handler("__pairs", value)
  if handler == nil then
    return next, value, nil
  end
  return handler(value)
end

--- Returns what Lua writes of a table without __tostring.
local function name_and_address(value)
  local forwarder = getmetatable(value)
  setmetatable(value, nil)
  local ok, text = pcall(tostring, value)
  setmetatable(value, forwarder)
  local name = rawget(forwarder, "__name")
  return ok and name and text:gsub("^table", (name:gsub("%%", "%%%%"))) or text
end

function events.__tostring(value)
  local handler = find_handler("__tostring", value)
  if handler == nil then
    return (name_and_address(value))
  end
  return handler(value)
end

function events.__eq(first, second)
  local handler = find_handler("__eq", first, second)
  return handler ~= nil and handler(first, second)
end

local function refuse_order(first, second)
  local kind, other = type(first), type(second)
  error(kind == other and ("attempt to compare two %s values"):format(kind) or
    ("attempt to compare %s with %s"):format(kind, other), 3)
end

function events.__lt(first, second)
  local handler = find_handler("__lt", first, second)
  if handler == nil then
    refuse_order(first, second)
  end
  return handler(first, second)
end

function events.__le(first, second)
  local handler = find_handler("__le", first, second)
  if handler ~= nil then
    return handler(first, second)
  end
  handler = find_handler("__lt", second, first)
  if handler == nil then
    refuse_order(first, second)
  end
  return not handler(second, first)
end

--- Adds events of operators that take numbers or strings.
-- @param is_operand table: which types the operator takes by itself
local function add_operators(names, attempt, is_operand)
  for name in names:gmatch("%S+") do
    events[name] = function(first, second)
      local handler = find_handler(name, first, second)
      if handler == nil then
        local culprit = is_operand[type(first)] and second or first
        error(("attempt to %s a %s value"):format(attempt, type(culprit)), 2)
      end
      return handler(first, second)
    end
  end
end

add_operators("__concat", "concatenate", { string = true, number = true })
add_operators("__add __sub __mul __div __mod __pow __unm __idiv",
  "perform arithmetic on", { number = true })
add_operators("__band __bor __bxor __shl __shr __bnot",
  "perform bitwise operation on", { number = true })

--- Copies what Lua reads itself, and no function of the forwarder can tell.
-- Weak keys are kept unless the values are weak too, which costs no more.
local function refresh(forwarder, own)
  local mode, name = rawget(own, "__mode"), rawget(own, "__name")
  forwarder.__mode = type(mode) == "string" and mode:find("v", 1, true) and
    mode or nil
  forwarder.__name = type(name) == "string" and name or nil
  forwarder.__close = rawget(own, "__close")
end

local function new_forwarder(own)
  local forwarder = { [OWN] = own }
  for event, forward in pairs(events) do
    forwarder[event] = forward
  end
  return forwarder
end

--- Returns a function that gives the forwarder of a script's metatable.
local function new_forwarders()
  local remembered, order, at = {}, {}, 0
  return function(own)
    local forwarder = remembered[own]
    if not forwarder then
      forwarder = new_forwarder(own)
      at = at % MOST_REMEMBERED + 1
      if order[at] then
        remembered[order[at]] = nil
      end
      remembered[own], order[at] = forwarder, own
    end
    refresh(forwarder, own)
    return forwarder
  end
end

local function check_arguments(value, metatable)
  if type(value) ~= "table" then
    error("setmetatable: takes a table, not a " .. type(value), 3)
  elseif metatable ~= nil and type(metatable) ~= "table" then
    error("setmetatable: takes a table or nil, not a " .. type(metatable), 3)
  elseif metatable and rawget(metatable, "__gc") ~= nil then
    error("setmetatable: __gc is not for confined scripts", 3)
  elseif handler_of(value, "__metatable") ~= nil then
    error("cannot change a protected metatable", 3)
  end
end

--- Adds getmetatable and setmetatable to the globals of a run. A script gets
-- only metatables that it has set itself: any other leads to objects of the
-- library. __gc is refused, as a finalizer runs at any time, when no limit
-- holds.
local function add(globals)
  local forwarder_of = new_forwarders()
  function globals.getmetatable(value)
    local own = own_metatable(value)
    if own == nil then
      return getmetatable(value) and false
    end
    local shown = rawget(own, "__metatable")
    return shown == nil and own or shown
  end
  function globals.setmetatable(value, metatable)
    check_arguments(value, metatable)
    setmetatable(value, metatable and forwarder_of(metatable))
    return value
  end
end

return { add = add }
