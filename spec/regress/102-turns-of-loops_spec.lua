--- 102-turns-of-loops_spec.lua - how much is done before a host's loop goes on
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local cqueues = require("cqueues")
local embed = require("rackspace.embed")
local leftovers = require("spec.support.leftovers")
local peer = require("spec.support.peer")
local poll = require("rackspace.loop.poll")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")
local uv = require("luv")

uv.new_timer():close() -- libuv's loop is never closed
uv.run()
leftovers.allow()

-- How much a coroutine works once its call has ended, and how many there are.
local work, count = 0.006, 12

local function work_for(seconds)
  local ends = core.monotonic() + seconds
  while core.monotonic() < ends do end -- luacheck: ignore 542
end

describe("calls that end at once", function()
  local service, rs

  before_each(function()
    service = peer.start([[return reply(200, '{"number": 7}')]])
  end)

  after_each(function()
    rs:close()
    rs = nil
    service:close()
  end)

  local function open(loop)
    rs = assert(rackspace.new{ loop = loop, token = "0123456789", retries = 0,
      limits = false, endpoints = { customer = service.url } })
  end

  -- Returns a function that makes a call and then works; one that begins another
  -- turn; and a table: how many have ended in this turn, in all, and at most in
  -- one turn.
  local function counted()
    local ended = { now = 0, all = 0, most = 0 }
    return function()
      assert(rs.accounts:get("CLOUD/7"))
      work_for(work)
      ended.now, ended.all = ended.now + 1, ended.all + 1
      ended.most = math.max(ended.most, ended.now)
    end, function()
      ended.now = 0
    end, ended
  end

  it("let luv's loop go on in between", function()
    open(require("rackspace.loop.luv").new())
    local call, turn, ended = counted()
    local timer = uv.new_timer()
    timer:start(1, 1, function()
      turn()
      if ended.all == count then
        timer:close()
      end
    end)
    for _ = 1, count do
      coroutine.wrap(call)()
    end
    work_for(0.1) -- all are answered by now
    uv.run()
    assert.equal(count, ended.all)
    assert.is_true(ended.most <= 2)
  end)

  it("let cqueues' loop go on in between", function()
    open(require("rackspace.loop.cqueues").new())
    local controller = cqueues.new()
    local call, turn, ended = counted()
    for _ = 1, count do
      controller:wrap(call)
    end
    controller:wrap(function()
      work_for(0.1)
      while ended.all < count do
        cqueues.sleep(0)
        turn()
      end
    end)
    assert(controller:loop())
    controller:close()
    assert.equal(count, ended.all)
    assert.is_true(ended.most <= 2)
  end)
end)

describe("a loop of the host's own", function()
  -- A session on a clock that a request moves by three milliseconds.
  local function session()
    local clock, loop = stub.clock(), poll.new()
    loop.clock = clock
    local rs, requests = stub.session(function()
      clock.now = clock.now + 0.003
      return stub.reply(200, { number = 7 })
    end, { loop = loop })
    return rs, loop, clock, requests
  end

  --- Starts coroutines that sleep and then work for three milliseconds. Returns
  -- a function that counts those that have ended.
  local function start_sleepers(rs, clock, number, seconds)
    local ended = 0
    for _ = 1, number do
      coroutine.wrap(function()
        rs:sleep(seconds)
        clock.now = clock.now + 0.003
        ended = ended + 1
      end)()
    end
    return function()
      return ended
    end
  end

  it("gets its turn while calls are begun, and all are made", function()
    local rs, loop, _, requests = session()
    local ended = 0
    for _ = 1, 9 do
      coroutine.wrap(function()
        assert(rs.accounts:get("CLOUD/7"))
        ended = ended + 1
      end)()
    end
    assert.equal(2, #requests)
    assert.equal(0, loop:timeout())
    for turns = 2, 5 do
      loop:step()
      assert.equal(math.min(9, turns * 2), #requests)
    end
    assert.equal(9, ended)
    assert.is_nil(loop:timeout())
    rs:close()
  end)

  it("gets its turn while coroutines go on that have slept", function()
    local rs, loop, clock = session()
    local count_ended = start_sleepers(rs, clock, 7, 1)
    clock.now = clock.now + 1
    for turns = 1, 4 do
      loop:step()
      assert.equal(math.min(7, turns * 2), count_ended())
    end
    assert.is_nil(loop:timeout())
    rs:close()
  end)

  it("is not waited for where the code can't yield", function()
    local rs, _, _, requests = session()
    for _ = 1, 9 do
      assert(rs.accounts:get("CLOUD/7"))
    end
    assert.equal(9, #requests)
    rs:close()
  end)

  it("has everything ended at once by the end of a session", function()
    local rs, loop, clock = session()
    local count_ended = start_sleepers(rs, clock, 9, 60)
    rs:close()
    assert.equal(9, count_ended())
    assert.is_nil(loop:timeout())
  end)
end)

describe("a host that polls", function()
  it("gets its turn while many started calls go on", function()
    local host = embed.new{ settings = { sandbox = "true", limits = "false" },
      has_session = true }
    local done = 0
    host:start("accounts.get", '["CLOUD/10101"]', 1)
    assert.equal(1, (host:take()))
    local scheduler = host.session.scheduler
    for _ = 1, 5 do
      scheduler:spawn(function()
        scheduler:sleep(0.001)
        work_for(work)
        done = done + 1
      end)
    end
    work_for(0.002)
    for turns = 1, 5 do
      assert.equal(0, (host:watch()))
      host:step()
      assert.equal(turns, done)
    end
    scheduler:close()
  end)
end)
