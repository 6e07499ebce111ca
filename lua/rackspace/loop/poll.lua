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

--- The host asks it what to watch, and tells it what happened.
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

--- Returns the descriptors to watch, { [descriptor] = "r", "w" or "rw" }, empty
-- when nothing is in flight; and a number that changes when a descriptor may
-- have been reused for another connection, so that epoll must register it
-- again.
function poll_methods:fds()
  if not self.scheduler then
    return {}, 0
  end
  local fds, _, opened = self.scheduler:fds()
  return fds, opened
end

--- Returns the seconds until step() is to be called without a descriptor, or
-- nil when nothing is in flight.
function poll_methods:timeout()
  if not self.scheduler then
    return nil
  end
  local _, seconds = self.scheduler:fds()
  return seconds
end

--- Continues when a descriptor is ready for "r", "w" or "rw" or, without
-- arguments, when the time has come. Resumes the coroutines that wait for it;
-- an error that one of them raises is raised here.
function poll_methods:step(descriptor, events)
  if self.scheduler then
    self.scheduler:advance(descriptor, events)
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
  return setmetatable({ changed = changed }, poll_mt)
end

return { new = new }
