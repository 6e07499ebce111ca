--- steps_spec.lua - how a scheduler's tasks go on
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")
local tasks = require("rackspace.task.tasks")

describe("a step", function()
  local clock, scheduler

  before_each(function()
    clock = stub.clock(0)
    scheduler = tasks.new(clock)
  end)

  it("waits no longer than to the first sleeper's time", function()
    scheduler:spawn(function() scheduler:sleep(3) end)
    scheduler:step(10)
    assert.equal(3, clock.now)
    scheduler:step(2)
    assert.equal(3, clock.now) -- the sleeper went on: somebody may wait for it
    scheduler:step(2)
    assert.equal(5, clock.now)
  end)

  it("wakes sleepers in the order of their times, then of their coming", function()
    local order = {}
    for i, seconds in ipairs{ 2, 1, 2, 1, 2 } do
      scheduler:spawn(function()
        scheduler:sleep(seconds)
        order[#order + 1] = i
      end)
    end
    clock.now = 5
    scheduler:step(0)
    assert.same({ 2, 4, 1, 3, 5 }, order)
  end)

  it("cancels what was dropped", function()
    local scope, ended = scheduler:scope(), nil
    scheduler:start(tasks.prepare(function()
      scheduler:sleep(5)
      ended = clock.now
    end), scope)
    scheduler:drop(scope)
    assert.is_nil(ended)
    scheduler:step(0)
    assert.equal(0, ended)
  end)
end)

describe("a scheduler on a loop that isn't ours", function()
  it("tells what to watch, and goes on when it is told to", function()
    local clock = stub.clock(0)
    local scheduler = tasks.new(clock)
    local fds, seconds = scheduler:fds()
    assert.same({}, fds)
    assert.is_nil(seconds)
    local ended
    scheduler:spawn(function()
      scheduler:sleep(3)
      ended = true
    end)
    fds, seconds = scheduler:fds()
    assert.same({}, fds)
    assert.equal(3, seconds)
    clock.now = 2
    scheduler:advance()
    assert.is_nil(ended)
    clock.now = 3
    scheduler:advance()
    assert.is_true(ended)
    assert.is_nil((select(2, scheduler:fds())))
    assert.equal(0, clock.slept)
  end)
end)
