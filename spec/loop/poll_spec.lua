--- poll_spec.lua - a session on a loop that the host runs by itself
-- SPDX-License-Identifier: MIT
local conformance = require("spec.support.conformance")
local poll = require("rackspace.loop.poll")
local raises = require("spec.support.raises")
local socket = require("socket")
local stub = require("spec.support.stub")

-- What LuaSocket's select takes for a descriptor.
local function watched(descriptor)
  return { getfd = function() return descriptor end, dirty = function() return false end }
end

local function step(loop)
  local read, write = {}, {}
  for descriptor, events in pairs((loop:fds())) do
    read[#read + 1] = events:find("r") and watched(descriptor) or nil
    write[#write + 1] = events:find("w") and watched(descriptor) or nil
  end
  local seconds = math.min(loop:timeout() or 0.001, 0.001)
  local readable, writable = socket.select(read, write, seconds)
  for _, ready in ipairs(readable) do
    loop:step(ready.getfd(), "r")
  end
  for _, ready in ipairs(writable) do
    loop:step(ready.getfd(), "w")
  end
  loop:step()
end

local function run(fns, tick, loop)
  local left = #fns
  for _, fn in ipairs(fns) do
    coroutine.wrap(function()
      fn()
      left = left - 1
    end)()
  end
  local last = socket.gettime()
  while left > 0 do
    step(loop)
    if socket.gettime() - last >= 0.001 then
      last = socket.gettime()
      tick()
    end
  end
  assert.is_nil(loop:timeout())
end

-- A session on a loop whose clock stands still until it is moved, and that.
local function session(loop)
  loop.clock = stub.clock()
  return stub.session(error, { loop = loop }), loop.clock
end

describe("a loop of the host's own", function()
  local last

  after_each(function()
    if last then
      assert.same({}, (last:fds()))
    end
    last = nil
  end)

  local function new()
    last = poll.new()
    return last
  end

  conformance.specs{ new = new, run = run }

  it("has nothing to watch before a session uses it, and while nothing waits", function()
    local loop = poll.new()
    assert.same({}, (loop:fds()))
    assert.is_nil(loop:timeout())
    loop:step()
    local rs = stub.session(error, { loop = loop })
    assert.same({}, (loop:fds()))
    assert.is_nil(loop:timeout())
    rs:close()
  end)

  it("is told when there is something else to watch", function()
    local changes = 0
    local loop = poll.new(function() changes = changes + 1 end)
    local rs, clock = session(loop)
    local thread = coroutine.create(function() return rs:sleep(0) and rs:sleep(1) end)
    assert.is_true(coroutine.resume(thread))
    assert.equal("suspended", coroutine.status(thread))
    assert.equal(1, changes)
    assert.equal(1, loop:timeout())
    loop:step()
    assert.equal("suspended", coroutine.status(thread))
    clock.now = clock.now + 1
    loop:step()
    assert.equal("dead", coroutine.status(thread))
    assert.is_true(changes > 1)
    rs:close()
    assert.equal("poll.new: takes a function, not a number", raises(function() poll.new(5) end))
  end)

  it("raises in step() what a coroutine raises, when the others went on", function()
    local loop = poll.new()
    local rs, clock = session(loop)
    local ended = 0
    local function script(fails)
      rs:sleep(1)
      ended = ended + 1
      return fails and error("no", 0)
    end
    for i = 1, 3 do
      coroutine.wrap(script)(i == 2)
    end
    clock.now = clock.now + 1
    local ok, raised = pcall(loop.step, loop)
    assert.is_false(ok)
    assert.equal("no", raised)
    assert.equal(3, ended)
    rs:close()
  end)

  it("resumes no coroutine that waits for something of the host's own", function()
    local loop = poll.new()
    local rs, clock = session(loop)
    local seen
    local thread = coroutine.create(function()
      rs:sleep(1)
      seen = coroutine.yield("own")
    end)
    coroutine.resume(thread)
    local task = next(rs.scheduler.sleeping)
    clock.now = clock.now + 1
    loop:step()
    assert.is_true(task:wake())
    assert.is_nil(seen)
    coroutine.resume(thread, "value")
    assert.equal("value", seen)
    rs:close()
  end)
end)
