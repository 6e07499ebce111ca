--- environment.lua - the globals of a confined script
-- SPDX-License-Identifier: MIT
local lists = require("rackspace.embed.lists")
local members = require("rackspace.base.members")
local metatables = require("rackspace.embed.metatables")
local load_text = loadstring or load -- luacheck: ignore 143

-- The bytes that a run may print, and how deep its coroutines may resume one
-- another.
local MOST_PRINTED, MOST_NESTED = 1048576, 160

-- All of Lua's base library but what reads files or bytecode.
local base = { "_VERSION", "assert", "error", "ipairs", "next", "pairs",
  "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber", "tostring",
  "type", "unpack" }

local libraries = { "bit", "bit32", "math", "string", "table", "utf8" }

local clocks = { "clock", "date", "difftime", "time" }

--- Returns a table with the fields `names` of a library.
local function pick(library, names)
  local picked = {}
  for _, name in ipairs(names) do
    picked[name] = library[name]
  end
  return picked
end

--- Returns the concatenated pieces that load's reader function returns, or nil
-- and a message.
local function read_pieces(read)
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

--- load(text, name, env) where the host gives none that counts its work.
local function load_plainly(text, name, env)
  if setfenv then -- luacheck: ignore 143
    local loaded, message = load_text(text, name)
    return loaded and setfenv(loaded, env), message
  end
  return load(text, name, "t", env)
end

--- Adds load(chunk, name, mode, env) and loadstring. Bytecode is refused
-- whatever the mode: a crafted one can crash the interpreter.
local function add_load(globals, load_counted)
  function globals.load(chunk, name, _, env)
    local text, problem = chunk, nil
    if type(chunk) == "function" then
      text, problem = read_pieces(chunk)
    end
    if type(text) ~= "string" then
      return nil, problem or "load takes a string or a function"
    elseif text:byte() == 27 then
      return nil, "bytecode is not run here"
    end
    name = type(name) == "string" and name or "=(load)"
    return load_counted(text, name, type(env) == "table" and env or globals)
  end
  globals.loadstring = globals.load
end

local function handle(charge, handler, ok, ...)
  charge(0, ok)
  if ok then
    return true, ...
  end
  return false, handler(...)
end

local function check_end(charge, ...)
  charge(0)
  return ...
end

local function check_caught(charge, ok, ...)
  charge(0, ok)
  return ok, ...
end

--- Adds pcall and xpcall, which catch no error of a limit that was reached:
-- charge(0) raises it again. xpcall calls the handler after the stack was
-- unwound. Lua calls it before, when an error of the count hook is still being
-- raised: no hook runs then, and a handler that loops would never be stopped.
local function add_pcall(globals, charge)
  function globals.pcall(...)
    return check_caught(charge, pcall(...))
  end
  function globals.xpcall(fn, handler, ...)
    return handle(charge, handler, pcall(fn, ...))
  end
end

local function write_plainly(text)
  io.stdout:write(text)
end

--- Adds a print that writes a bounded number of bytes.
local function add_print(globals, charge, write)
  local left = MOST_PRINTED
  function globals.print(...)
    local parts, count = { ... }, select("#", ...)
    for i = 1, count do
      parts[i] = tostring(parts[i])
    end
    local line = table.concat(parts, "\t", 1, count) .. "\n"
    left = left - #line
    if left < 0 then
      error(("print: a run prints at most %d bytes"):format(MOST_PRINTED), 2)
    end
    charge(#line)
    write(line)
  end
end

local function raise_or_return(ok, ...)
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Adds the coroutine library; making a coroutine calls charge(). A limit that
-- was reached in a coroutine ends the run, not just that. There is no close: it
-- runs __close metamethods while no hook runs.
local function add_coroutines(globals, charge)
  local coroutines = members.copy(coroutine)
  local depth = 0
  local function resumed(...)
    depth = depth - 1
    charge(0)
    return ...
  end
  function coroutines.resume(thread, ...)
    if type(thread) ~= "thread" then
      error("bad argument #1 to 'resume' (coroutine expected)", 2)
    elseif depth == MOST_NESTED then
      return false, "C stack overflow"
    end
    depth = depth + 1
    return resumed(coroutine.resume(thread, ...))
  end
  function coroutines.yield(...)
    return check_end(charge, coroutine.yield(...))
  end
  coroutines.close = nil
  local function create(fn)
    charge()
    return coroutine.create(type(fn) ~= "function" and fn or function(...)
      charge(0) -- tells the host which coroutine runs
      return fn(...)
    end)
  end
  coroutines.create = create
  function coroutines.wrap(fn)
    local thread = create(fn)
    return function(...)
      return raise_or_return(coroutines.resume(thread, ...))
    end
  end
  globals.coroutine = coroutines
end

--- Adds copies of the libraries: what a script changes in them stays its own.
local function add_libraries(globals, options)
  for _, name in ipairs(libraries) do
    local library = rawget(_G, name)
    globals[name] = library and members.copy(library)
  end
  globals.string.dump = nil
  for name, fn in pairs(lists) do
    globals.table[name] = table[name] and fn
  end
  globals.os = options.os and members.copy(os) or pick(os, clocks)
  globals.io = options.io and members.copy(io) or nil
end

--- Returns the globals of one run of a confined script.
-- @param options table: charge, function(instructions, ok), which counts work,
--   that of making a coroutine when there is no number, and of catching an
--   error when ok is false, and raises an error when the run has to end; load,
--   function(text, name, globals), and write, function(text), which counts its
--   work as well, or nil; io and os, whether the script has all of these
--   libraries
local function new(options)
  local globals = pick(_G, base)
  globals._G = globals
  function globals.collectgarbage(what)
    return what == "count" and collectgarbage("count") or 0
  end
  metatables.add(globals)
  add_load(globals, options.load or load_plainly)
  add_pcall(globals, options.charge)
  add_print(globals, options.charge, options.write or write_plainly)
  add_coroutines(globals, options.charge)
  add_libraries(globals, options)
  return globals
end

return { new = new }
