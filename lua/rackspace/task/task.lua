--- task.lua - one coroutine's life among others
-- SPDX-License-Identifier: MIT
local protected = require("rackspace.task.yield").protected

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- How deep tasks that pump may lie on one another: C's stack has an end.
local deepest = 16

local function wake(self, task)
  local ready = self.ready
  ready[ready.last + 1] = task -- first, for there may be no memory for it
  ready.last = ready.last + 1
end

local function wake_all(self, waiters)
  for i = 1, #waiters do
    wake(self, waiters[i])
    waiters[i] = nil
  end
end

--- Another thing may wait now: a loop that isn't ours is to know.
local function tell_loop(self)
  if self.loop and not self.is_stepping then
    self.loop:watch()
  end
end

--- Descriptors may be closed now: a loop that isn't ours must not watch them.
local function let_go(self)
  if self.loop and self.loop.let_go then
    self.loop:let_go()
  end
end

--- Gives up what a task waits for; it goes on with an error of the kind
-- "cancelled". So do those that it has started, and all of a scope.
local function cancel(self, task)
  task.cancelled = true
  for child in pairs(task.children) do
    if not child.cancelled then
      cancel(self, child)
    end
  end
  local transfer = task.transfer
  if transfer then
    let_go(self)
    transfer:cancel()
    self.waiting[transfer] = nil
  end
  if task.thread then
    wake(self, task)
  end
end

--- Takes a task or a scope that has ended from what it belongs to.
local function leave(task)
  if task.parent then
    task.parent.children[task] = nil
  end
end

local none = { n = 0 }

-- What a task gave whose results there was no memory to keep.
local lost = { n = 1, "not enough memory" }

--- A task has ended. Who waits for it is told before its results are kept, for
-- which there may be no memory.
local function finish(self, task, ok, ...)
  task.done, task.failed, task.results = true, true, lost
  self.living[task] = nil
  leave(task)
  for child in pairs(task.children) do
    cancel(self, child)
  end
  wake_all(self, task.waiters)
  task.results = { n = select("#", ...), ... }
  task.failed = not ok
  if task.on_end then
    task:on_end()
  end
end

--- Tasks that had to wait for the stack to be shorter may go on.
local function release_held(self)
  if self.depth < deepest then
    wake_all(self, self.held)
  end
end

local function settle(self, task, before, ok, ...)
  self.running, self.depth = before, self.depth - 1
  task.arguments = none
  if self.held[1] then
    release_held(self)
  end
  if not ok or coroutine.status(task.thread) == "dead" then
    finish(self, task, ok, ...)
  end
end

local function resume(self, task)
  if coroutine.status(task.thread) ~= "suspended" or task.abandoned then
    return -- what woke it came too late
  end
  local before, arguments = self.running, task.arguments
  self.running, self.depth = task, self.depth + 1
  settle(self, task, before,
    coroutine.resume(task.thread, unpack(arguments, 1, arguments.n)))
end

--- Whether a task may have lost what was to wake it.
local function is_waiting(task)
  return task.yielded or task.arguments ~= none
end

--- A task whose coroutine ended without being seen to.
local function give_up(self, task)
  finish(self, task, false, lost[1])
end

--- Lets a guest go on. What its coroutine raises is raised by the step.
local function resume_guest(self, guest)
  local before = self.running
  self.running, self.sleeping[guest] = nil, nil
  local ok, problem = guest:wake()
  self.running = before
  if not ok then
    self.problem = self.problem or { problem }
  end
end

--- The task that runs now, whether it can yield or not.
local function running(self)
  return self.running or self.inside[coroutine.running() or self]
end

local function end_inside(self, task, thread, before, ...)
  self.inside[thread] = before
  finish(self, task, ...)
end

--- Runs a task that has no coroutine of its own inside a host's, which may
-- yield to the host meanwhile.
local function run_inside(self, task)
  local thread, arguments = coroutine.running(), task.arguments
  local before = self.inside[thread]
  end_inside(self, task, thread, before, protected(function()
    self.inside[coroutine.running()] = task
    return task.fn(unpack(arguments, 1, arguments.n))
  end))
end

--- A task that is to call fn(...). It belongs to nobody, and counts as one that
-- failed until it is started, for which there may be no memory.
local function prepare(fn, ...)
  return { thread = coroutine.create(fn), fn = fn, waiters = {}, children = {},
    arguments = { n = select("#", ...), ... },
    done = true, failed = true, results = lost, yielded = false }
end

local function belong(task, parent)
  if parent then
    task.parent, task.cancelled = parent, parent.cancelled
    task.deadline = task.deadline or parent.deadline
    parent.children[task] = true
  end
end

return { belong = belong, cancel = cancel, deepest = deepest, finish = finish,
  give_up = give_up, is_waiting = is_waiting, leave = leave, let_go = let_go,
  prepare = prepare, resume = resume, resume_guest = resume_guest,
  run_inside = run_inside, running = running,
  tell_loop = tell_loop, wake = wake, wake_all = wake_all }
