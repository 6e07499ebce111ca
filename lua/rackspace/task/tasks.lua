--- tasks.lua - coroutines that wait for transfers, on one thread
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local may_yield = require("rackspace.task.yield").may_yield
local steps = require("rackspace.task.steps")
local task_of = require("rackspace.task.task")

local unpack = table.unpack or unpack -- luacheck: ignore 143

--- Code that waits inside a task yields to the others; code outside of any
-- task, or where none can yield, pumps: it runs the tasks until what it waits
-- for has come. On somebody else's loop, code in a coroutine of that loop is a
-- guest: it yields to the loop.
local tasks_methods = {}
local tasks_mt = { __name = "rackspace.tasks", __index = tasks_methods }

local running_task = task_of.running
local wake, wake_all = task_of.wake, task_of.wake_all

for name, method in pairs(steps) do
  tasks_methods[name] = method
end

-- How many calls a cancelled task may still try to make.
local most_tries = 100

--- The client, made with the first transfer, to start another one.
function tasks_methods:client()
  if self.closed then
    return nil, "the session is closed"
  elseif self.http and self.http:is_inherited() then
    return nil, "the session belongs to the process that made it: " ..
      "after a fork() make another"
  end
  if not self.http then
    local http, message = core.client()
    if not http then
      return nil, message
    end
    self.http = http
  end
  task_of.let_go(self)
  return self.http
end

--- The task that runs now, or the guest; nil where none can yield.
local function present_task(self)
  local task, thread, is_main = self.running, coroutine.running()
  if task then
    return task.thread == thread and may_yield() and task or nil
  elseif self.loop and thread and not is_main and may_yield() then
    return self.loop:guest(thread)
  end
end

--- Whether this is a coroutine of a host's, in which the transport that it lent
-- may yield to it. No coroutine of ours may stand between the two.
local function is_lent(self)
  local thread, is_main = coroutine.running()
  return self.has_lent and thread and not is_main and not present_task(self)
end

--- Lets the others go on. A script's own yield inside a task is not known here,
-- and not answered.
local function suspend(self, task)
  task_of.tell_loop(self)
  task.yielded = true
  if task.park then
    task:park()
  else
    coroutine.yield()
  end
  task.yielded = false
end

-- ---- tasks ----------------------------------------------------------------

--- Starts a task that was prepared: it runs up to where it first waits. It
-- ends no later than its parent, a task or a scope. In a host's coroutine it
-- gets none of its own, and runs where it is waited for.
function tasks_methods:start(task, parent)
  if is_lent(self) then
    task_of.belong(task, parent)
    task.thread, task.done, task.failed = nil, false, false
    return task
  end
  task_of.belong(task, parent)
  self.living[task] = true
  task.done, task.failed = false, false
  task_of.resume(self, task)
  return task
end

--- Lets a task look at once at what it waits for.
function tasks_methods:nudge(task)
  if task.thread then
    task_of.resume(self, task)
  end
end

--- Starts a task: fn(...) runs at once, up to where it first waits. It belongs
-- to the task that runs now.
function tasks_methods:spawn(fn, ...)
  return self:start(task_of.prepare(fn, ...), running_task(self))
end

--- What tasks can be started in that are to be cancelled together, and make
-- no call for longer than `seconds` (nil: no such bound).
function tasks_methods:scope(seconds)
  local scope, parent = { children = {} }, running_task(self)
  local deadline = seconds and self.clock.monotonic() + seconds
  local bound = parent and parent.deadline
  scope.deadline = deadline and math.min(deadline, bound or deadline) or bound
  task_of.belong(scope, parent)
  return scope
end

--- Cancels a scope and lets its tasks see it.
function tasks_methods:cancel(scope)
  task_of.leave(scope)
  if not scope.cancelled or next(scope.children) then
    task_of.cancel(self, scope)
    self:run_ready()
    task_of.tell_loop(self)
  end
end

--- Cancels a scope with the next step; for a finalizer, which may run
-- anywhere.
function tasks_methods:drop(scope)
  if not scope.cancelled then
    self.dropped[#self.dropped + 1] = scope
  end
end

--- Whether a task's scope has a bound, how many seconds are left of it.
function tasks_methods:time_left()
  local task = running_task(self)
  local deadline = task and task.deadline
  return deadline and deadline - self.clock.monotonic()
end

--- Whether the task that runs now was cancelled. One that doesn't end although
-- its calls fail is left where it stands.
function tasks_methods:is_cancelled()
  local task = running_task(self)
  if not (task and task.cancelled) then
    return false
  end
  task.tries = (task.tries or 0) + 1
  if task.tries > most_tries and present_task(self) then
    task.abandoned = true
    task_of.finish(self, task, false, "the task was cancelled")
    coroutine.yield()
  elseif task.tries > most_tries then
    error("the task was cancelled", 0)
  end
  return true
end

-- ---- waiting --------------------------------------------------------------

--- Runs the others until something happens.
local function pump(self, is_over, seconds)
  if steps.is_still(self) then
    steps.look_again(self)
    if is_over() then
      return
    elseif not seconds and steps.is_still(self) then
      error("this would wait for ever: nothing is in flight", 0)
    end
  end
  self:step(seconds)
end

--- Waits until is_over() holds or the clock shows `at`, inside a task or
-- outside; a task that is cancelled doesn't wait. Who makes is_over() hold
-- wakes the `waiters`.
local function wait(self, waiters, is_over, at)
  local task, running = present_task(self), running_task(self)
  while not is_over() and not (running and running.cancelled) do
    local left = at and at - self.clock.monotonic()
    if left and left <= 0 then
      return
    elseif task then
      waiters[#waiters + 1] = task
      self.sleeping[task] = at
      self.turns = self.turns + 1
      task.turn = self.turns
      suspend(self, task)
      self.sleeping[task] = nil
    else
      pump(self, is_over, left)
    end
  end
end

--- Waits until is_over() holds. Who makes it hold calls wake(waiters).
function tasks_methods:wait_until(waiters, is_over)
  wait(self, waiters, is_over)
end

--- Lets those look again who are in a list of waiters.
function tasks_methods:wake(waiters)
  wake_all(self, waiters)
end

--- Tells how a transfer got on. What that raises ends the transfer.
local function report(self, transfer, progress)
  local ok, message = pcall(progress, transfer:facts())
  if not ok then
    self.waiting[transfer], self.watched[transfer] = nil, nil
    transfer:cancel()
    error(message, 0)
  end
end

--- Waits for a transfer. Returns what its response() gives. `progress` is
-- called with the transfer's facts now and then, and at its end.
function tasks_methods:await(transfer, progress)
  local response, message, kind, sent = transfer:response()
  if response or message then
    return response, message, kind, sent
  end
  local task, running = present_task(self), self.running
  self.waiting[transfer] = task or false
  self.watched[transfer] = progress and (task or false)
  if running then
    running.transfer = transfer
  end
  while not response and not message do
    if task then
      suspend(self, task)
    else
      self:step()
    end
    if progress then
      report(self, transfer, progress)
    end
    response, message, kind, sent = transfer:response()
  end
  self.waiting[transfer], self.watched[transfer] = nil, nil
  if running then
    running.transfer = nil
  end
  return response, message, kind, sent
end

--- Waits for a task's end, at most `seconds` (nil: as long as it takes).
-- Returns whether it has come.
function tasks_methods:wait(task, seconds)
  if task.done then
    return true
  elseif not task.thread then
    task_of.run_inside(self, task)
    return true
  elseif present_task(self) == task then
    error("a task can't wait for itself", 0)
  end
  wait(self, task.waiters, function() return task.done end,
    seconds and self.clock.monotonic() + seconds)
  return task.done == true
end

--- Waits for a task. Returns what its function returned, or raises what it
-- raised.
function tasks_methods:join(task)
  if not self:wait(task) then
    error("the task was cancelled", 0)
  elseif task.failed then
    error(task.results[1], 0)
  end
  return unpack(task.results, 1, task.results.n)
end

local function never()
  return false
end

--- Waits `seconds`, or until is_over() holds (nil: never); the other tasks go
-- on.
function tasks_methods:sleep(seconds, is_over)
  wait(self, {}, function()
    return self.closed or (is_over or never)()
  end, self.clock.monotonic() + seconds)
end

-- ---- sessions -------------------------------------------------------------

--- Another session makes use of this.
function tasks_methods:share()
  self.users = self.users + 1
  return self
end

--- Cancels transfers, a set, and lets everybody who sleeps look why.
function tasks_methods:give_up(transfers)
  task_of.let_go(self)
  for transfer in pairs(transfers) do
    local waiter = self.waiting[transfer]
    self.waiting[transfer] = nil
    transfer:cancel()
    if waiter then
      wake(self, waiter)
    end
  end
  for task in pairs(self.sleeping) do
    wake(self, task)
  end
  self:run_ready()
  task_of.tell_loop(self)
end

--- A session is closed: cancels its transfers; with the last one, everything.
function tasks_methods:leave(transfers)
  self.users = self.users - 1
  if self.users <= 0 then
    self:close()
  else
    self:give_up(transfers)
  end
end

--- Cancels what is in flight: who waits for it goes on with an error.
function tasks_methods:close()
  if self.closed then
    return
  end
  self.closed = true
  task_of.let_go(self)
  if self.http then
    self.http:close()
  end
  self.http = nil
  local waiting = self.waiting
  self.waiting = {}
  for _, task in pairs(waiting) do
    if task then
      wake(self, task)
    end
  end
  self:give_up({})
end

--- A scheduler. `clock` has monotonic() and sleep(seconds); `loop` is
-- somebody else's, as in rackspace.loop.*; `has_lent` says that a host's own
-- transport sends, which may wait by yielding.
local function new(clock, loop, has_lent)
  return setmetatable({
    clock = clock, loop = loop or false, has_lent = has_lent or false,
    inside = setmetatable({}, { __mode = "k" }), -- tasks in hosts' coroutines
    living = {}, waiting = {}, watched = {},
    sleeping = {}, ready = { first = 1, last = 0 }, held = {}, dropped = {},
    depth = 0, turns = 0, users = 1, closed = false, is_stepping = false,
    problem = false,
  }, tasks_mt)
end

return { new = new, prepare = task_of.prepare }
