--- cqueues.lua - a session on the loop of cqueues
-- SPDX-License-Identifier: MIT
local condition = require("cqueues.condition")
local cqueues = require("cqueues")

local unpack = table.unpack or unpack -- luacheck: ignore 143

--- A guest is a controller's coroutine that waits in a call.
local guest_methods = {}
local guest_mt = { __name = "rackspace.guest", __index = guest_methods }

function guest_methods:park()
  while not self.is_awake do
    self.condition:wait()
  end
  self.is_awake = false
end

function guest_methods:wake()
  self.is_awake = true
  return self.condition:signal() ~= nil
end

local loop_methods = {}
local loop_mt = { __name = "rackspace.loop.cqueues", __index = loop_methods }

--- For the scheduler: returns the guest of the running coroutine, or nil where
-- that is not one of cqueues'.
function loop_methods:guest()
  local controller, is_its_own = cqueues.running()
  if not (controller and is_its_own) then
    return nil
  end
  self.controller = self.controller or controller
  return setmetatable({ condition = condition.new(), is_awake = false,
    turn = 0, yielded = false }, guest_mt)
end

--- For the scheduler: descriptors may be closed now, and cqueues must forget
-- them before.
function loop_methods:let_go()
  for descriptor in pairs(self.watched) do
    self.controller:cancel(descriptor)
  end
  self.watched = {}
end

--- Returns what cqueues.poll is to wait for, and the descriptors among it.
local function list_waits(loop, fds, seconds)
  local waits, descriptors = { loop.changed, seconds }, {}
  for descriptor, events in pairs(fds) do
    local wait = { pollfd = descriptor, events = events }
    waits[#waits + 1], descriptors[wait] = wait, descriptor
    loop.watched[descriptor] = true
  end
  return waits, descriptors
end

local function advance(loop, descriptors, ...)
  loop:let_go()
  for i = 1, select("#", ...) do
    local ready = select(i, ...)
    if descriptors[ready] then
      loop.scheduler:advance(descriptors[ready], ready.events)
    end
  end
  loop.scheduler:advance()
end

--- Runs the scheduler's steps as long as anything is in flight.
local function drive(loop)
  local fds, seconds = loop.scheduler:fds()
  while seconds do
    local waits, descriptors = list_waits(loop, fds, seconds)
    advance(loop, descriptors, cqueues.poll(unpack(waits)))
    fds, seconds = loop.scheduler:fds()
  end
  loop.is_driven, loop.controller = false, nil
end

--- For the scheduler: there is something else to watch.
function loop_methods:watch()
  if self.is_driven then
    self.changed:signal()
  elseif self.controller then
    self.is_driven = true
    self.controller:wrap(drive, self)
  end
end

--- Returns a loop for the setting `loop` of sessions. Their calls yield in the
-- coroutines of one cqueues controller.
local function new()
  return setmetatable({ changed = condition.new(), watched = {},
    is_driven = false }, loop_mt)
end

return { new = new }
