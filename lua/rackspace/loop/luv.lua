--- luv.lua - a session on the loop of luv (libuv)
-- SPDX-License-Identifier: MIT
local poll = require("rackspace.loop.poll")
local uv = require("luv")

-- Handles are stopped, and kept for the next descriptor of the same number: luv
-- crashes at its end when handles are closed and its loop does not run again.

--- Stops watching all descriptors that are not in a set.
local function forget(watcher, kept)
  for descriptor in pairs(watcher.events) do
    if not kept[descriptor] then
      watcher.handles[descriptor]:stop()
      watcher.events[descriptor] = nil
    end
  end
end

local function watch_descriptor(watcher, loop, descriptor, events)
  if watcher.events[descriptor] == events then
    return
  end
  local handle = watcher.handles[descriptor] or assert(uv.new_poll(descriptor))
  watcher.handles[descriptor], watcher.events[descriptor] = handle, events
  assert(handle:start(events, function(err, ready)
    loop:step(descriptor, err and "rw" or ready)
  end))
end

local function set_timer(watcher, loop, seconds)
  if seconds then
    watcher.timer = watcher.timer or assert(uv.new_timer())
    watcher.timer:start(math.ceil(seconds * 1000), 0, function()
      loop:step()
    end)
  elseif watcher.timer then
    watcher.timer:stop()
  end
end

--- Watches the scheduler's descriptors and time. When there are none, luv's
-- loop may end.
local function watch(watcher, loop)
  local fds, seconds, opened = loop.scheduler:fds()
  if opened ~= watcher.opened then
    forget(watcher, {}) -- a number may be another connection's now
    watcher.opened = opened
  end
  forget(watcher, fds)
  for descriptor, events in pairs(fds) do
    watch_descriptor(watcher, loop, descriptor, events)
  end
  set_timer(watcher, loop, seconds)
end

--- Returns a loop for the setting `loop` of sessions. Their calls yield in
-- coroutines that luv's callbacks have started, and are resumed by luv.
local function new()
  local watcher = { handles = {}, events = {}, opened = 0 }
  return poll.new(function(loop) watch(watcher, loop) end)
end

return { new = new }
