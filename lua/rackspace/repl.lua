--- repl.lua - reads Lua from a terminal, runs it, and prints what it gives
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local unpack = table.unpack or unpack -- luacheck: ignore 143
local load_text = loadstring or load -- luacheck: ignore 143

local function prompt(text)
  io.write(text)
  io.flush()
  return io.read("*l")
end

local function is_incomplete(message)
  return message and message:find("<eof>'?$") ~= nil
end

--- Reads one chunk, over as many lines as it takes. An expression counts as
-- its value. nil at the end of input.
local function read_chunk()
  local text = prompt("> ")
  if not text then
    return nil
  end
  local chunk = load_text("return " .. text, "=stdin")
  if chunk then
    return chunk
  end
  local message
  chunk, message = load_text(text, "=stdin")
  while not chunk and is_incomplete(message) do
    local line = prompt(">> ")
    if not line then
      break
    end
    text = text .. "\n" .. line
    chunk, message = load_text(text, "=stdin")
  end
  return chunk or function() error(message, 0) end
end

local function is_record(value)
  return type(value) == "table" and
    not (getmetatable(value) and getmetatable(value).__tostring)
end

--- A record's fields, one to a line.
local function show(value)
  if not is_record(value) or next(value) == nil then
    print(value)
    return
  end
  local names = {}
  for name in pairs(value) do
    names[#names + 1] = name
  end
  table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
  for _, name in ipairs(names) do
    print(("%-22s %s"):format(tostring(name), tostring(value[name])))
  end
end

local function evaluate(chunk)
  local results = { pcall(chunk) }
  if not results[1] then
    io.stderr:write(tostring(results[2]), "\n")
  elseif is_record(results[2]) and results[3] == nil then
    show(results[2])
  elseif #results > 1 then
    print(unpack(results, 2))
  end
end

--- `rs` is there from the start when a user or a sandbox is configured.
local function greet(banner)
  print(banner)
  local rs, message = rackspace.new()
  rawset(_G, "rackspace", rackspace)
  rawset(_G, "rs", rs)
  if rs then
    print(("rs is ready: %s. Try: for account in rs.accounts:list() do " ..
      "print(account.name) end"):format(tostring(rs)))
  else
    print(message)
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
      evaluate(chunk)
    else
      print()
      host.catch()
    end
  end
end

return { run = run }
