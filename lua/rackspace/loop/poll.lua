--- poll.lua - a session on a loop that the host runs by itself
-- SPDX-License-Identifier: MIT

--- A guest is a coroutine of the host that waits in a call.
local guest_methods = {}
local guest_mt = { __name = "rackspace.guest", __index = guest_methods }

function guest_methods:park()
  self.is_parked = true
  coroutine.yield()
  self.is_parked = false
end

--- Resumes it. Returns true; or false and the error that it raised.
function guest_methods:wake()
  if not self.is_parked then
    return true -- it waits for something else, of the host's own
  end
  return coroutine.resume(self.thread)
end

--- The host asks it what to watch, and tells it when something happened.
local poll_methods = {}
local poll_mt = { __name = "rackspace.loop.poll", __index = poll_methods }

--- For the scheduler: returns the guest of a coroutine.
function poll_methods.guest(_, thread)
  return setmetatable({ thread = thread, is_parked = false, turn = 0,
    yielded = false }, guest_mt)
end

--- For the scheduler: there is something else to watch.
function poll_methods:watch()
  if self.changed then
    self.changed(self)
  end
end

--- Returns the descriptors to watch: { [descriptor] = "r" }, empty when nothing
-- is in flight. It is one, and stays the same until the sessions are closed.
function poll_methods:fds()
  if not self.scheduler then
    return {}
  end
  local seconds, descriptor = self.scheduler:next_turn()
  if not seconds then
    self.scheduler:release() -- the host watches nothing from here on
  end
  return descriptor and { [descriptor] = "r" } or {}
end

--- Returns the seconds until step() is to be called without a descriptor, or
-- nil when nothing is in flight.
function poll_methods:timeout()
  return self.scheduler and (self.scheduler:next_turn()) or nil
end

--- Continues, without waiting: to be called when the descriptor is ready, and
-- when the time has come. Resumes the coroutines that wait for it, for a few
-- milliseconds at most where there are many; an error that one of them raises
-- is raised here.
function poll_methods:step()
  if self.scheduler then
    self.scheduler:advance()
  end
end

--- Returns a loop for the setting `loop` of sessions. In a coroutine that is
-- not a task, their calls yield to the code that resumes it, and step() resumes
-- it later. `changed`, if given, is called when there is something else to
-- watch.
local function new(changed)
  if changed ~= nil and type(changed) ~= "function" then
    error("poll.new: takes a function, not a " .. type(changed), 2)
  end
  return setmetatable({
    changed = changed, -- function(loop) or nil
    pollset = false, -- pollset or false; made by the scheduler
  }, poll_mt)
end

return { new = new }
