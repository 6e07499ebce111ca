--- cqueues.lua - a session on the loop of cqueues
-- SPDX-License-Identifier: MIT
local condition = require("cqueues.condition")
local cqueues = require("cqueues")

local unpack = table.unpack or unpack -- luacheck: ignore 143

--- A guest is a coroutine of a controller that waits in a call.
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

--- For the session: how a coroutine waits; nil for one that isn't cqueues'.
function loop_methods:guest()
  local controller, is_its_own = cqueues.running()
  if not (controller and is_its_own) then
    return nil
  end
  self.controller = self.controller or controller
  return setmetatable({ condition = condition.new(), is_awake = false },
    guest_mt)
end

--- For the session: descriptors may be closed now, which cqueues must not meet.
function loop_methods:let_go()
  for descriptor in pairs(self.watched) do
    self.controller:cancel(descriptor)
  end
  self.watched = {}
end

--- What cqueues.poll is to wait for, and the descriptors among it.
local function list_waits(self, fds, seconds)
  local waits, descriptors = { self.changed, seconds }, {}
  for descriptor, events in pairs(fds) do
    local wait = { pollfd = descriptor, events = events }
    waits[#waits + 1], descriptors[wait] = wait, descriptor
    self.watched[descriptor] = true
  end
  return waits, descriptors
end

local function advance(self, descriptors, ...)
  self:let_go()
  for i = 1, select("#", ...) do
    local ready = select(i, ...)
    if descriptors[ready] then
      self.scheduler:advance(descriptors[ready], ready.events)
    end
  end
  self.scheduler:advance()
end

--- The coroutine that watches for all guests, as long as anything is in
-- flight.
local function drive(self)
  local fds, seconds = self.scheduler:fds()
  while seconds do
    local waits, descriptors = list_waits(self, fds, seconds)
    advance(self, descriptors, cqueues.poll(unpack(waits)))
    fds, seconds = self.scheduler:fds()
  end
  self.is_driven, self.controller = false, nil
end

--- For the session: what to watch has changed.
function loop_methods:watch()
  if self.is_driven then
    self.changed:signal()
  elseif self.controller then
    self.is_driven = true
    self.controller:wrap(drive, self)
  end
end

--- A loop to give to sessions as their setting `loop`. Their calls yield in
-- the coroutines of a cqueues controller, all of the same one.
local function new()
  return setmetatable({ changed = condition.new(), watched = {},
    is_driven = false }, loop_mt)
end

return { new = new }
