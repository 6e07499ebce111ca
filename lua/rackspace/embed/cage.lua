--- cage.lua - the globals of a confined script
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local load_text = loadstring or load -- luacheck: ignore 143

local base = { "_VERSION", "assert", "error", "ipairs", "next", "pairs",
  "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "select",
  "tonumber", "tostring", "type", "unpack" }

local libraries = { "bit", "bit32", "math", "string", "table", "utf8" }

local harmless_os = { "clock", "date", "difftime", "time" }

local function pick(library, names)
  local picked = {}
  for _, name in ipairs(names) do
    picked[name] = library[name]
  end
  return picked
end

--- Metatables are a script's own or none: through another's it would reach
-- into the engine. A finalizer would run where no bound holds.
local function add_metatables(globals)
  local own = setmetatable({}, { __mode = "k" })
  function globals.getmetatable(value)
    local metatable = getmetatable(value)
    if type(metatable) == "table" and not own[metatable] then
      return false
    end
    return metatable
  end
  function globals.setmetatable(value, metatable)
    if type(value) ~= "table" then
      error("setmetatable: takes a table, not a " .. type(value), 2)
    elseif type(metatable) == "table" and
        rawget(metatable, "__gc") ~= nil then
      error("setmetatable: __gc is not for confined scripts", 2)
    end
    setmetatable(value, metatable)
    if metatable ~= nil then
      own[metatable] = true
    end
    return value
  end
end

--- The pieces that a function gives, as load takes them.
local function join(read)
  local parts = {}
  for piece in read do
    if piece == "" then
      break
    elseif type(piece) ~= "string" then
      return nil, "reader function must return a string"
    end
    parts[#parts + 1] = piece
  end
  return table.concat(parts)
end

--- load(text or function, name, "t", globals), and no bytecode.
local function add_load(globals)
  function globals.load(chunk, name, _, own)
    local text, problem = chunk, nil
    if type(chunk) == "function" then
      text, problem = join(chunk)
    end
    if type(text) ~= "string" then
      return nil, problem or "load takes a string or a function"
    elseif text:byte() == 27 then
      return nil, "bytecode is not run here"
    end
    name = type(name) == "string" and name or "=(load)"
    if setfenv then -- luacheck: ignore 143
      local loaded, message = load_text(text, name)
      return loaded and setfenv(loaded, own or globals), message
    end
    return load(text, name, "t", own or globals)
  end
  globals.loadstring = globals.load
end

--- What a message handler or a variable's closing would do while an error of
-- the hook's goes up is done where no hook runs, and so is without a bound:
-- handlers are called when the stack is unwound, and nothing is closed.
local function after(handler, ok, ...)
  if ok then
    return true, ...
  end
  return false, handler(...)
end

local function add_xpcall(globals)
  function globals.xpcall(fn, handler, ...)
    return after(handler, pcall(fn, ...))
  end
end

local function pass_on(ok, ...)
  if not ok then
    error((...), 0)
  end
  return ...
end

local function add_coroutines(globals, charge)
  local coroutines = members.copy(coroutine)
  coroutines.close = nil
  local function create(fn)
    charge()
    return coroutine.create(type(fn) ~= "function" and fn or function(...)
      return fn(...) -- Lua 5.1 takes no function of C's
    end)
  end
  coroutines.create = create
  function coroutines.wrap(fn)
    local thread = create(fn)
    return function(...)
      return pass_on(coroutine.resume(thread, ...))
    end
  end
  globals.coroutine = coroutines
end

local function add_libraries(globals, given)
  for _, name in ipairs(libraries) do
    local library = rawget(_G, name)
    globals[name] = library and members.copy(library)
  end
  globals.string.dump = nil
  globals.os = given.os and members.copy(os) or pick(os, harmless_os)
  globals.io = given.io and members.copy(io) or nil
end

--- The globals of a confined script. `given.charge` counts a coroutine,
-- `given.io` and `given.os` say which of these libraries it sees.
local function new(given)
  local globals = pick(_G, base)
  globals._G = globals
  function globals.collectgarbage(what)
    return what == "count" and collectgarbage("count") or 0
  end
  add_metatables(globals)
  add_load(globals)
  add_xpcall(globals)
  add_coroutines(globals, given.charge)
  add_libraries(globals, given)
  return globals
end

return { new = new }
