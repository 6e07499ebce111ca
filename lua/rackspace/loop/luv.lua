--- luv.lua - a session on the loop of luv (libuv)
-- SPDX-License-Identifier: MIT
local poll = require("rackspace.loop.poll")
local uv = require("luv")

-- Handles are stopped and kept for the next connection of the same number. luv
-- ends in a crash when handles were closed, and its loop did not run after.

--- Stops watching all descriptors but those of a set.
local function forget(self, kept)
  for descriptor in pairs(self.events) do
    if not kept[descriptor] then
      self.handles[descriptor]:stop()
      self.events[descriptor] = nil
    end
  end
end

local function watch_descriptor(self, loop, descriptor, events)
  if self.events[descriptor] == events then
    return
  end
  local handle = self.handles[descriptor] or assert(uv.new_poll(descriptor))
  self.handles[descriptor], self.events[descriptor] = handle, events
  assert(handle:start(events, function(err, ready)
    loop:step(descriptor, err and "rw" or ready)
  end))
end

local function set_timer(self, loop, seconds)
  if seconds then
    self.timer = self.timer or assert(uv.new_timer())
    self.timer:start(math.ceil(seconds * 1000), 0, function() loop:step() end)
  elseif self.timer then
    self.timer:stop()
  end
end

--- Has luv watch what there is to watch. When that is nothing, nothing keeps
-- luv's loop from its end.
local function watch(self, loop)
  local fds, seconds, opened = loop.scheduler:fds()
  if opened ~= self.opened then
    forget(self, {}) -- a number may be another connection's now
    self.opened = opened
  end
  forget(self, fds)
  for descriptor, events in pairs(fds) do
    watch_descriptor(self, loop, descriptor, events)
  end
  set_timer(self, loop, seconds)
end

--- A loop to give to sessions as their setting `loop`. Their calls yield in
-- coroutines that luv's callbacks started, and luv resumes them.
local function new()
  local self = { handles = {}, events = {}, opened = 0 }
  return poll.new(function(loop) watch(self, loop) end)
end

return { new = new }
