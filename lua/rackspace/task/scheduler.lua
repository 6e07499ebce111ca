--- scheduler.lua - runs tasks that wait for transfers, on one thread
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local task_of = require("rackspace.task.task")

local unpack = table.unpack or unpack -- luacheck: ignore 143
local tell_loop = task_of.tell_loop
local wake, wake_all = task_of.wake, task_of.wake_all

-- Seconds: the longest wait of one step, so that a clock that is set by hand is
-- seen; and the longest one while the progress of a transfer is reported.
local longest_wait, longest_watch = 60, 0.1

-- Seconds that an external loop waits for transfers to proceed, and again for
-- the tasks that go on; what is left waits for the loop's next turn.
local longest_turn = 0.005

-- How often a cancelled task may try to make a call before it is stopped.
local most_refusals = 100

--- Code that waits inside a task yields to the other tasks. Code outside of any
-- task, or where it can't yield, runs the scheduler's steps until what it waits
-- for is there. On an external loop, a coroutine of that loop is a guest, which
-- yields to the loop.
local scheduler_methods = {}
local scheduler_mt = { __name = "rackspace.scheduler",
  __index = scheduler_methods }

-- ---- steps ------------------------------------------------------------------

--- Whether a task may run on top of those that run the scheduler now. When
-- these are nested too deeply, only a task without a parent may, which serves
-- all others, and one that the topmost waits for.
local function may_run(scheduler, task)
  local top = scheduler.running
  if scheduler.depth < task_of.deepest or not task.parent then
    return true
  end
  while task and task ~= top do
    task = task.parent
  end
  return task ~= false
end

--- Whether a turn that ends at a time (nil: never) is over once a task has run.
local function is_turn_over(scheduler, ends, task)
  return ends and (scheduler.clock.monotonic() >= ends or
    task.wake and scheduler.loop.resumes_later)
end

--- Runs the tasks that are ready now, up to a time (nil: all of them). Returns
-- whether there were any.
function scheduler_methods:run_ready(ends)
  local ready = self.ready
  local last, has_run, task = ready.last, false, nil
  while ready.first <= last and not (task and is_turn_over(self, ends, task)) do
    task = ready[ready.first]
    ready[ready.first] = nil
    ready.first = ready.first + 1
    if task.wake then
      task_of.resume_guest(self, task)
      has_run = true
    elseif may_run(self, task) then
      task_of.resume(self, task)
      has_run = true
    else
      self.held[#self.held + 1] = task
    end
  end
  return has_run
end

--- Wakes sleepers whose time has come, in the order of their times and, of the
-- same time, in that in which they went to sleep.
local function wake_due(scheduler, due)
  local sleeping = scheduler.sleeping
  table.sort(due, function(a, b)
    if sleeping[a] ~= sleeping[b] then
      return sleeping[a] < sleeping[b]
    end
    return a.turn < b.turn
  end)
  for _, task in ipairs(due) do
    sleeping[task] = nil
    wake(scheduler, task)
  end
end

--- Cancels what finalizers have dropped, and wakes the sleepers whose time has
-- come. Returns the seconds that may pass until the next step.
local function begin_step(scheduler)
  local dropped, sleeping = scheduler.dropped, scheduler.sleeping
  while dropped[1] do
    local scope = table.remove(dropped)
    task_of.leave(scope)
    task_of.cancel(scheduler, scope)
  end
  local seconds = next(scheduler.watched) and longest_watch or longest_wait
  if next(sleeping) == nil then
    return seconds
  end
  local now, due = scheduler.clock.monotonic(), {}
  for task, at in pairs(sleeping) do
    seconds = math.min(seconds, at - now)
    if at <= now then
      due[#due + 1] = task
    end
  end
  wake_due(scheduler, due)
  return math.max(0, seconds)
end

--- Runs the tasks that wait for transfers that have ended, those that report
-- progress, and those that are ready, up to a time (nil: all of them).
local function end_step(scheduler, transfers, ends)
  local waiting = scheduler.waiting
  for i = 1, #transfers do
    local waiter = waiting[transfers[i]]
    waiting[transfers[i]] = nil
    if waiter then
      wake(scheduler, waiter)
    end
  end
  for _, task in pairs(scheduler.watched) do
    if task then
      wake(scheduler, task)
    end
  end
  if scheduler.ready.first <= scheduler.ready.last then
    scheduler:run_ready(ends)
  end
  scheduler.is_stepping, scheduler.turn_ends = false, false
  if scheduler.loop then
    tell_loop(scheduler)
  end
  local problem = scheduler.problem
  if problem then
    scheduler.problem = false
    error(problem[1], 0)
  end
end

local no_transfers = {}

--- Waits at most `seconds` (nil: 60) for something to happen, and runs the
-- tasks that it concerns.
function scheduler_methods:step(seconds)
  local ready = self.ready
  local timeout = begin_step(self)
  if seconds and seconds < timeout then
    timeout = seconds
  end
  self.is_stepping = true
  if ready.first <= ready.last and self:run_ready() then
    timeout = 0 -- for whoever waits for these tasks
  end
  local http, clock = self.http, self.clock
  -- With nothing in flight, a clock of the script's own tells how time passes.
  if http and (clock.sleep == core.sleep or http:running() > 0) then
    return end_step(self, http:poll(timeout))
  end
  clock.sleep(timeout)
  return end_step(self, no_transfers)
end

--- Whether a task or a guest waits, not only code that runs the steps itself.
local function has_waiters(scheduler)
  if next(scheduler.sleeping) ~= nil then
    return true
  end
  for _, waiter in pairs(scheduler.waiting) do
    if waiter then
      return true
    end
  end
  return false
end

--- For an external loop: returns the seconds until advance() is to be called
-- (nil: nothing is in flight), and the descriptor that it is also to be called
-- for, when that can be read (nil: there is none).
function scheduler_methods:next_turn()
  local seconds = begin_step(self)
  local is_ready = self.ready.first <= self.ready.last
  if not is_ready and not has_waiters(self) then
    return nil
  end
  local timeout = is_ready and 0 or self.http and self.http:timeout()
  return math.min(seconds, timeout or seconds),
    self.http and self.keeper.pollset:fd() or nil
end

--- For an external loop: goes on without waiting. Where much is ready it stops
-- soon, so that the loop takes its turn.
function scheduler_methods:advance()
  begin_step(self)
  self.is_stepping = true
  local transfers = self.http and self.http:step(longest_turn) or no_transfers
  self.turn_ends = self.clock.monotonic() + longest_turn
  end_step(self, transfers, self.turn_ends)
end

--- For an external loop that watches no descriptor now: closes it, when the
-- scheduler is closed.
function scheduler_methods:release()
  if self.closed and self.keeper.pollset then
    self.keeper.pollset:close()
    self.keeper.pollset = false
  end
end

--- Lets an external loop take its turn, where calls have been begun for as long
-- as they may. Whoever begins a call calls this.
function scheduler_methods:give_way()
  if not self.keeper then
    return
  end
  local now = self.clock.monotonic()
  self.turn_ends = self.turn_ends or now + longest_turn
  local task = now >= self.turn_ends and task_of.present(self)
  if task then
    wake(self, task)
    task_of.suspend(self, task)
  end
end

-- ---- tasks ------------------------------------------------------------------

--- Starts a task that was made by task.new: it runs up to where it first waits.
-- It ends no later than its parent, a task or a scope. In a host's coroutine it
-- is run by the first who waits for it.
function scheduler_methods:start(task, parent)
  if task_of.is_lent(self) then
    task_of.belong(task, parent)
    task.thread, task.done, task.failed = false, false, false
    return task
  end
  task_of.belong(task, parent)
  self.living[task] = true
  task.done, task.failed = false, false
  task_of.resume(self, task)
  return task
end

--- Starts a task that runs fn(...) and belongs to the task that runs now.
-- Returns it.
function scheduler_methods:spawn(fn, ...)
  return self:start(task_of.new(fn, ...), self:current())
end

--- Resumes a task at once, so that it checks what it waits for.
function scheduler_methods:nudge(task)
  if task.thread then
    task_of.resume(self, task)
  end
end

--- Returns a scope to start tasks in. Their calls take no longer than `seconds`
-- together (nil: no bound).
function scheduler_methods:scope(seconds)
  local parent = self:current()
  local deadline = seconds and self.clock.monotonic() + seconds or false
  local bound = parent and parent.deadline
  if deadline and bound then
    deadline = math.min(deadline, bound)
  end
  local scope = task_of.scope(deadline)
  task_of.belong(scope, parent)
  return scope
end

--- Cancels a scope, and runs its tasks so that they end.
function scheduler_methods:cancel(scope)
  task_of.leave(scope)
  if not scope.cancelled or next(scope.children) then
    task_of.cancel(self, scope)
    self:run_ready()
    tell_loop(self)
  end
end

--- Cancels a scope in the next step. Finalizers call this, since they may run
-- anywhere.
function scheduler_methods:drop(scope)
  if not scope.cancelled then
    self.dropped[#self.dropped + 1] = scope
  end
end

--- Returns the task that runs now, whether it can yield or not, or nil.
function scheduler_methods:current()
  return self.running or self.inside[coroutine.running() or self]
end

--- Returns the seconds until the deadline of the task that runs now, or nil
-- where it has none.
function scheduler_methods:time_left()
  local task = self:current()
  return task and task.deadline and
    task.deadline - self.clock.monotonic() or nil
end

--- Whether the task that runs now is cancelled. A task that goes on although
-- its calls fail is suspended for good in the end.
function scheduler_methods:is_cancelled()
  local task = self:current()
  if not (task and task.cancelled) then
    return false
  end
  task.refusals = task.refusals + 1
  if task.refusals > most_refusals and task_of.present(self) then
    task_of.finish(self, task, false, "the task was cancelled")
    coroutine.yield()
  elseif task.refusals > most_refusals then
    error("the task was cancelled", 0)
  end
  return true
end

-- ---- waiting ----------------------------------------------------------------

--- Whether nothing is in flight, whoever waits for it.
local function is_still(scheduler)
  return scheduler.ready.first > scheduler.ready.last and
    next(scheduler.sleeping) == nil and
    (not scheduler.http or scheduler.http:running() == 0)
end

--- Wakes all tasks that wait. An interrupt or the end of memory may have come
-- between the end of a transfer and the task that waits for it, or between a
-- task's creation and its first run.
local function wake_living(scheduler)
  scheduler:step(0)
  for task in pairs(scheduler.living) do
    if coroutine.status(task.thread) == "dead" then
      task_of.give_up(scheduler, task)
    elseif task_of.is_waiting(task) then
      wake(scheduler, task)
    end
  end
  scheduler:run_ready()
end

--- Runs a step for code that can't yield and waits until is_over() holds.
local function pump(scheduler, is_over, seconds)
  if is_still(scheduler) then
    wake_living(scheduler)
    if is_over() then
      return
    elseif not seconds and is_still(scheduler) then
      error("this would wait for ever: nothing is in flight", 0)
    end
  end
  scheduler:step(seconds)
end

--- Waits until is_over() holds, the clock reaches `at` (nil: never) or the task
-- is cancelled. Code that makes is_over() hold wakes the `waiters`.
local function wait(scheduler, waiters, is_over, at)
  local task, running = task_of.present(scheduler), scheduler:current()
  while not is_over() and not (running and running.cancelled) do
    local left = at and at - scheduler.clock.monotonic()
    if left and left <= 0 then
      return
    elseif task then
      waiters[#waiters + 1] = task
      scheduler.sleeping[task] = at
      scheduler.turns = scheduler.turns + 1
      task.turn = scheduler.turns
      task_of.suspend(scheduler, task)
      scheduler.sleeping[task] = nil
    else
      pump(scheduler, is_over, left)
    end
  end
end

--- Waits until is_over() holds. Code that makes it hold calls wake(waiters).
function scheduler_methods:wait_until(waiters, is_over)
  wait(self, waiters, is_over)
end

--- Wakes a list of waiters.
function scheduler_methods:wake(waiters)
  wake_all(self, waiters)
end

--- Reports how far a transfer is. An error that `progress` raises ends it.
local function report(scheduler, transfer, progress)
  local ok, message = pcall(progress, transfer:facts())
  if not ok then
    scheduler.waiting[transfer], scheduler.watched[transfer] = nil, nil
    transfer:cancel()
    error(message, 0)
  end
end

--- Waits for a transfer, and returns what its response() does. `progress`, if
-- given, is called with the transfer's facts now and then, and at its end.
function scheduler_methods:await(transfer, progress)
  local response, message, kind, sent = transfer:response()
  if response or message then
    return response, message, kind, sent
  end
  local task, running = task_of.present(self), self.running
  self.waiting[transfer] = task or false
  self.watched[transfer] = progress and (task or false)
  if running then
    running.transfer = transfer
  end
  while not response and not message do
    if task then
      task_of.suspend(self, task)
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
    running.transfer = false
  end
  return response, message, kind, sent
end

--- Waits for the end of a task, at most `seconds` (nil: no bound). Returns
-- whether it has ended.
function scheduler_methods:wait(task, seconds)
  if task.done then
    return true
  elseif not task.thread then
    task_of.run_inside(self, task)
    return true
  elseif task_of.present(self) == task then
    error("a task can't wait for itself", 0)
  end
  wait(self, task.waiters, function() return task.done end,
    seconds and self.clock.monotonic() + seconds)
  return task.done
end

--- Waits for a task. Returns what its function returned, or raises what it
-- raised.
function scheduler_methods:join(task)
  if not self:wait(task) then
    error("the task was cancelled", 0)
  elseif task.failed then
    error(task.results[1], 0)
  end
  return unpack(task.results, 1, task.results.n)
end

--- Waits `seconds`, or until is_over() holds (nil: never) or the scheduler is
-- closed. Other tasks go on.
function scheduler_methods:sleep(seconds, is_over)
  wait(self, {}, function()
    return self.closed or is_over and is_over()
  end, self.clock.monotonic() + seconds)
end

-- ---- sessions ---------------------------------------------------------------

--- Returns a client, with the pollset of what watches it; or nil and a message.
local function make_client(keeper)
  if not keeper then
    return core.client()
  end
  local pollset, message = keeper.pollset, nil
  if not pollset then
    pollset, message = core.pollset()
    keeper.pollset = pollset or false
  end
  if not pollset then
    return nil, message
  end
  return core.client(pollset)
end

--- Returns the client, which is made for the first transfer, to start a
-- transfer with; or nil and a message.
function scheduler_methods:client()
  if self.closed then
    return nil, "the session is closed"
  elseif self.http and self.http:is_inherited() then
    return nil, "the session belongs to the process that made it: " ..
      "after a fork() make another"
  elseif not self.http then
    local http, message = make_client(self.keeper)
    if not http then
      return nil, message
    end
    self.http = http
  end
  return self.http
end

--- Counts another session that uses this scheduler. Returns the scheduler.
function scheduler_methods:share()
  self.users = self.users + 1
  return self
end

--- Cancels a set of transfers, and wakes all sleepers so that they see why.
local function cancel_transfers(scheduler, transfers)
  for transfer in pairs(transfers) do
    local waiter = scheduler.waiting[transfer]
    scheduler.waiting[transfer] = nil
    transfer:cancel()
    if waiter then
      wake(scheduler, waiter)
    end
  end
  for task in pairs(scheduler.sleeping) do
    wake(scheduler, task)
  end
  scheduler:run_ready()
  tell_loop(scheduler)
end

--- A session is closed: cancels its transfers, a set, or closes the scheduler
-- with the last session.
function scheduler_methods:leave(transfers)
  self.users = self.users - 1
  if self.users <= 0 then
    self:close()
  else
    cancel_transfers(self, transfers)
  end
end

--- Closes the client. Calls that are in flight fail with the kind "cancelled".
function scheduler_methods:close()
  if self.closed then
    return
  end
  self.closed = true
  if self.http then
    self.http:close()
  end
  self.http = false
  local waiting = self.waiting
  self.waiting = {}
  for _, task in pairs(waiting) do
    if task then
      wake(self, task)
    end
  end
  cancel_transfers(self, {})
end

--- Returns a scheduler. `clock` has monotonic() and sleep(seconds). `loop` is
-- an external loop, as in rackspace.loop.*. `has_lent` says that a host's own
-- transport sends the requests and may wait by yielding to the host.
local function new(clock, loop, has_lent)
  return setmetatable({
    clock = clock, -- table
    loop = loop or false, -- loop or false
    keeper = loop or false, -- loop, other table or false: its field `pollset`
    -- outlives the client
    has_lent = has_lent or false, -- boolean
    http = false, -- core client or false; made by client()
    closed = false, -- boolean
    users = 1, -- integer: sessions that share it
    running = false, -- task or false: the one that was resumed last
    depth = 0, -- integer: how many tasks that were resumed are nested
    living = {}, -- set of the tasks that have begun and not ended
    ready = { first = 1, last = 0 }, -- queue of tasks and guests to resume
    held = {}, -- list of tasks that wait until fewer are nested
    waiting = {}, -- { [transfer] = task, guest or false }
    watched = {}, -- the same, of those whose progress is reported
    sleeping = {}, -- { [task or guest] = when it is to be woken }
    turns = 0, -- integer: counts those that go to sleep
    dropped = {}, -- list of scopes to cancel in the next step
    inside = setmetatable({}, { __mode = "k" }), -- { [thread] = task }: tasks
    -- that run in a host's coroutines
    turn_ends = false, -- number or false: when a loop's turn is due
    is_stepping = false, -- boolean: a step runs, after which the loop is told
    problem = false, -- { error } or false: what a guest raised in this step
  }, scheduler_mt)
end

return { new = new }
