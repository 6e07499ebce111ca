--- tasks.lua - coroutines that wait for transfers, on one thread
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local unpack = table.unpack or unpack -- luacheck: ignore 143

--- Code that waits inside a task yields to the others; code outside of any
-- task pumps: it runs the tasks until what it waits for has come.
local tasks_methods = {}
local tasks_mt = { __name = "rackspace.tasks", __index = tasks_methods }

-- The longest sleep of one poll, so that a clock set by hand is seen.
local longest_poll = 60
-- And while somebody watches how a transfer gets on.
local longest_watch = 0.1

--- The client, made with the first transfer.
function tasks_methods:client()
  if self.closed then
    return nil, "the session is closed"
  elseif self.http and self.http:is_inherited() then
    return nil, "the session belongs to the process that made it: " ..
      "after a fork() make another"
  end
  if not self.http then
    local message
    self.http, message = core.client()
    if not self.http then
      return nil, message
    end
  end
  return self.http
end

--- The task that runs now; nil outside of any.
local function present_task(self)
  local task = self.running
  if task and coroutine.running() == task.thread then
    return task
  end
end

local none = { n = 0 }

-- What a task gave whose results there was no memory to keep.
local lost = { n = 1, "not enough memory" }

local function finish(self, task, ok, ...)
  task.done, task.failed, task.results = true, true, lost
  self.living[task] = nil
  for _, waiter in ipairs(task.waiters) do
    self.ready[#self.ready + 1] = waiter
  end
  task.results = { n = select("#", ...), ... }
  task.failed = not ok
end

local function settle(self, task, before, ok, ...)
  self.running, task.arguments = before, none
  if not ok or coroutine.status(task.thread) == "dead" then
    finish(self, task, ok, ...)
  end
end

local function resume(self, task)
  if coroutine.status(task.thread) ~= "suspended" then
    return -- what woke it came too late
  end
  local before, arguments = self.running, task.arguments
  self.running = task
  settle(self, task, before,
    coroutine.resume(task.thread, unpack(arguments, 1, arguments.n)))
end

--- A task that is to call fn(...), not started yet.
local function prepare(fn, ...)
  return { thread = coroutine.create(fn), fn = fn, waiters = {},
    arguments = { n = select("#", ...), ... },
    done = false, failed = false, results = lost,
    yielded = false }
end

--- Whether a host's own coroutine runs, in which a transport that it lent may
-- yield to it. No coroutine of ours may stand between the two.
local function is_guest(self)
  local thread, is_main = coroutine.running()
  return self.is_lent and thread ~= nil and not is_main and
    not present_task(self)
end

--- Starts a task that was prepared: it runs up to where it first waits. In a
-- host's coroutine it runs when it is waited for, in that coroutine.
function tasks_methods:start(task)
  if is_guest(self) then
    task.lent = true
    return task
  end
  task.done, task.failed = true, true -- should there be no memory for it
  self.living[task] = true
  task.done, task.failed = false, false
  resume(self, task)
  return task
end

--- Starts a task: fn(...) runs at once, up to where it first waits.
function tasks_methods:spawn(fn, ...)
  return self:start(prepare(fn, ...))
end

local function run_ready(self)
  while self.ready[1] do
    local ready = self.ready
    self.ready = {}
    for _, task in ipairs(ready) do
      resume(self, task)
    end
  end
end

--- The seconds until the first sleeper is to be woken.
local function next_wake(self)
  local first
  for task, at in pairs(self.sleeping) do
    if not first or at < first then
      first = at
    end
    if at <= self.clock.monotonic() then
      self.sleeping[task] = nil
      self.ready[#self.ready + 1] = task
    end
  end
  return first and math.max(0, first - self.clock.monotonic()) or longest_poll
end

--- Who watches a transfer looks at it between polls.
local function wake_watchers(self)
  for _, task in pairs(self.watched) do
    if task then
      self.ready[#self.ready + 1] = task
    end
  end
end

--- Waits at most `seconds` for something to happen, and lets every task that
-- it concerns go on.
function tasks_methods:step(seconds)
  local timeout = math.min(seconds or longest_poll, next_wake(self),
    next(self.watched) and longest_watch or longest_poll)
  if self.ready[1] then
    timeout = 0 -- who waits for these tasks is to see what they did
    run_ready(self)
  end
  if self.http then
    for _, transfer in ipairs(self.http:poll(timeout)) do
      local waiter = self.waiting[transfer]
      self.waiting[transfer] = nil
      if waiter then
        self.ready[#self.ready + 1] = waiter
      end
    end
  else
    self.clock.sleep(timeout)
  end
  wake_watchers(self)
  run_ready(self)
end

--- Whether nothing can happen any more by itself.
local function is_stuck(self)
  return not self.ready[1] and next(self.sleeping) == nil and
    (not self.http or self.http:running() == 0)
end

--- An error that has nothing to do with what runs (an interrupt, the end of
-- memory) may have come between a transfer's end and the task that waits for
-- it, or between a task and its beginning: then all look again.
local function look_again(self)
  self:step(0)
  for task in pairs(self.living) do
    if coroutine.status(task.thread) == "dead" then
      finish(self, task, false, lost[1])
    elseif task.yielded or task.arguments ~= none then
      self.ready[#self.ready + 1] = task
    end
  end
  run_ready(self)
end

local function pump(self, is_over, seconds)
  if is_stuck(self) then
    look_again(self)
    if is_over() then
      return
    elseif not seconds and is_stuck(self) then
      error("this would wait for ever: nothing is in flight", 0)
    end
  end
  self:step(seconds)
end

--- Lets the others go on. A script's own yield inside a task is not known here,
-- and not answered.
local function yield(task)
  task.yielded = true
  coroutine.yield()
  task.yielded = false
end

--- Waits until is_over() holds or the clock shows `at`, inside a task or
-- outside.
local function wait(self, is_over, at)
  local task = present_task(self)
  while not is_over() do
    local left = at and at - self.clock.monotonic()
    if left and left <= 0 then
      return
    elseif task then
      self.sleeping[task] = at
      yield(task)
      self.sleeping[task] = nil
    else
      pump(self, is_over, left)
    end
  end
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
  local task = present_task(self)
  self.waiting[transfer] = task or false
  self.watched[transfer] = progress and (task or false)
  while not response and not message do
    if task then
      yield(task)
    else
      self:step()
    end
    if progress then
      report(self, transfer, progress)
    end
    response, message, kind, sent = transfer:response()
  end
  self.waiting[transfer], self.watched[transfer] = nil, nil
  return response, message, kind, sent
end

--- Waits for a task's end, at most `seconds` (nil: as long as it takes).
-- Returns whether it has come.
function tasks_methods:wait(task, seconds)
  local waiter = present_task(self)
  if task.done then
    return true
  elseif task.lent then
    finish(self, task, true, task.fn(unpack(task.arguments, 1,
      task.arguments.n)))
    return true
  elseif waiter == task then
    error("a task can't wait for itself", 0)
  elseif waiter then
    table.insert(task.waiters, waiter)
  end
  wait(self, function() return task.done end,
    seconds and self.clock.monotonic() + seconds)
  return task.done == true
end

--- Waits for a task. Returns what its function returned, or raises what it
-- raised.
function tasks_methods:join(task)
  self:wait(task)
  if task.failed then
    error(task.results[1], 0)
  end
  return unpack(task.results, 1, task.results.n)
end

--- Waits `seconds`, or to the session's end; the other tasks go on.
function tasks_methods:sleep(seconds)
  wait(self, function() return self.closed end,
    self.clock.monotonic() + seconds)
end

--- Cancels what is in flight: who waits for it goes on with an error.
function tasks_methods:close()
  if self.closed then
    return
  end
  self.closed = true
  if self.http then
    self.http:close()
  end
  local waiting, sleeping = self.waiting, self.sleeping
  self.waiting, self.sleeping = {}, {}
  for _, task in pairs(waiting) do
    if task then
      self.ready[#self.ready + 1] = task
    end
  end
  for task in pairs(sleeping) do
    self.ready[#self.ready + 1] = task
  end
  self.http = nil
  run_ready(self)
end

--- A scheduler. `clock` has monotonic() and sleep(seconds). `is_lent` says
-- that a host's transport sends, which may wait by yielding.
local function new(clock, is_lent)
  return setmetatable({
    clock = clock, is_lent = is_lent or false, living = {}, waiting = {},
    watched = {}, sleeping = {}, ready = {},
  }, tasks_mt)
end

return { new = new, prepare = prepare }
