--- steps.lua - how a scheduler's tasks go on, by a poll or by another's loop
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local task_of = require("rackspace.task.task")

local wake = task_of.wake

-- The longest sleep of one poll, so that a clock set by hand is seen.
local longest_poll = 60
-- And while somebody watches how a transfer gets on.
local longest_watch = 0.1

local steps = {}

--- Whether a task may run on top of a stack of others: those do that serve
-- everybody, and what the one on top waits for.
local function may_run(self, task)
  local top = self.running
  if self.depth < task_of.deepest or not task.parent then
    return true
  end
  while task and task ~= top do
    task = task.parent
  end
  return task ~= nil
end

--- Runs the tasks that are ready now. Returns whether there were any.
function steps.run_ready(self)
  local ready = self.ready
  local last, ran = ready.last, false
  while ready.first <= last do
    local task = ready[ready.first]
    ready[ready.first] = nil
    ready.first = ready.first + 1
    if task.wake then
      task_of.resume_guest(self, task)
      ran = true
    elseif may_run(self, task) then
      task_of.resume(self, task)
      ran = true
    else
      self.held[#self.held + 1] = task
    end
  end
  return ran
end

--- Wakes the sleepers whose time has come, in the order of their times, and
-- then of their going to sleep.
local function wake_due(self, due, sleeping)
  table.sort(due, function(a, b)
    if sleeping[a] ~= sleeping[b] then
      return sleeping[a] < sleeping[b]
    end
    return a.turn < b.turn
  end)
  for _, task in ipairs(due) do
    sleeping[task] = nil
    wake(self, task)
  end
end

--- Wakes the sleepers whose time has come. Returns the seconds until the first
-- of the others is to be woken.
local function next_wake(self)
  local sleeping = self.sleeping
  local seconds = next(self.watched) and longest_watch or longest_poll
  if next(sleeping) == nil then
    return seconds
  end
  local now, due = self.clock.monotonic(), {}
  for task, at in pairs(sleeping) do
    seconds = math.min(seconds, at - now)
    if at <= now then
      due[#due + 1] = task
    end
  end
  wake_due(self, due, sleeping)
  return math.max(0, seconds)
end

local function cancel_dropped(self)
  local dropped = self.dropped
  while dropped[1] do
    local scope = table.remove(dropped)
    task_of.leave(scope)
    task_of.cancel(self, scope)
  end
end

local function wake_watchers(self)
  for _, task in pairs(self.watched) do
    if task then
      wake(self, task)
    end
  end
end

--- Lets those go on who wait for transfers that finished or watch one, and
-- those who are ready.
local function settle(self, transfers)
  for i = 1, #transfers do
    local transfer = transfers[i]
    local waiter = self.waiting[transfer]
    self.waiting[transfer] = nil
    if waiter then
      wake(self, waiter)
    end
  end
  if next(self.watched) then
    wake_watchers(self)
  end
  steps.run_ready(self)
  self.is_stepping = false
  task_of.tell_loop(self)
  local problem = self.problem
  if problem then
    self.problem = false
    error(problem[1], 0)
  end
end

--- Whether it is for the client to wait, which sees what comes. When nothing is
-- in flight, a clock of the script's own says how time goes on.
local function is_client_waiting(self)
  return self.http and
    (self.clock.sleep == core.sleep or self.http:running() > 0)
end

--- Waits at most `seconds` for something to happen, and lets every task that
-- it concerns go on.
function steps.step(self, seconds)
  cancel_dropped(self)
  local timeout = next_wake(self)
  if seconds and seconds < timeout then
    timeout = seconds
  end
  self.is_stepping = true
  if steps.run_ready(self) then
    timeout = 0 -- who waits for these tasks is to see what they did
  end
  task_of.let_go(self)
  if is_client_waiting(self) then
    settle(self, self.http:poll(timeout))
  else
    self.clock.sleep(timeout)
    settle(self, {})
  end
end

--- Whether nothing can happen any more by itself.
function steps.is_stuck(self)
  return self.ready.first > self.ready.last and
    next(self.sleeping) == nil and next(self.waiting) == nil
end

--- Whether nothing is in flight, whatever waits for it.
function steps.is_still(self)
  return self.ready.first > self.ready.last and
    next(self.sleeping) == nil and
    (not self.http or self.http:running() == 0)
end

--- An error that has nothing to do with what runs (an interrupt, the end of
-- memory) may have come between a transfer's end and the task that waits for
-- it, or between a task and its beginning: then all look again.
function steps.look_again(self)
  self:step(0)
  for task in pairs(self.living) do
    if coroutine.status(task.thread) == "dead" then
      task_of.give_up(self, task)
    elseif task_of.is_waiting(task) then
      wake(self, task)
    end
  end
  steps.run_ready(self)
end

--- For a loop that isn't ours: the descriptors to watch, { [descriptor] = "r",
-- "w" or "rw" }; the seconds until advance() wants to be called (nil: not
-- before a descriptor is ready); and a number that is another one when a
-- descriptor may have become another connection's. Nothing to watch: nothing
-- waits.
function steps.fds(self)
  cancel_dropped(self)
  local seconds = next_wake(self)
  if steps.is_stuck(self) then
    return {}, nil, 0
  end
  local fds, timeout, opened
  if self.http then
    fds, timeout, opened = self.http:fds()
  end
  if self.ready.first <= self.ready.last then
    seconds = 0
  end
  return fds or {}, math.min(seconds, timeout or seconds), opened or 0
end

--- Goes on without waiting: a descriptor is ready for "r", "w" or "rw", or,
-- without arguments, the time is up.
function steps.advance(self, descriptor, events)
  cancel_dropped(self)
  self.is_stepping = true
  next_wake(self)
  task_of.let_go(self)
  settle(self, self.http and self.http:step(descriptor, events) or {})
end

return steps
