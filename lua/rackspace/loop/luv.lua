--- luv.lua - a session on the loop of luv (libuv)
-- SPDX-License-Identifier: MIT
local poll = require("rackspace.loop.poll")
local uv = require("luv")

--- A watcher has handles of luv's only while something is in flight. They are
-- closed by a callback of its own: luv crashes at its end when its loop does
-- not run again after a handle was closed.

--- Whether a handle is there to be used. The host may have closed it.
local function is_usable(handle)
  return handle and not uv.is_closing(handle)
end

local function close(handle)
  if is_usable(handle) then
    handle:close()
  end
end

--- Takes the scheduler's next turn after some seconds. A timer without a wait
-- would be run again before the host's.
local function set_timer(watcher, seconds)
  if not is_usable(watcher.timer) then
    watcher.timer = assert(uv.new_timer())
  end
  watcher.timer:start(math.max(1, math.ceil(seconds * 1000)), 0,
    watcher.take_turn)
end

local function watch_descriptor(watcher, descriptor)
  if watcher.descriptor == descriptor and is_usable(watcher.handle) then
    return
  end
  close(watcher.handle)
  watcher.handle = descriptor and assert(uv.new_poll(descriptor))
  watcher.descriptor = descriptor
  if descriptor then
    assert(watcher.handle:start("r", watcher.take_turn))
  end
end

--- Waits for what the scheduler waits for. When that is nothing, luv's loop may
-- end.
local function wait(watcher, scheduler)
  local seconds, descriptor = scheduler:next_turn()
  watch_descriptor(watcher, descriptor)
  if seconds then
    set_timer(watcher, seconds)
  else
    close(watcher.timer)
    watcher.timer = nil
    scheduler:release()
  end
end

--- Has a callback run soon that takes the next turn, unless nothing is in
-- flight.
local function hurry(watcher, scheduler)
  if watcher.is_inside or watcher.is_hurried and is_usable(watcher.timer) then
    return
  elseif is_usable(watcher.timer) or scheduler:next_turn() then
    watcher.is_hurried = true
    set_timer(watcher, 0)
  elseif not is_usable(watcher.handle) then
    scheduler:release()
  end
end

--- Returns a loop for the setting `loop` of sessions. Their calls yield in
-- coroutines that luv's callbacks have started, and are resumed by luv.
local function new()
  local watcher = {
    handle = nil, -- of luv's, for the descriptor, or nil
    descriptor = nil, -- number or nil
    timer = nil, -- of luv's, or nil
    is_inside = false, -- boolean: take_turn runs
    is_hurried = false, -- boolean: the timer ends at once
  }
  local loop = poll.new(function(loop) hurry(watcher, loop.scheduler) end)
  function watcher.take_turn()
    watcher.is_inside, watcher.is_hurried = true, false
    local ok, problem = pcall(loop.step, loop)
    watcher.is_inside = false
    wait(watcher, loop.scheduler)
    if not ok then
      error(problem, 0)
    end
  end
  return loop
end

return { new = new }
