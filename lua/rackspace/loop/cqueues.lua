--- cqueues.lua - a session on the loop of cqueues
-- SPDX-License-Identifier: MIT
local condition = require("cqueues.condition")
local cqueues = require("cqueues")

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
  self.controller = controller
  return setmetatable({ condition = condition.new(), is_awake = false,
    turn = 0, yielded = false }, guest_mt)
end

--- Waits for what the scheduler waits for.
local function wait(loop, seconds, descriptor)
  if descriptor then
    cqueues.poll(loop.changed, seconds, { pollfd = descriptor, events = "r" })
  else
    cqueues.poll(loop.changed, seconds)
  end
end

--- Closes the descriptor of a session that is closed, unless a controller waits
-- for it.
local function release(loop)
  if next(loop.driven) == nil then
    loop.scheduler:release()
  end
end

--- Runs the scheduler's steps as long as anything is in flight.
local function drive(loop, controller)
  local seconds, descriptor = loop.scheduler:next_turn()
  local watched
  while seconds do
    wait(loop, seconds, descriptor)
    watched = descriptor or watched
    loop.scheduler:advance()
    seconds, descriptor = loop.scheduler:next_turn()
  end
  if watched then
    controller:cancel(watched)
  end
  loop.driven[controller] = nil
  loop.controller = loop.controller ~= controller and loop.controller
  release(loop)
end

--- For the scheduler: there is something else to wait for. A controller may
-- have been closed, or be stepped no more, so each has a driver of its own.
function loop_methods:watch()
  local controller = self.controller
  self.changed:signal()
  if controller and not self.driven[controller] and
      cqueues.type(controller) then
    self.driven[controller] = true
    controller:wrap(drive, self, controller)
  end
  release(self)
end

--- Returns a loop for the setting `loop` of sessions. Their calls yield in the
-- coroutines of a cqueues controller.
local function new()
  return setmetatable({
    changed = condition.new(), -- condition: there is something else to wait for
    controller = false, -- the controller of the last guest, or false
    driven = setmetatable({}, { __mode = "k" }), -- set of controllers
    pollset = false, -- pollset or false; made by the scheduler
    resumes_later = true, -- boolean: a guest that is woken runs after the step
  }, loop_mt)
end

return { new = new }
