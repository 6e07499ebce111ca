--- repl.lua - reads Lua from a terminal, runs it, and prints what it gives
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local load_text = loadstring or load -- luacheck: ignore 143

local most_lines = 40
local widest = 160

-- ---- reading ----------------------------------------------------------------

local function prompt(text)
  io.write(text)
  io.flush()
  return io.read("*l")
end

local function is_incomplete(message)
  return message and message:find("<eof>'?$") ~= nil
end

--- The chunk of a text; an expression counts as its value, "=" before it or
-- not. nil, a message, and whether more lines could make it whole.
local function compile(text)
  text = text:gsub("^=", "")
  local chunk, as_value = load_text("return " .. text, "=stdin")
  if chunk then
    return chunk
  end
  local message
  chunk, message = load_text(text, "=stdin")
  return chunk, message, is_incomplete(message) or is_incomplete(as_value)
end

--- Reads one chunk, over as many lines as it takes; nil at the end of input.
local function read_chunk()
  local text = prompt("> ")
  if not text then
    return nil
  end
  local chunk, message, is_open = compile(text)
  while not chunk and is_open do
    local line = prompt(">> ")
    if not line then
      print()
      break
    end
    text = text .. "\n" .. line
    chunk, message, is_open = compile(text)
  end
  return chunk or function() error(message, 0) end
end

-- ---- printing ---------------------------------------------------------------

local function metatable_of(value)
  local metatable = type(value) == "table" and getmetatable(value)
  return type(metatable) == "table" and metatable or {}
end

local function is_record(value)
  return type(value) == "table" and not metatable_of(value).__tostring
end

--- A record's names in order, those of a list by number.
local function names_of(value)
  local names = {}
  for name in pairs(value) do
    names[#names + 1] = name
  end
  table.sort(names, function(a, b)
    if type(a) == "number" and type(b) == "number" then
      return a < b
    end
    return tostring(a) < tostring(b)
  end)
  return names
end

--- A value within a line.
local function brief(value, depth)
  if type(value) == "string" then
    return ("%q"):format(value)
  elseif not is_record(value) then
    return tostring(value)
  elseif depth == 0 then
    return "{...}"
  end
  local parts = {}
  for _, name in ipairs(names_of(value)) do
    local part = brief(value[name], depth - 1)
    parts[#parts + 1] = type(name) == "number" and part or
      tostring(name) .. " = " .. part
  end
  return #parts == 0 and "{}" or "{ " .. table.concat(parts, ", ") .. " }"
end

--- A text that is not too long; no character is cut in two.
local function cut(text)
  if #text <= widest then
    return text
  end
  return text:sub(1, widest):gsub("[\192-\255]?[\128-\191]*$", "") .. "..."
end

--- A record's fields, one to a line.
local function show_record(value)
  local names, width = names_of(value), 0
  for _, name in ipairs(names) do
    width = math.min(24, math.max(width, #tostring(name)))
  end
  local form = "%-" .. width .. "s  %s"
  for i, name in ipairs(names) do
    if i > most_lines then
      print(("... and %d more"):format(#names - most_lines))
      break
    end
    local field = value[name]
    print(form:format(tostring(name),
      type(field) == "string" and field or cut(brief(field, 3))))
  end
end

local function show(ok, ...)
  local count, first, second = select("#", ...), ...
  if not ok then
    io.stderr:write(tostring(first), "\n")
  elseif count == 1 and is_record(first) and next(first) ~= nil then
    show_record(first)
  elseif count == 3 and first == nil and type(second) == "string" then
    print(second) -- the error value beside it says the same
  elseif count > 0 then
    print(...)
    if metatable_of(first).__name == "rackspace.pager" then
      print("for its items: pager:totable(10), or a for loop over it")
    end
  end
end

-- ---- the loop ---------------------------------------------------------------

--- `rs` is there from the start when a user or a sandbox is configured.
local function greet(banner)
  print(banner .. ". Ctrl-D leaves.")
  local rs, message = rackspace.new()
  rawset(_G, "rackspace", rackspace)
  rawset(_G, "rs", rs)
  if rs then
    print("rs is a " .. tostring(rs) .. ". Try: rs.accounts:get(" ..
      '"CLOUD/10101"), or')
    print("for account in rs.accounts:list() do print(account.name) end")
  else
    print(message)
    print("There is no rs then. To look around: rackspace --sandbox")
  end
end

--- Until the end of input; an interrupt ends what runs, not the program.
local function run(banner, host)
  greet(banner)
  while true do
    host.catch()
    local ok, chunk = pcall(read_chunk)
    if ok and not chunk then
      print()
      return 0
    elseif ok then
      show(pcall(chunk))
    elseif host.caught() then
      print()
    else
      error(chunk, 0)
    end
  end
end

return { run = run }
