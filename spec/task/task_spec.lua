--- task_spec.lua - one coroutine's life among others
-- SPDX-License-Identifier: MIT
local scheduler_of = require("rackspace.task.scheduler")
local stub = require("spec.support.stub")
local task_of = require("rackspace.task.task")

describe("a task's family", function()
  local clock, scheduler

  before_each(function()
    clock = stub.clock(0)
    scheduler = scheduler_of.new(clock)
  end)

  local function sleep(seconds, seen)
    return scheduler:spawn(function()
      scheduler:sleep(seconds)
      seen[#seen + 1] = clock.now
    end)
  end

  it("ends with it: what it started is cancelled", function()
    local seen, inner = {}, nil
    local outer = scheduler:spawn(function()
      inner = sleep(5, seen)
      scheduler:sleep(1)
    end)
    scheduler:join(outer)
    scheduler:sleep(0)
    scheduler:step(0)
    assert.is_true(inner.done)
    assert.same({ 1 }, seen)
    assert.is_nil(next(scheduler.living))
  end)

  it("does not hold what was started for everybody", function()
    local seen, shared = {}, nil
    scheduler:join(scheduler:spawn(function()
      shared = task_of.new(function()
        scheduler:sleep(5)
        seen[1] = clock.now
      end)
      scheduler:start(shared)
    end))
    scheduler:join(shared)
    assert.same({ 5 }, seen)
  end)

  it("takes over its deadline, or a nearer one", function()
    local lefts = {}
    local function note()
      lefts[#lefts + 1] = scheduler:time_left()
    end
    local scope = scheduler:scope(10)
    scheduler:start(task_of.new(function()
      note()
      scheduler:spawn(note)
      for _, seconds in ipairs{ 4, 40 } do
        scheduler:start(task_of.new(note), scheduler:scope(seconds))
      end
    end), scope)
    assert.same({ 10, 10, 4, 10 }, lefts)
    assert.is_nil(scheduler:time_left())
  end)

  it("is cancelled with it, whatever it does", function()
    local seen, scope = {}, scheduler:scope()
    local function start(fn)
      return scheduler:start(task_of.new(fn), scope)
    end
    local waited = start(function()
      scheduler:sleep(9)
      seen[#seen + 1] = "slept"
    end)
    start(function()
      scheduler:wait(waited)
      seen[#seen + 1] = "waited"
    end)
    start(function()
      scheduler:spawn(function()
        scheduler:sleep(9)
        seen[#seen + 1] = "inner"
      end)
      scheduler:sleep(9)
      seen[#seen + 1] = "outer"
    end)
    scheduler:cancel(scope)
    table.sort(seen)
    assert.same({ "inner", "outer", "slept", "waited" }, seen)
    assert.equal(0, clock.slept)
    assert.is_nil(next(scheduler.living))
    scheduler:cancel(scope)
  end)

  it("is born cancelled in a scope that is", function()
    local scope, cancelled = scheduler:scope(), nil
    scheduler:cancel(scope)
    scheduler:start(task_of.new(function()
      scheduler:sleep(5)
      cancelled = scheduler:is_cancelled()
    end), scope)
    assert.is_true(cancelled)
    assert.equal(0, clock.slept)
  end)
end)
