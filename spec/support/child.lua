--- child.lua - a process that a spec owns, and what it printed
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local socket = require("socket")

-- Nothing takes so many seconds; it is where a spec fails instead of hanging.
local PATIENCE = 60

local child_methods = {}
local child_mt = { __index = child_methods }

local running = {}

-- Waits begin short and grow, since conditions can start a process to look.
local SHORTEST, LONGEST = 0.002, 0.05

--- Waits until a condition holds, and gives what it gave.
local function wait_until(condition, what)
  local stop, pause = socket.gettime() + PATIENCE, SHORTEST
  while true do
    local value = condition()
    if value then
      return value
    end
    assert(socket.gettime() < stop, what .. " did not come in time")
    socket.sleep(pause)
    pause = math.min(pause * 1.5, LONGEST)
  end
end

--- Waits until a peer was asked that often: its requests.
local function wait_for_requests(peer, count)
  return wait_until(function()
    local requests = peer:requests()
    return #requests >= count and requests
  end, ("request %d"):format(count))
end

--- The whole lines that it has printed so far.
function child_methods:lines()
  local lines = {}
  for line in file.read(self.path):gmatch("([^\n]*)\n") do
    lines[#lines + 1] = line
  end
  return lines
end

function child_methods:first_line()
  return wait_until(function()
    return self:lines()[1]
  end, "the first line of " .. self.command)
end

--- Closes its standard input, and waits for its end.
function child_methods:close()
  if self.pipe then
    self.pipe:close()
    self.pipe = nil
    os.remove(self.path)
    running[self] = nil
  end
end

--- Starts a command, which ends when its standard input does.
local function start(command)
  local path = os.tmpname()
  local pipe = assert(io.popen(("exec %s > '%s'"):format(command, path), "w"))
  local self = setmetatable({ command = command, path = path, pipe = pipe },
    child_mt)
  running[self] = true
  return self
end

--- Ends what a spec has left: for after_each.
local function close_all()
  for child in pairs(running) do
    child:close()
  end
end

return { PATIENCE = PATIENCE, close_all = close_all, start = start,
  wait_for_requests = wait_for_requests, wait_until = wait_until }
