--- 101-descriptors-on-loops_spec.lua - what calls leave to the loop of their host
-- SPDX-License-Identifier: MIT
local cqueues = require("cqueues")
local cqueues_socket = require("cqueues.socket")
local leftovers = require("spec.support.leftovers")
local peer = require("spec.support.peer")
local poll = require("rackspace.loop.poll")
local rackspace = require("rackspace")
local socket = require("socket")
local uv = require("luv")

uv.new_tcp():close() -- libuv's loop and what it opens for sockets stay open
uv.run()
leftovers.allow()

-- Answers and closes the connection; a request for /echo keeps it open.
local closing = [[
if request.target:find("echo") then
  return reply(200, "{}")
end
return reply(200, '{"number": 7}', { Connection = "close" }), "close"]]

describe("a host's loop", function()
  local service, rs

  before_each(function()
    service = peer.start(closing)
  end)

  after_each(function()
    rs:close()
    rs = nil
    uv.run()
    service:close()
  end)

  local function open(loop)
    rs = assert(rackspace.new{ loop = loop, token = "0123456789", retries = 0,
      limits = false, endpoints = { customer = service.url } })
    return rs
  end

  local function handles()
    local count = 0
    uv.walk(function(handle)
      count = count + (uv.is_closing(handle) and 0 or 1)
    end)
    return count
  end

  local function port()
    return tonumber(service.url:match(":(%d+)$"))
  end

  -- Opens a socket of the host's and gives what comes back on it to `done`.
  local function ask_by_uv(done)
    local tcp, timer = uv.new_tcp(), uv.new_timer()
    local function finish(text)
      tcp:close()
      timer:close()
      done(text)
    end
    timer:start(10000, 0, function() finish("nothing came") end)
    tcp:connect("127.0.0.1", port(), function()
      tcp:read_start(function(_, text) finish(text) end)
      tcp:write("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
    end)
  end

  it("of luv's serves the host's next socket, whatever its number", function()
    open(require("rackspace.loop.luv").new())
    local answers = {}
    coroutine.wrap(function()
      for i = 1, 3 do
        assert.equal(7, rs.accounts:get("CLOUD/7").number)
        ask_by_uv(function(text) answers[i] = text end)
      end
    end)()
    uv.run()
    for i = 1, 3 do
      assert.matches("^HTTP/1.1 200", answers[i])
    end
  end)

  it("of cqueues' serves the host's next socket, whatever its number", function()
    open(require("rackspace.loop.cqueues").new())
    local controller, answers = cqueues.new(), {}
    controller:wrap(function()
      for i = 1, 3 do
        assert(rs.accounts:get("CLOUD/7").number == 7)
        local own = cqueues_socket.connect("127.0.0.1", port())
        own:settimeout(10)
        own:setmode("bn", "bn")
        own:write("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        answers[i] = own:read("*l") or "nothing came"
        own:close()
      end
    end)
    assert(controller:loop())
    controller:close()
    for i = 1, 3 do
      assert.matches("^HTTP/1.1 200", answers[i])
    end
  end)

  it("of its own watches the same descriptor for all connections", function()
    local loop = poll.new()
    open(loop)
    local seen, ended = {}, false
    local function watched()
      local list = {}
      for descriptor in pairs((loop:fds())) do
        seen[descriptor] = true
        list[1] = { getfd = function() return descriptor end }
      end
      return list
    end
    coroutine.wrap(function()
      for _ = 1, 3 do
        assert.equal(7, rs.accounts:get("CLOUD/7").number)
      end
      ended = true
    end)()
    while not ended do
      socket.select(watched(), nil, loop:timeout())
      loop:step()
    end
    local descriptor = next(seen)
    assert.is_nil(next(seen, descriptor))
    rs:close()
    assert.same({}, (loop:fds()))
  end)

  it("of luv's has no handle of a session with nothing in flight", function()
    local before = handles()
    open(require("rackspace.loop.luv").new())
    for _ = 1, 3 do
      coroutine.wrap(function()
        assert.equal(7, rs.accounts:get("CLOUD/7").number)
      end)()
    end
    assert.is_true(handles() > before)
    uv.run()
    assert.equal(before, handles())
  end)

  it("of luv's has no handle of a session that was closed in a call", function()
    local before, kind = handles(), nil
    open(require("rackspace.loop.luv").new())
    coroutine.wrap(function()
      kind = select(3, rs:sleep(60)).kind
    end)()
    rs:close()
    uv.run()
    assert.equal("cancelled", kind)
    assert.equal(before, handles())
  end)

  it("of luv's has no descriptor of a session that was collected", function()
    local before, open_before = handles(), leftovers.descriptors()
    local function use()
      local own = open(require("rackspace.loop.luv").new())
      coroutine.wrap(function()
        assert.equal(7, own.accounts:get("CLOUD/7").number)
      end)()
      uv.run()
    end
    use()
    rs = { close = function() end }
    collectgarbage()
    collectgarbage()
    assert.equal(before, handles())
    for descriptor, target in pairs(leftovers.descriptors()) do
      assert.is_truthy(open_before[descriptor] or not target:find("eventpoll"))
    end
  end)

  it("of luv's may have closed all of its handles, ours too", function()
    open(require("rackspace.loop.luv").new())
    local numbers = {}
    local function call()
      local number = rs.accounts:get("CLOUD/7").number
      numbers[#numbers + 1] = number
    end
    coroutine.wrap(call)()
    uv.walk(function(handle)
      if not uv.is_closing(handle) then
        handle:close()
      end
    end)
    uv.run()
    assert.same({}, numbers)
    coroutine.wrap(call)()
    uv.run()
    assert.same({ 7, 7 }, numbers)
  end)

  it("of cqueues' goes on in another controller once one was closed", function()
    open(require("rackspace.loop.cqueues").new())
    local first, number = cqueues.new(), nil
    first:wrap(function() rs:sleep(60) end)
    first:step(0)
    first:close()
    local second = cqueues.new()
    second:wrap(function() number = rs.accounts:get("CLOUD/7").number end)
    while not number do
      assert(second:step(10))
    end
    second:close()
    assert.equal(7, number)
  end)
end)
