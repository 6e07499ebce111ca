--- scheduler_spec.lua - tasks that wait for transfers, on one thread
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local peer = require("spec.support.peer")
local scheduler_of = require("rackspace.task.scheduler")
local stub = require("spec.support.stub")
local task_of = require("rackspace.task.task")

describe("a task", function()
  local clock, scheduler

  before_each(function()
    clock = stub.clock(0)
    scheduler = scheduler_of.new(clock)
  end)

  it("runs at once, up to where it first waits", function()
    local seen = {}
    local task = scheduler:spawn(function(a, b, c)
      seen[1] = { a, b, c }
      scheduler:sleep(1)
      seen[2] = clock.now
    end, 1, nil, 3)
    assert.same({ { 1, nil, 3 } }, seen)
    scheduler:join(task)
    assert.equal(1, seen[2])
  end)

  it("gives back what its function returned, nils too", function()
    local task = scheduler:spawn(function() return nil, 2, nil end)
    assert.equal(3, select("#", scheduler:join(task)))
    assert.equal(2, (select(2, scheduler:join(task))))
  end)

  it("raises where it is joined what its function raised", function()
    local problem = { kind = "server" }
    local task = scheduler:spawn(function()
      scheduler:sleep(1)
      error(problem)
    end)
    local ok, raised = pcall(scheduler.join, scheduler, task)
    assert.is_false(ok)
    assert.equal(problem, raised)
    assert.is_nil(next(scheduler.living))
  end)

  it("lets the others go on while it sleeps", function()
    local order = {}
    local function sleeper(name, seconds)
      return scheduler:spawn(function()
        scheduler:sleep(seconds)
        order[#order + 1] = name .. "@" .. clock.now
      end)
    end
    local slow, quick = sleeper("slow", 3), sleeper("quick", 1)
    scheduler:sleep(2)
    order[#order + 1] = "main@" .. clock.now
    scheduler:join(slow)
    scheduler:join(quick)
    assert.same({ "quick@1", "main@2", "slow@3" }, order)
  end)

  it("may wait for another, and be waited for by several", function()
    local first = scheduler:spawn(function()
      scheduler:sleep(5)
      return "done"
    end)
    local waiters = {}
    for i = 1, 3 do
      waiters[i] = scheduler:spawn(function() return scheduler:join(first) .. i end)
    end
    for i = 1, 3 do
      assert.equal("done" .. i, scheduler:join(waiters[i]))
    end
    assert.equal(5, clock.slept)
  end)

  it("that ends before anybody looks is seen at once", function()
    local first = task_of.new(function() return "early" end)
    scheduler:start(first)
    local waiter = scheduler:spawn(function() return scheduler:join(first) end)
    assert.equal("early", scheduler:join(waiter))
    assert.equal(0, clock.slept)
  end)

  it("that could not be started keeps nobody waiting", function()
    local first = task_of.new(function() return "never" end)
    assert.is_true(scheduler:wait(first))
    assert.has_error(function() scheduler:join(first) end, "not enough memory")
  end)

  it("is waited for as long as one says, outside of tasks and inside", function()
    local task = scheduler:spawn(function() scheduler:sleep(10) end)
    assert.is_false(scheduler:wait(task, 3))
    assert.equal(3, clock.now)
    local other = scheduler:spawn(function()
      local first = scheduler:wait(task, 2)
      return first, clock.now, scheduler:wait(task, 20), clock.now
    end)
    assert.same({ false, 5, true, 10 }, { scheduler:join(other) })
    assert.is_true(scheduler:wait(task, 1))
    assert.equal(10, clock.now)
    scheduler:sleep(30)
  end)

  it("can't wait for itself, nor for what never comes", function()
    local task
    task = scheduler:spawn(function()
      scheduler:sleep(1)
      scheduler:join(task)
    end)
    local ok, raised = pcall(scheduler.join, scheduler, task)
    assert.is_false(ok)
    assert.equal("a task can't wait for itself", raised)
    local stray = scheduler:spawn(function() coroutine.yield() end)
    ok, raised = pcall(scheduler.join, scheduler, stray)
    assert.is_false(ok)
    assert.equal("this would wait for ever: nothing is in flight", raised)
    assert.is_false(scheduler:wait(stray, 1))
  end)

  it("is none that a coroutine of the script's own is: that one just waits", function()
    local thread = coroutine.wrap(function()
      scheduler:sleep(2)
      return clock.now
    end)
    assert.equal(2, thread())
  end)

  it("may start others", function()
    local task = scheduler:spawn(function()
      local inner = scheduler:spawn(function()
        scheduler:sleep(1)
        return "inner"
      end)
      return scheduler:join(inner)
    end)
    assert.equal("inner", scheduler:join(task))
  end)
end)

describe("a scheduler", function()
  local scheduler

  before_each(function()
    scheduler = scheduler_of.new({ monotonic = core.monotonic, sleep = core.sleep })
  end)

  after_each(function()
    scheduler:close()
    child.close_all()
  end)

  -- A transfer, waited for.
  local function get(url)
    return scheduler:await(scheduler:client():start{ url = url, timeout = child.PATIENCE })
  end

  it("makes one client, when it is needed", function()
    assert.is_false(scheduler.http)
    assert.equal(scheduler:client(), scheduler:client())
  end)

  it("has many transfers in flight at once", function()
    local service = peer.start([[
      kept[count] = request
      if count < 5 then return nil end
      return reply(200, "last")]])
    local started = {}
    for i = 1, 5 do
      started[i] = scheduler:spawn(get, service.url .. "/" .. i)
    end
    assert.equal("last", scheduler:join(started[5]).body)
    assert.equal(5, #service:requests())
    assert.is_false(started[1].done)
  end)

  it("lets a sleeper go on while a transfer is in flight", function()
    local service = peer.start("return nil")
    local transfer = scheduler:spawn(get, service.url)
    local sleeper = scheduler:spawn(function() scheduler:sleep(0.05) end)
    scheduler:join(sleeper)
    assert.is_false(transfer.done)
  end)

  it("tells who watches how a transfer gets on, as long as it takes", function()
    local service, seen = peer.start("return nil"), 0
    local transfer = scheduler:client():start{ url = service.url, timeout = child.PATIENCE }
    local watching = scheduler:spawn(function()
      return scheduler:await(transfer, function(facts)
        assert(facts.downloaded == 0)
        seen = seen + 1
        return seen == 3 and transfer:cancel()
      end)
    end)
    local response, _, kind = scheduler:join(watching)
    assert.is_nil(response)
    assert.same({ "cancelled", 3 }, { kind, seen })
    assert.is_nil(next(scheduler.watched))
  end)

  it("gives up what is in flight when it is closed: each waiter goes on", function()
    local service = peer.start("return nil")
    local transfer = scheduler:spawn(get, service.url)
    local waiter = scheduler:spawn(function() return scheduler:join(transfer) end)
    child.wait_until(function()
      scheduler:step(0.01)
      return #service:requests() == 1
    end, "the request")
    scheduler:close()
    for _, task in ipairs{ transfer, waiter } do
      local response, message, kind = scheduler:join(task)
      assert.is_nil(response)
      assert.equal("cancelled", message)
      assert.equal("cancelled", kind)
    end
    assert.is_nil(next(scheduler.living))
    local client, message = scheduler:client()
    assert.is_nil(client)
    assert.equal("the session is closed", message)
    scheduler:close()
  end)

  it("is closed by a task while another waits", function()
    local service = peer.start("return nil")
    scheduler:spawn(function()
      scheduler:sleep(0.02)
      scheduler:close()
    end)
    local started = core.monotonic()
    local _, _, kind = get(service.url)
    assert.equal("cancelled", kind)
    assert.is_true(core.monotonic() - started < 10)
  end)
end)

describe("a step", function()
  local clock, scheduler

  before_each(function()
    clock = stub.clock(0)
    scheduler = scheduler_of.new(clock)
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
    scheduler:start(task_of.new(function()
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
    local scheduler = scheduler_of.new(clock)
    assert.is_nil((scheduler:next_turn()))
    local ended
    scheduler:spawn(function()
      scheduler:sleep(3)
      ended = true
    end)
    local seconds, descriptor = scheduler:next_turn()
    assert.equal(3, seconds)
    assert.is_nil(descriptor)
    clock.now = 2
    scheduler:advance()
    assert.is_nil(ended)
    clock.now = 3
    scheduler:advance()
    assert.is_true(ended)
    assert.is_nil((scheduler:next_turn()))
    assert.equal(0, clock.slept)
  end)
end)
