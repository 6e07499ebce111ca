--- client_spec.lua - clients and transfers: how they live and end
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local leftovers = require("spec.support.leftovers")
local peer = require("spec.core.peer")
local port = require("spec.support.port")
local remote = require("spec.support.peer")
local socket = require("socket")

describe("core.client", function()
  local client, server

  before_each(function()
    client = assert(core.client())
    server = peer.new(peer.ok("hi"))
  end)

  after_each(function()
    client:close()
    server:close()
    port.close_all()
    client, server = nil, nil
  end)

  local function start(more)
    local request = { url = server.url .. "/x", timeout = peer.PATIENCE }
    for name, value in pairs(more or {}) do
      request[name] = value
    end
    return client:start(request)
  end

  local function await(count)
    return server:drive(client, function(finished)
      return #finished >= count
    end)
  end

  local function await_requests(count)
    return server:drive(client, function()
      return #server.requests >= count
    end)
  end

  local function collect()
    collectgarbage()
    collectgarbage()
  end

  it("runs a request to its response", function()
    local transfer = start()
    assert.equal(0, select("#", transfer:response()))
    assert.equal(1, client:running())
    assert.same({ transfer }, await(1))
    assert.equal(0, client:running())
    local response = assert(transfer:response())
    assert.equal(200, response.status)
    assert.equal("hi", response.body)
    assert.same({ ["content-length"] = "2" }, response.headers)
    assert.is_true(response.seconds > 0)
    assert.equal("GET", server.requests[1].method)
    assert.equal("/x", server.requests[1].target)
  end)

  it("gives a response once", function()
    local transfer = start()
    await(1)
    assert(transfer:response())
    assert.error_matches(function()
      transfer:response()
    end, "the response was taken already")
  end)

  it("gives a response before the poll that would hand it out", function()
    local transfer = client:start({ url = "file:///etc/passwd" })
    local response, message, kind = transfer:response()
    assert.is_nil(response)
    assert.equal("not an absolute http or https URL", message)
    assert.equal("config", kind)
    assert.same({}, client:poll(0))
  end)

  it("tells the state of a transfer", function()
    local transfer = start()
    assert.equal("transfer (in flight)", tostring(transfer))
    await(1)
    assert.equal("transfer (finished)", tostring(transfer))
    transfer:response()
    assert.equal("transfer (taken)", tostring(transfer))
  end)

  it("tells the state of a client", function()
    assert.equal("client (0 in flight)", tostring(client))
    start()
    start()
    assert.equal("client (2 in flight)", tostring(client))
    client:close()
    assert.equal("client (closed)", tostring(client))
  end)

  it("tells how a transfer went", function()
    local transfer = start({ method = "POST", body = "abc" })
    await(1)
    local facts = transfer:facts()
    assert.equal(11, facts.http_version)
    assert.equal(3, facts.uploaded)
    assert.equal(3, facts.to_upload)
    assert.is_false(facts.reused)
    assert.is_true(facts.request_bytes > 30)
    assert.is_true(facts.local_port > 0)
    assert.equal(0, facts.tls)
    assert.is_true(facts.lookup >= 0 and facts.lookup <= facts.connect)
    assert.is_true(facts.connect <= facts.first_byte)
    assert.is_true(facts.first_byte <= facts.seconds)
    assert(transfer:response())
    assert.same(facts, transfer:facts()) -- of what was taken, too
  end)

  it("uses a connection again, unless a fresh one is asked for", function()
    local function is_reused(more)
      local transfer = start(more)
      await(1)
      return transfer:facts().reused
    end
    assert.is_false(is_reused())
    assert.is_true(is_reused())
    assert.is_false(is_reused({ fresh = true }))
    assert.equal(2, server.accepted)
    assert.is_true(is_reused({ fresh = false }))
  end)

  it("keeps its connections from the programs that the host starts", function()
    local before = leftovers.descriptors()
    server.answer = nil
    client:start({ url = server.url })
    server:drive(client, function() return #server.requests == 1 end)
    before[("%d"):format(server.connections[1].socket:getfd())] = "the peer's"
    local count = 0
    for fd in pairs(leftovers.descriptors()) do
      local file = not before[fd] and assert(io.open("/proc/self/fdinfo/" .. fd))
      if file then
        local flags = file:read("*a"):match("flags:%s*(%d+)")
        file:close()
        assert.matches("^0?2%d%d%d%d%d%d$", flags)
        count = count + 1
      end
    end
    assert.is_true(count >= 1) -- the connection's, and maybe some of libcurl's
  end)

  it("runs 50 transfers at once", function()
    server.answer = function(request)
      return peer.ok("to " .. request.target)
    end
    local expected = {}
    for i = 1, 50 do
      expected[client:start({ url = server.url .. "/" .. i })] = "to /" .. i
    end
    assert.equal(50, client:running())
    for _, transfer in ipairs(await(50)) do
      assert.equal(expected[transfer], assert(transfer:response()).body)
      expected[transfer] = nil
    end
    assert.is_nil(next(expected))
    assert.equal(0, client:running())
  end)

  it("has 50 transfers in flight together", function()
    local waiting = {}
    server.answer = function() end
    for _ = 1, 50 do
      start()
    end
    await_requests(50)
    assert.equal(50, client:running())
    for _, connection in ipairs(server.connections) do
      waiting[#waiting + 1] = connection
      connection.unsent = peer.ok("now")
    end
    assert.equal(50, #waiting)
    assert.equal(50, #await(50))
  end)

  describe("cancel", function()
    before_each(function()
      server.answer = nil
    end)

    local function assert_cancelled(transfer)
      assert.equal("transfer (finished)", tostring(transfer))
      local response, message, kind = transfer:response()
      assert.is_nil(response)
      assert.equal("cancelled", message)
      assert.equal("cancelled", kind)
    end

    it("ends a transfer in flight", function()
      local transfer = start()
      await_requests(1)
      client:cancel(transfer)
      assert.equal(0, client:running())
      assert.same({}, client:poll(0))
      assert_cancelled(transfer)
    end)

    it("is a transfer's method too, and can be repeated", function()
      local transfer = start()
      transfer:cancel()
      transfer:cancel()
      client:cancel(transfer)
      assert_cancelled(transfer)
      transfer:cancel()
    end)

    it("tells whether anything was sent", function()
      local sent, unsent = start(), start()
      await_requests(2)
      unsent:cancel()
      sent:cancel()
      assert.is_true((select(4, sent:response())))
      local never = client:start({ url = "file:///" })
      assert.is_false((select(4, never:response())))
    end)

    it("leaves no hole among what has finished", function()
      local first = client:start({ url = "file:///a" })
      local second = client:start({ url = "file:///b" })
      local third = client:start({ url = "file:///c" })
      first:cancel()
      local finished = client:poll(0)
      assert.equal(2, #finished)
      assert.equal(second, finished[1])
      assert.equal(third, finished[2])
      assert.equal("config", (select(3, first:response())))
    end)

    it("hands nothing out when all were cancelled", function()
      client:start({ url = "file:///a" }):cancel()
      assert.is_nil(next(client:poll(0)))
    end)

    it("takes nothing but a transfer", function()
      assert.has_error(function()
        client:cancel("x")
      end)
      assert.has_error(function()
        client:cancel(client)
      end)
    end)
  end)

  describe("close", function()
    it("cancels what is in flight", function()
      server.answer = nil
      local transfer = start()
      await_requests(1)
      client:close()
      local response, message, kind = transfer:response()
      assert.is_nil(response)
      assert.equal("cancelled", message)
      assert.equal("cancelled", kind)
    end)

    it("leaves what has finished", function()
      local transfer = start()
      await(1)
      client:close()
      collect()
      assert.equal(200, transfer:facts() and transfer:response().status)
    end)

    it("can be repeated", function()
      client:close()
      client:close()
    end)

    it("makes every other method raise", function()
      local transfer = start()
      client:close()
      for _, name in ipairs({
        "poll", "running", "start", "step", "timeout", "wakeup",
      }) do
        local ok, message = pcall(client[name], client, {})
        assert.is_false(ok)
        assert.matches("client is closed", message, 1, true)
      end
      client:cancel(transfer)
      transfer:cancel()
    end)

    if _VERSION >= "Lua 5.4" then
      it("happens at the end of a block", function()
        local chunk = assert(load([[
          local client = ...
          do
            local scoped <close> = client
          end
          return tostring(client)
        ]]))
        assert.equal("client (closed)", chunk(client))
      end)
    end
  end)

  describe("garbage collection", function()
    local function weak(make)
      return setmetatable({ make() }, { __mode = "v" })
    end

    it("leaves a dropped transfer in flight to its end", function()
      local dropped = weak(start)
      collect()
      assert.is_not_nil(dropped[1])
      local finished = await(1)
      assert.equal("hi", finished[1]:response().body)
      finished[1] = nil
    end)

    it("frees a dropped transfer that was handed out", function()
      local dropped = weak(start)
      await(1)
      collect()
      assert.is_nil(dropped[1])
      assert.equal(0, client:running())
    end)

    it("frees a transfer whose response was taken", function()
      local dropped = weak(function()
        local transfer = start()
        await(1)
        transfer:response()
        return transfer
      end)
      collect()
      assert.is_nil(dropped[1])
    end)

    it("frees a cancelled transfer", function()
      local dropped = weak(function()
        local transfer = start()
        transfer:cancel()
        return transfer
      end)
      collect()
      assert.is_nil(dropped[1])
    end)

    it("frees a client with its transfers in flight", function()
      local dropped = weak(function()
        local other = core.client()
        return other, other:start({ url = server.url }),
          other:start({ url = "file:///" })
      end)
      collect()
      assert.is_nil(dropped[1])
      assert.is_nil(dropped[2])
      assert.is_nil(dropped[3])
    end)

    it("keeps a client for its transfers", function()
      local kept = {}
      local dropped = weak(function()
        local other = core.client()
        kept.transfer = other:start({ url = server.url })
        return other
      end)
      collect()
      assert.is_not_nil(dropped[1])
      assert.equal("transfer (in flight)", tostring(kept.transfer))
      kept.transfer = nil
      collect()
      assert.is_nil(dropped[1])
    end)

    it("frees a request that could not be read", function()
      for _ = 1, 50 do
        pcall(client.start, client, { url = server.url, file = "/dev/null",
          timeout = "soon" })
      end
      collect()
      assert.equal(0, client:running())
      assert.same({}, client:poll(0))
    end)
  end)

  describe("poll", function()
    it("waits no longer than told", function()
      local start_time = core.monotonic()
      assert.same({}, client:poll(0.05))
      assert.same({}, client:poll(0))
      assert.same({}, client:poll())
      assert.same({}, client:poll(-1))
      local seconds = core.monotonic() - start_time
      assert.is_true(seconds >= 0.05 and seconds < 5)
    end)

    it("returns at once when something has finished", function()
      local transfer = client:start({ url = port.refusing_url() })
      local start_time = core.monotonic()
      assert.same({ transfer }, client:poll(peer.PATIENCE))
      assert.is_true(core.monotonic() - start_time < peer.PATIENCE / 2)
    end)

    it("is ended by wakeup", function()
      local start_time = core.monotonic()
      client:wakeup()
      client:wakeup()
      assert.same({}, client:poll(peer.PATIENCE))
      assert.is_true(core.monotonic() - start_time < peer.PATIENCE / 2)
      client:poll(0)
      start_time = core.monotonic()
      assert.same({}, client:poll(0.05))
      assert.is_true(core.monotonic() - start_time >= 0.05)
    end)
  end)

  describe("a foreign loop", function()
    local looped, pollset

    before_each(function()
      pollset = assert(core.pollset())
      looped = assert(core.client(pollset))
    end)

    after_each(function()
      looped:close()
      looped, pollset = nil, nil
    end)

    -- What LuaSocket's select takes: anything with a descriptor.
    local function is_ready(seconds)
      local watched = { getfd = function() return pollset:fd() end }
      return socket.select({ watched }, nil, seconds)[1] ~= nil
    end

    local function ask(fields)
      fields = fields or {}
      fields.url = fields.url or server.url
      return looped:start(fields)
    end

    local function turn(finished)
      is_ready(math.min(looped:timeout() or 1, 0.002))
      for _, transfer in ipairs(looped:step(0.005)) do
        finished[#finished + 1] = transfer
      end
      server:step()
    end

    it("runs transfers by a pollset's descriptor", function()
      local finished, stop = {}, core.monotonic() + peer.PATIENCE
      local expected = { [ask()] = true, [ask({ body = "x" })] = true }
      repeat
        turn(finished)
        assert.is_true(core.monotonic() < stop)
      until #finished == 2
      for _, transfer in ipairs(finished) do
        assert.is_true(expected[transfer])
        assert.equal("hi", transfer:response().body)
      end
    end)

    it("watches the same descriptor whatever runs, and no clock when nothing does", function()
      local fd, finished = pollset:fd(), {}
      assert.is_nil(looped:timeout())
      assert.is_false(is_ready(0))
      ask()
      repeat
        turn(finished)
        assert.equal(fd, pollset:fd())
      until #finished == 1
      assert.is_false(is_ready(0))
    end)

    it("is woken by wakeup", function()
      looped:wakeup()
      assert.is_true(is_ready(peer.PATIENCE))
      assert.same({}, looped:step(0))
      assert.is_false(is_ready(0))
    end)

    it("is told that something has finished", function()
      local transfer = ask({ url = "file:///" })
      assert.equal(0, looped:timeout())
      assert.same({ transfer }, looped:step(0))
      assert.is_nil(looped:timeout())
    end)

    -- The answer may be there before start() returns: on an open connection the
    -- request leaves at once.
    it("never waits for what has come already", function()
      local service = remote.start([[return reply(200, "{}")]])
      for _ = 1, 200 do
        local transfer = ask({ url = service.url })
        local finished = {}
        while not finished[1] do
          local seconds = looped:timeout()
          assert.is_true(is_ready(seconds or peer.PATIENCE) or seconds ~= nil)
          finished = looped:step(0.005)
        end
        assert.equal(transfer, finished[1])
        assert.equal(200, transfer:response().status)
      end
      service:close()
    end)

    it("steps without a pollset as well", function()
      local transfer = start()
      local finished = {}
      while not finished[1] do
        finished = client:step()
        server:step()
      end
      assert.equal(transfer, finished[1])
      assert.equal("hi", transfer:response().body)
    end)

    it("can't have something else for a pollset", function()
      assert.has_error(function() core.client(5) end)
      assert.has_error(function() core.client(client) end)
    end)
  end)

  it("hides its metatables", function()
    assert.is_false(getmetatable(client))
    assert.is_false(getmetatable(start()))
  end)

  it("has methods that refuse other values", function()
    for _, name in ipairs({ "start", "poll", "close", "cancel" }) do
      assert.is_false((pcall(client[name], io.stdout)))
      assert.is_false((pcall(client[name])))
    end
  end)
end)
