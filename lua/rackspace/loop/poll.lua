--- poll.lua - a session on a loop that the host runs by itself
-- SPDX-License-Identifier: MIT

--- A guest is a coroutine of the host's that waits in a call.
local guest_methods = {}
local guest_mt = { __name = "rackspace.guest", __index = guest_methods }

function guest_methods:park()
  self.is_parked = true
  coroutine.yield()
  self.is_parked = false
end

--- Lets it go on; false and the error when it raised.
function guest_methods:wake()
  if not self.is_parked then
    return true -- it waits for something of the host's own
  end
  return coroutine.resume(self.thread)
end

--- The host's side: what to watch, and what to tell.
local poll_methods = {}
local poll_mt = { __name = "rackspace.loop.poll", __index = poll_methods }

--- For the session: how a coroutine waits.
function poll_methods.guest(_, thread)
  return setmetatable({ thread = thread, is_parked = false }, guest_mt)
end

--- For the session: what to watch has changed.
function poll_methods:watch()
  if self.changed then
    self.changed(self)
  end
end

--- The descriptors to watch, { [descriptor] = "r", "w" or "rw" }; nothing when
-- nothing is in flight. And a number that is another one when a descriptor may
-- have become another connection's, which epoll and its like must be told.
function poll_methods:fds()
  if not self.scheduler then
    return {}, 0
  end
  local fds, _, opened = self.scheduler:fds()
  return fds, opened
end

--- The seconds until step() is to be called without a descriptor; nil when
-- nothing is in flight.
function poll_methods:timeout()
  if not self.scheduler then
    return nil
  end
  local _, seconds = self.scheduler:fds()
  return seconds
end

--- Tells that a descriptor is ready, for "r", "w" or "rw"; without arguments,
-- that the time is up. The coroutines that this concerns go on; what one raises
-- is raised here.
function poll_methods:step(descriptor, events)
  if self.scheduler then
    self.scheduler:advance(descriptor, events)
  end
end

--- A loop to give to sessions as their setting `loop`. Their calls yield, in
-- any coroutine that isn't a task, to whoever resumes that coroutine; step()
-- resumes it. `changed`, if given, is called when there is something else to
-- watch.
local function new(changed)
  if changed ~= nil and type(changed) ~= "function" then
    error("poll.new: takes a function, not a " .. type(changed), 2)
  end
  return setmetatable({ changed = changed }, poll_mt)
end

return { new = new }
