--- task.lua - the life of a task: its start, its family and its end
-- SPDX-License-Identifier: MIT
local yield = require("rackspace.task.yield")

local unpack = table.unpack or unpack -- luacheck: ignore 143
local may_yield, protected = yield.may_yield, yield.protected

local task_of = {}

-- How deeply tasks that run the scheduler themselves may be nested: each level
-- takes some of the C stack.
task_of.deepest = 16

-- The arguments of a task that has begun.
local none = { n = 0 }

-- The results of a task that ran out of memory, before it began or at its end.
local lost = { n = 1, "not enough memory" }

--- Returns a task that calls fn(...) once a scheduler starts it. Until then it
-- counts as one that ended for lack of memory.
function task_of.new(fn, ...)
  return {
    fn = fn, -- function: what it runs
    thread = coroutine.create(fn), -- thread, or false where it runs in the
    -- coroutine of a host that waits for it; set by the scheduler's start
    arguments = { n = select("#", ...), ... }, -- table: packed, for fn
    parent = false, -- task, scope or false: what it ends with; set by belong
    children = {}, -- set of tasks and scopes that end with it
    waiters = {}, -- list of tasks and guests to wake when it ends
    deadline = false, -- number or false: by the monotonic clock; set by belong
    transfer = false, -- transfer or false: what it waits for; set by await
    turn = 0, -- integer: its order among the sleepers; set by the scheduler
    yielded = false, -- boolean: it waits; set by the scheduler
    cancelled = false, -- boolean; set by cancel and belong
    refusals = 0, -- integer: calls it has tried since it was cancelled
    done = true, -- boolean: it has ended; set by start and finish
    failed = true, -- boolean: it raised an error; set by start and finish
    results = lost, -- table: packed, what fn returned or raised
    on_end = false, -- function() or false; set by its owner before the start
  }
end

--- Returns a scope: tasks that are started in it are cancelled together and
-- share its deadline (a number or false).
function task_of.scope(deadline)
  return { parent = false, children = {}, deadline = deadline,
    transfer = false, thread = false, cancelled = false }
end

--- Makes a task or a scope end with another one, and no later.
function task_of.belong(task, parent)
  if parent then
    task.parent, task.cancelled = parent, parent.cancelled
    task.deadline = task.deadline or parent.deadline
    parent.children[task] = true
  end
end

--- Removes a task or a scope that has ended from what it belongs to.
function task_of.leave(task)
  if task.parent then
    task.parent.children[task] = nil
  end
end

--- Lets a task or a guest run in the next step.
function task_of.wake(scheduler, task)
  local ready = scheduler.ready
  ready[ready.last + 1] = task -- first, for there may be no memory for it
  ready.last = ready.last + 1
end

--- Wakes a list of tasks and guests, and empties it.
function task_of.wake_all(scheduler, waiters)
  for i = 1, #waiters do
    task_of.wake(scheduler, waiters[i])
    waiters[i] = nil
  end
end

--- Returns the task or guest that can yield here, or nil. A guest has park(),
-- which yields to its loop until wake() is called, and the fields `turn` and
-- `yielded` of a task.
function task_of.present(scheduler)
  local task, thread, is_main = scheduler.running, coroutine.running()
  if task then
    return task.thread == thread and may_yield() and task or nil
  elseif scheduler.loop and thread and not is_main and may_yield() then
    return scheduler.loop:guest(thread)
  end
end

--- Tells an external loop that there is something else to watch.
function task_of.tell_loop(scheduler)
  if scheduler.loop and not scheduler.is_stepping then
    scheduler.loop:watch()
  end
end

--- Yields until the task or guest is woken. A script may also resume a task by
-- itself, which is not noticed here.
function task_of.suspend(scheduler, task)
  task_of.tell_loop(scheduler)
  task.yielded = true
  if task.park then
    task:park()
  else
    coroutine.yield()
  end
  task.yielded = false
end

--- Whether the caller stands in a host's coroutine, in which the transport that
-- the host has lent may yield to it. No coroutine of ours may be in between.
function task_of.is_lent(scheduler)
  local thread, is_main = coroutine.running()
  return scheduler.has_lent and thread and not is_main and
    not task_of.present(scheduler)
end

--- Cancels a task or a scope and all that belongs to it. What they wait for
-- fails with the kind "cancelled".
function task_of.cancel(scheduler, task)
  task.cancelled = true
  for child in pairs(task.children) do
    if not child.cancelled then
      task_of.cancel(scheduler, child)
    end
  end
  local transfer = task.transfer
  if transfer then
    transfer:cancel()
    scheduler.waiting[transfer] = nil
  end
  if task.thread then
    task_of.wake(scheduler, task)
  end
end

--- Ends a task with whether its function returned, and what it returned or
-- raised. Waiters are woken before the results are kept, for which there may
-- be no memory.
function task_of.finish(scheduler, task, ok, ...)
  task.done, task.failed, task.results = true, true, lost
  scheduler.living[task] = nil
  task_of.leave(task)
  for child in pairs(task.children) do
    task_of.cancel(scheduler, child)
  end
  task_of.wake_all(scheduler, task.waiters)
  task.results = { n = select("#", ...), ... }
  task.failed = not ok
  if task.on_end then
    task.on_end()
  end
end

--- Ends a task whose coroutine ended when there was no memory to notice it.
function task_of.give_up(scheduler, task)
  task_of.finish(scheduler, task, false, lost[1])
end

--- Whether a task may have missed what was to wake it.
function task_of.is_waiting(task)
  return task.yielded or task.arguments ~= none
end

local function settle(scheduler, task, before, ok, ...)
  scheduler.running, scheduler.depth = before, scheduler.depth - 1
  task.arguments = none
  if scheduler.held[1] and scheduler.depth < task_of.deepest then
    task_of.wake_all(scheduler, scheduler.held)
  end
  if not ok or coroutine.status(task.thread) == "dead" then
    task_of.finish(scheduler, task, ok, ...)
  end
end

--- Resumes a task, unless it has ended or runs already.
function task_of.resume(scheduler, task)
  if coroutine.status(task.thread) ~= "suspended" or task.done then
    return
  end
  local before, arguments = scheduler.running, task.arguments
  scheduler.running, scheduler.depth = task, scheduler.depth + 1
  settle(scheduler, task, before,
    coroutine.resume(task.thread, unpack(arguments, 1, arguments.n)))
end

--- Resumes a guest. What its coroutine raises is raised at the end of the
-- step.
function task_of.resume_guest(scheduler, guest)
  local before = scheduler.running
  scheduler.running, scheduler.sleeping[guest] = false, nil
  local ok, problem = guest:wake()
  scheduler.running = before
  if not ok then
    scheduler.problem = scheduler.problem or { problem }
  end
end

local function end_inside(scheduler, task, thread, before, ...)
  scheduler.inside[thread] = before
  task_of.finish(scheduler, task, ...)
end

--- Runs a task without a coroutine in that of the host, which may yield to the
-- host meanwhile.
function task_of.run_inside(scheduler, task)
  local thread, arguments = coroutine.running(), task.arguments
  local before = scheduler.inside[thread]
  end_inside(scheduler, task, thread, before, protected(function()
    scheduler.inside[coroutine.running()] = task
    return task.fn(unpack(arguments, 1, arguments.n))
  end))
end

return task_of
