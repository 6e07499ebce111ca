--- path.lua - the functions and files that a call goes through
-- SPDX-License-Identifier: MIT

-- path.lua URL [--list] prints how many Lua functions of this library a warm
-- call enters (a function entered twice counts twice), how many different ones
-- these are, in how many files, and how often the function that is entered
-- next is in another file: for rs.tickets:create without files, and for a page
-- of accounts. URL is that of a sandbox started with --limits off. --list
-- prints the different functions in the order in which they are first entered.

local create = coroutine.create
local hook

--- Each task has a coroutine, and each coroutine has a hook of its own.
rawset(coroutine, "create", function(fn)
  local thread = create(fn)
  if hook then
    debug.sethook(thread, hook, "c")
  end
  return thread
end)

local rackspace = require("rackspace")

local function new_counts()
  return { seen = {}, files = {}, order = {}, calls = 0, changes = -1 }
end

--- A hook that counts the functions of this library that are entered.
local function counter(counts)
  return function()
    local info = debug.getinfo(2, "S")
    local file = info.source:match("lua/rackspace/(.*)$")
    if info.what == "C" or not file then
      return
    end
    counts.calls = counts.calls + 1
    if file ~= counts.last then
      counts.last, counts.changes = file, counts.changes + 1
    end
    local name = file .. ":" .. info.linedefined
    if not counts.seen[name] then
      counts.seen[name] = true
      counts.order[#counts.order + 1] = name
    end
    if not counts.files[file] then
      counts.files[file] = true
      counts.files[#counts.files + 1] = file
    end
  end
end

--- Counts the functions that are entered while fn() runs.
local function count(fn)
  local counts = new_counts()
  hook = counter(counts)
  debug.sethook(hook, "c")
  fn()
  debug.sethook()
  hook = nil
  return counts
end

local url, list = ...
local rs = assert(rackspace.new{ sandbox = url, limits = false })

local function create_ticket()
  assert(rs.tickets:create{ accountId = "hybrid:5342844",
    subject = "Disk failure", category = "Incident",
    subcategory = "General", severity = "Normal",
    comment = { text = "sda is failing" } })
end

local function read_page()
  assert(#rs.accounts:list():pages()() == 50)
end

local function show(name, fn)
  fn() -- logs in and connects
  fn()
  collectgarbage()
  collectgarbage("stop")
  local counts = count(fn)
  collectgarbage("restart")
  print(("%s: %d functions entered, %d different, in %d files; %d changes " ..
    "of file"):format(name, counts.calls, #counts.order, #counts.files,
    counts.changes))
  if list == "--list" then
    print("  " .. table.concat(counts.order, "\n  "))
  end
end

show("tickets.create", create_ticket)
show("a page of accounts", read_page)
