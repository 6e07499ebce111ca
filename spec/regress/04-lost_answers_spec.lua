--- 04-lost_answers_spec.lua - an interrupt between an answer and who waits
-- SPDX-License-Identifier: MIT
-- Whatever broke off a step (an interrupt, the end of memory) took with it what
-- the step had been told: the task that waited for it was never woken, and who
-- waited for the task waited for ever.
local core = require("rackspace.core")
local peer = require("spec.support.peer")
local scheduler_of = require("rackspace.task.scheduler")
local task_of = require("rackspace.task.task")

local clock = { monotonic = core.monotonic, sleep = core.sleep }

--- Pumps until something has finished, and forgets it for an error.
local function break_off(scheduler)
  local client = scheduler:client()
  local lost = 0
  scheduler.http = { running = function() return client:running() end }
  function scheduler.http.poll(_, seconds)
    lost = lost + #client:poll(seconds)
    if lost > 0 then
      error("interrupted", 0)
    end
    return {}
  end
  local ok, message
  repeat
    ok, message = pcall(scheduler.step, scheduler, 20)
  until not ok
  scheduler.http = client
  assert.equal("interrupted", message)
  assert.equal(1, lost)
end

describe("a task whose answer came just before an interrupt", function()
  after_each(peer.close_all)

  it("goes on when it is waited for", function()
    local server = peer.start('return reply(200, "{}")')
    local scheduler = scheduler_of.new(clock)
    local task = scheduler:spawn(function()
      return scheduler:await(scheduler:client():start{ url = server.url }).status
    end)
    break_off(scheduler)
    assert.is_false(task.done)
    assert.equal(200, scheduler:join(task))
    assert.is_nil(next(scheduler.waiting))
    scheduler:close()
  end)

  it("goes on when it is waited for so long and no longer", function()
    local server = peer.start('return reply(200, "{}")')
    local scheduler = scheduler_of.new(clock)
    local task = scheduler:spawn(function()
      return scheduler:await(scheduler:client():start{ url = server.url }).status
    end)
    break_off(scheduler)
    assert.is_true(scheduler:wait(task, 20))
    assert.equal(200, scheduler:join(task))
    scheduler:close()
  end)

  it("is over when there was no memory to start it", function()
    local scheduler = scheduler_of.new(clock)
    local task = task_of.new(function() return 1 end)
    scheduler.living = setmetatable({}, { __newindex = function()
      error("not enough memory", 0)
    end })
    assert.has_error(function() scheduler:start(task) end, "not enough memory")
    assert.is_true(scheduler:wait(task, 20))
    assert.has_error(function() scheduler:join(task) end, "not enough memory")
  end)
end)
