--- map.lua - one function for many items, many at once
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local iterator = require("rackspace.base.iterator")
local new_task = require("rackspace.task.task").new
local source_of = require("rackspace.many.source")
local types = require("rackspace.row.types")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local known_options = {
  { name = "concurrency", type = "integer", min = 1, default = 16 },
  { name = "deadline", type = "number", min = 0 },
  { name = "ordered", type = "boolean", default = false },
}

--- The results of a map, an iterator. Its tasks know only its `run`, so that an
-- iterator that is dropped before its end can be collected.
local results_methods = {}
local results_mt = { __name = "rackspace.results" }

iterator.refuse_list(results_mt, results_methods, function(self)
  return self.run.operation .. ": the results come as they are ready, and " ..
    "are no list: go over them by 'for item, result in results do'"
end)

-- ---- in tasks ---------------------------------------------------------------

local function wake(run)
  run.scheduler:wake(run.waiters)
end

--- Stops reading the source, and cancels what is in flight.
local function stop(run)
  run.has_ended = true
  run.scheduler:cancel(run.scope)
end

--- Keeps the results of an item's task, which has ended.
local function keep(run, task, item, position)
  if run.has_stopped then
    return
  elseif task.failed then
    run.has_stopped = true
    run.failure = { source_of.blame(task.results[1],
      run.name(item, position)) }
    stop(run)
  else
    run.count = run.count + 1
    local number = run.ordered and position or run.count
    run.finished[number], run.items[number] = task, item
    if run.is_last and run.is_last(unpack(task.results, 1, 2)) then
      run.has_stopped = true
      stop(run)
    end
  end
  wake(run)
end

--- Starts the task of an item. Returns it, or false at the end of the source.
local function take(run, item, ...)
  if item == nil then
    return false
  end
  local position = run.taken + 1
  run.taken = position
  local task = new_task(run.fn, item, ...)
  task.on_end = function() keep(run, task, item, position) end
  return run.scheduler:start(task, run.scope)
end

--- Reads the source as fast as results are used.
local function feed(run)
  local function has_room()
    return run.has_ended or run.taken - run.used < run.concurrency
  end
  repeat
    run.scheduler:wait_until({}, has_room)
  until run.has_ended or run.scope.cancelled or not take(run, run.read())
end

--- In a host's coroutine: runs the task of the next item to its end.
local function feed_one(run)
  local task = take(run, run.read())
  run.has_ended = not task
  if task then
    run.scheduler:wait(task)
  end
end

local function end_feeding(run, task)
  run.has_ended = true
  if task.failed and not run.failure then
    run.source_failure = { task.results[1] }
  end
  wake(run)
end

local function start_feeding(run)
  local task = new_task(feed, run)
  task.on_end = function() end_feeding(run, task) end
  run.feeder = task
  run.scheduler:start(task, run.scope)
end

-- ---- in the script ----------------------------------------------------------

local function close(run)
  if not run.is_closed then
    run.is_closed, run.has_stopped = true, true
    stop(run)
    wake(run)
  end
end

local function cancelled(run)
  return fault.new{ kind = "cancelled", operation = run.operation,
    text = "the task was cancelled" }
end

--- Waits for the next result. Returns its task and item, or nil at the end.
-- Raises what ended the map.
local function await(run)
  run.scheduler:wait_until(run.waiters, function()
    return run.finished[run.used + 1] or run.failure or run.is_closed or
      run.has_ended and run.taken == run.used
  end)
  local number = run.used + 1
  local task, item = run.finished[number], run.items[number]
  if task and not run.is_closed then
    run.finished[number], run.items[number] = nil, nil
    return task, item
  elseif run.is_closed then
    return nil
  end
  local is_over = run.has_ended and run.taken == run.used
  local is_cancelled = run.scope.cancelled or not is_over
  local failure = run.failure or is_over and run.source_failure
  close(run)
  if failure then
    error(failure[1], 0)
  elseif is_cancelled then
    error(cancelled(run), 0)
  end
end

--- Lets another item be started in place of the one whose result was used.
local function free_place(run)
  if run.is_in_use then
    run.is_in_use, run.used = false, run.used + 1
    run.scheduler:nudge(run.feeder)
  end
  if not run.feeder then
    start_feeding(run)
  end
  if not run.feeder.thread then
    feed_one(run)
  end
end

--- Returns the next item and what its function returned, or nil at the end.
function results_mt:__call()
  local run = self.run
  if run.is_closed then
    return nil
  end
  free_place(run)
  local task, item = await(run)
  if not task then
    return nil
  end
  run.is_in_use = true
  return item, unpack(task.results, 1, task.results.n)
end

function results_mt:__tostring()
  return ("results (%s%s)"):format(self.run.operation,
    self.run.is_closed and ", closed" or "")
end

--- Cancels what is in flight, and ends the iterator.
function results_methods:close()
  close(self.run)
end

results_mt.__close = results_methods.close

--- Cancels what is in flight. Tables have no finalizers before Lua 5.2.
function results_mt:__gc()
  self.run.scheduler:drop(self.run.scope)
end

local newproxy = rawget(_G, "newproxy")

local function add_finalizer(results)
  if newproxy then
    local run = results.run
    results.guard = newproxy(true)
    getmetatable(results.guard).__gc = function()
      run.scheduler:drop(run.scope)
    end
  end
  return results
end

-- ---- making -----------------------------------------------------------------

local option_texts = { unknown = "unknown option '%s'%s", wrong = "'%s' %s" }

--- Returns the options with their defaults, or nil and a problem.
local function check(given)
  if given ~= nil and type(given) ~= "table" then
    return nil, "the options must be a table, not a " .. type(given)
  end
  return types.check_fields(given or {}, known_options, {}, option_texts,
    types.defaults(known_options))
end

--- Returns an iterator over what fn(item) returns for each item that read()
-- returns. `options` also has: operation = its name; name = function(item,
-- position), for errors; is_last = function(value, message) -> whether that
-- result ends the map.
local function start(scheduler, read, fn, options)
  return add_finalizer(setmetatable({ run = {
    scheduler = scheduler, read = read, fn = fn,
    operation = options.operation, name = options.name,
    is_last = options.is_last, concurrency = options.concurrency,
    ordered = options.ordered,
    scope = scheduler:scope(options.deadline), -- of all its tasks
    feeder = false, -- task or false: reads the source
    waiters = {}, -- list: who waits for a result
    taken = 0, -- integer: items read from the source
    count = 0, -- integer: items whose task has ended
    used = 0, -- integer: results that the script is done with
    is_in_use = false, -- boolean: the script works on a result
    finished = {}, items = {}, -- tasks that have ended, and their items, by
    -- the numbers of the results
    has_ended = false, -- boolean: nothing more is read from the source
    has_stopped = false, -- boolean: no further result is kept
    is_closed = false, -- boolean
    failure = false, -- { error } or false: what ended the map
    source_failure = false, -- { error } or false: what the source raised
  } }, results_mt))
end

--- Returns the results of fn(item) for each item of a source, or nil and a
-- problem of the arguments.
local function new(scheduler, source, fn, given)
  local options, problem = check(given)
  local read, keys
  if options then
    read, keys = source_of.reader(source)
    problem = not read and keys or
      type(fn) ~= "function" and "takes a function, not a " .. type(fn)
  end
  if problem then
    return nil, problem
  end
  options.operation = "map"
  function options.name(item, position)
    return "map: " .. source_of.name(item, position, keys)
  end
  return start(scheduler, read, fn, options)
end

return { check = check, new = new, start = start }
