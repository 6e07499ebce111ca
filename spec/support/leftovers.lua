--- leftovers.lua - the descriptors and the processes that a spec leaves behind
-- SPDX-License-Identifier: MIT
local lfs = require("lfs")
local socket = require("socket")

local leftovers = {}

-- How many seconds a process may take to end once it has been told to.
local GRACE = 3

-- script/specs sets it, so every process started below has it, also one that
-- a daemon has made its own leader.
local RUN = os.getenv("RACKSPACE_SPEC_RUN")
local MARK = RUN and "\0RACKSPACE_SPEC_RUN=" .. RUN .. "\0"

--- Returns the text of a file, or nil when it cannot be read.
local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then
    file:close()
  end
  return text
end

local allowed, inherited = {}, {}

--- Returns the open descriptors of this process: what each refers to, by number.
function leftovers.descriptors()
  local numbers, open = {}, {}
  for name in lfs.dir("/proc/self/fd") do
    numbers[#numbers + 1] = name
  end
  for _, name in ipairs(numbers) do -- the listing's own is closed by now
    open[name] = lfs.symlinkattributes("/proc/self/fd/" .. name, "target")
  end
  for name in pairs(inherited) do
    open[name] = nil
  end
  return open
end

-- The log of ctest, for one: it is renamed while the specs run.
inherited = leftovers.descriptors()

--- Returns the processes that run: { state =, parent = } by number, all texts.
local function processes()
  local list = {}
  for name in lfs.dir("/proc") do
    local stat = name:find("^%d+$") and read("/proc/" .. name .. "/stat")
    if stat then
      local state, parent = stat:match("^.*%) (%a) (%d+)")
      list[name] = { state = state, parent = parent }
    end
  end
  return list
end

--- Returns whether a process has this run's mark; nil where its environment is
-- empty, as it is while the process begins to run another program.
local function is_marked(number)
  local environment = MARK and read("/proc/" .. number .. "/environ")
  if environment == "" then
    return nil
  end
  return environment and ("\0" .. environment):find(MARK, 1, true) ~= nil
end

local function descends_from(list, number, ancestor)
  while list[number] do
    if list[number].parent == ancestor then
      return true
    end
    number = list[number].parent
  end
  return false
end

--- Returns the processes that this one or its children started: the command
-- line of each, by number. One that has ended counts while nobody here has
-- waited for it. And the set of the processes that may be such ones.
function leftovers.processes()
  local own = read("/proc/self/stat"):match("^%d+")
  local list, started, unknown = processes(), {}, {}
  for number, process in pairs(list) do
    local has_ended = process.state == "Z" and process.parent ~= own
    local is_ours = descends_from(list, number, own)
    if not is_ours and not has_ended then
      is_ours = is_marked(number)
      unknown[number] = is_ours == nil or nil
    end
    if number ~= own and is_ours and not has_ended then
      local command = read("/proc/" .. number .. "/cmdline") or ""
      started[number] = (command:gsub("%z", " "))
    end
  end
  return started, unknown
end

--- Returns what is in `now` and was not in `before`.
local function new_ones(before, now)
  local new = {}
  for number, text in pairs(now) do
    if before[number] ~= text then
      new[number] = text
    end
  end
  return new
end

--- Returns what is open and what runs, to compare with later.
function leftovers.look()
  local started, unknown = leftovers.processes()
  return { descriptors = leftovers.descriptors(), processes = started,
    unknown = unknown }
end

--- Returns the descriptors that were not open at an earlier look, without those
-- that are allowed.
function leftovers.new_descriptors(before)
  return new_ones(allowed, new_ones(before.descriptors, leftovers.descriptors()))
end

--- Allows the descriptors that are open now: a library's, which it closes only
-- when the process ends.
function leftovers.allow()
  for number, target in pairs(leftovers.descriptors()) do
    allowed[number] = target
  end
end

--- Returns the processes that did not run at an earlier look. Waits for those
-- that are about to end, or to show what they are.
function leftovers.new_processes(before)
  local stop = socket.gettime() + GRACE
  while true do
    local started, unknown = leftovers.processes()
    local new = new_ones(before.processes, started)
    local is_clear = next(new) == nil and
      next(new_ones(before.unknown, unknown)) == nil
    if is_clear or socket.gettime() > stop then
      return new
    end
    socket.sleep(0.01)
  end
end

return leftovers
