--- failures.lua - the failed calls of scripts: which were dropped, and told
-- SPDX-License-Identifier: MIT
local returned = require("rackspace.base.returned")

local load_text = loadstring or load -- luacheck: ignore 143

-- Has: tell = function(text) that writes a message, is_quiet = whether nothing
-- is told, on_failure = function(err) or false, chunks = { [name of a script's
-- chunk] = { name = that in messages, text = } }, recent = the last failures,
-- first = the first error that was dropped, or false.
--
-- A failure is { err =, places = those in scripts, the innermost first, each
-- { source = the chunk's name, line =, name = "script.lua:12" } }.
local failures_methods = {}
local failures_mt = { __index = failures_methods }

local MOST_FAILURES = 100 -- that are kept
local MOST_LEVELS = 200 -- of the stack

-- What the names of the library's chunks begin with.
local own = debug.getinfo(1, "S").source:match("^(.*rackspace/)")

-- The folders of the library that call functions of scripts, and program.lua.
-- Others call operations for themselves.
local callers = { task = true, many = true, repl = true, scripts = true,
  ["program.lua"] = true }

--- Whether a value is an error of the library, which is loaded then.
local function is_error(value)
  local fault = package.loaded["rackspace.base.fault"]
  return type(value) == "table" and fault and fault.is_error(value) or false
end

--- Whether code calls operations for the library's own use.
local function is_internal(info)
  return info.source:sub(1, #own) == own and
    not callers[info.source:sub(#own + 1):match("^[^/]*")]
end

local function place_of(info)
  return { source = info.source, line = info.currentline,
    name = ("%s:%d"):format(info.short_src, info.currentline) }
end

--- Returns the places in scripts that the stack has from a level on.
local function places_from(failures, level)
  local places = {}
  for i = level + 1, level + MOST_LEVELS do
    local info = debug.getinfo(i, "Sl")
    if not info then
      break
    elseif failures.chunks[info.source] then
      places[#places + 1] = place_of(info)
    end
  end
  return places
end

--- Whether the code above a level of the stack calls for the library's use.
local function is_internal_call(level)
  local info
  repeat
    level = level + 1
    info = debug.getinfo(level, "S")
  until not info or info.what ~= "tail"
  return info ~= nil and is_internal(info)
end

--- Whether an error only says that its task was cancelled: what cancelled it is
-- told where it failed, or meant to.
local function is_cancelled_task(err)
  local thread, is_main = coroutine.running()
  return err.kind == "cancelled" and thread ~= nil and not is_main
end

--- Keeps a failure, and forgets the oldest.
local function keep(failures, failure)
  local recent = failures.recent
  recent[#recent + 1] = failure
  if #recent > MOST_FAILURES then
    table.remove(recent, 1)
  end
end

--- Keeps the failure of a call that a script made.
local function hear(failures, value, _, err)
  if value ~= nil or not is_error(err) or is_cancelled_task(err) or
      is_internal_call(3) then
    return
  end
  keep(failures, { err = err, places = places_from(failures, 3) })
  if failures.on_failure then
    failures.on_failure(err)
  end
end

--- From now on, hears of every call that fails.
function failures_methods:listen()
  function returned.pass(...)
    hear(self, ...)
    return ...
  end
end

--- Returns how messages name a chunk: shorter, where its name is long.
local function name_of(source)
  return debug.getinfo(load_text("", source), "S").short_src
end

--- Adds a script: places in chunks of this name are known from now on.
-- @param source string: the chunk's name
-- @param text string
function failures_methods:add_chunk(source, text)
  self.chunks[source] = { name = name_of(source), text = text }
end

--- Tells of an error that was dropped at a place.
local function drop(failures, err, place)
  if failures.is_quiet or is_cancelled_task(err) then
    return
  end
  failures.first = failures.first or err
  failures.tell(("%s: %s"):format(place, err.message))
end

--- Returns the error in what a call returned: nil, a message and an error, or
-- these behind the true of pcall, xpcall and coroutine.resume.
local function error_in(first, second, third, fourth)
  if first == nil then
    return third
  elseif first == true and second == nil then
    return fourth
  end
end

--- Returns a function that is called with what a statement returned.
function failures_methods:listener()
  return function(first, second, third, fourth)
    local err = third ~= nil and error_in(first, second, third, fourth)
    if err and is_error(err) then
      drop(self, err, place_of(debug.getinfo(2, "Sl")).name)
    end
  end
end

--- Judges what a whole script returned.
function failures_methods:judge(source, first, _, third)
  if first == nil and is_error(third) then
    drop(self, third, self.chunks[source].name)
  end
end

--- Returns the message of the failed call that an error about nil comes of, or
-- nil. To be called where the error was raised: the stack is looked at.
function failures_methods:cause_of(message)
  local cause = require("rackspace.scripts.cause")
  local failure = cause.find(message, self.recent, self.chunks,
    places_from(self, 2))
  return failure and ("%s: %s"):format(failure.places[1].name,
    failure.err.message)
end

--- @param tell function(text)
-- @param is_quiet boolean or nil: whether dropped failures are meant
local function new(tell, is_quiet)
  return setmetatable({ tell = tell, is_quiet = is_quiet or false, chunks = {},
    recent = {}, first = false, on_failure = false }, failures_mt)
end

return { new = new }
