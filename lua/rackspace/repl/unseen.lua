--- unseen.lua - the failed calls of a line whose messages it has not shown
-- SPDX-License-Identifier: MIT

-- Has: errors = those of the line that is running, the first MOST_KEPT at most,
-- known = a set of all of them, more = how many others there are, is_running.
local unseen_methods = {}
local unseen_mt = { __index = unseen_methods }

local MOST_KEPT = 10

--- Begins a line.
function unseen_methods:begin()
  self.errors, self.known, self.more, self.is_running = {}, {}, 0, true
end

--- Adds the error of a call that failed while a line is running.
function unseen_methods:add(err)
  if not self.is_running or self.known[err] then
    return
  end
  self.known[err] = true
  if #self.errors < MOST_KEPT then
    self.errors[#self.errors + 1] = err
  else
    self.more = self.more + 1
  end
end

--- Returns a text as it was before it was coloured and wrapped.
local function plain(text)
  return (text:gsub("\27%[[%d;]*m", ""):gsub("%s+", " "))
end

--- Drops the errors whose messages are in a text that is shown.
function unseen_methods:see(text)
  for i = #self.errors, 1, -1 do
    if plain(text):find(plain(self.errors[i].message), 1, true) then
      table.remove(self.errors, i)
    end
  end
end

--- Ends a line. Returns the list of the errors that it has not shown, and how
-- many more there are.
function unseen_methods:finish()
  local errors = self.errors
  self.errors, self.is_running = {}, false
  return errors, self.more
end

--- Returns what can be written of a list of arguments, as one text.
local function text_of(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    parts[#parts + 1] = (type(part) == "string" or type(part) == "number") and
      part or nil
  end
  return table.concat(parts)
end

--- Has all that goes to standard output and standard error seen, from Lua.
-- @param globals table: its `print` is replaced
-- @param before function: called before print and io.write write
function unseen_methods:watch(globals, before)
  local methods = debug.getmetatable(io.stdout).__index
  local write = methods.write
  function methods.write(file, ...)
    if self.errors[1] and (file == io.stdout or file == io.stderr) then
      self:see(text_of(...))
    end
    return write(file, ...)
  end
  rawset(io, "write", function(...)
    before()
    return io.output():write(...)
  end)
  rawset(globals, "print", function(...)
    local parts = {}
    for i = 1, select("#", ...) do
      parts[i] = tostring((select(i, ...)))
    end
    before()
    io.stdout:write(table.concat(parts, "\t"), "\n")
  end)
end

local function new()
  return setmetatable({ errors = {}, known = {}, more = 0,
    is_running = false }, unseen_mt)
end

return { new = new }
