--- send_spec.lua - repeats, turns and deadlines, on a clock of the spec's
-- SPDX-License-Identifier: MIT
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

local clock, answers, rs, requests, waits
local spread -- what the clock's random() returns

--- A session whose requests get the answers one after the other, the last one
-- over and over; each takes a second.
local function session(list, settings)
  clock = stub.clock(1000)
  clock.random = function() return spread end
  answers, waits, spread = list, {}, 0.5
  local given = { clock = clock, retries = 4, limits = true }
  for name, value in pairs(settings or {}) do
    given[name] = value
  end
  rs, requests = stub.session(function(_, count)
    clock.now = clock.now + 1
    local answer = answers[math.min(count, #answers)]
    if type(answer) == "function" then
      return answer()
    end
    return stub.reply(answer[1], answer[2] or "{}", answer[3])
  end, given)
  rs:service{ name = "things", endpoint = "customer", types = { Thing = { { "id", "id" } } },
    { "get", "GET /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" },
    { "make", "POST /things", returns = "Thing", limit = { 1, per = 60 } },
    { "mark", "PUT /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" },
    { "drop", "DELETE /things/{thing}", args = { { "thing", "id" } } },
    { "note", "POST /notes", returns = "Thing", outcome = "rs.things:get" },
  }
  rs:on("wait", function(event)
    waits[#waits + 1] = { event.operation, event.reason, event.seconds }
  end)
  return rs
end

local function lost() return nil, "the connection broke", "network", true end
local function unreached() return nil, "no route", "network", false end

describe("a call that fails", function()
  it("is made again until it succeeds, with longer and longer waits", function()
    session{ { 503 }, { 502 }, lost, { 200, { id = "7" } } }
    local thing = assert(rs.things:get("7"))
    assert.equal("7", thing.id)
    assert.equal(4, rs:meta(thing).attempts)
    assert.same({ { "things.get", "retry", 0.25 }, { "things.get", "retry", 0.5 },
      { "things.get", "retry", 1 } }, waits)
    assert.equal(1000 + 4 + 1.75, clock.now)
  end)

  it("gives its error after the repeats that it may have", function()
    session{ { 503, '{"message":"later"}' } }
    local _, message, err = rs.things:get("7")
    assert.equal("things.get: 503 later", message)
    assert.same({ 5, 5 }, { err.attempts, #requests })
    rs.things:get("7", { retries = 1 })
    assert.equal(7, #requests)
    rs.things:get("7", { retries = 0 })
    assert.equal(8, #requests)
  end)

  it("waits as long as the service says, in each way of saying it", function()
    for _, header in ipairs{ "7200", "Thu, 01 Jan 1970 02:16:41 GMT", "1970-01-01T02:16:41Z" } do
      session{ { 503, "", { ["retry-after"] = header } }, { 200 } }
      assert(rs.things:get("7"))
      assert.same({ { "things.get", "retry", 7200.25 } }, waits)
    end
  end)

  it("does not wait past its deadline, and says so", function()
    session{ { 503, "", { ["retry-after"] = "30" } } }
    spread = 0.2
    local _, message, err = rs.things:get("7", { deadline = 20 })
    assert.same({ "server", 503, 30, 1 }, { err.kind, err.status, err.retry_after, err.attempts })
    assert.equal("things.get: 503 the service failed; not repeated in 30.1 s, since its " ..
      "deadline leaves 19 s", message)
    assert.equal(1001, clock.now)
  end)

  it("is told to who listens", function()
    session{ { 503, '{"message":"later"}' }, { 200 } }
    local seen
    rs:on("retry", function(event) seen = event end)
    assert(rs.things:get("7"))
    assert.same({ operation = "things.get", attempt = 1, seconds = 0.25, kind = "server",
      status = 503, message = "things.get: 503 later" }, seen)
  end)

  it("is not made again by a service that only fails", function()
    session({ { 503 } }, { retries = 10 })
    for _ = 1, 5 do
      rs.things:get("7")
    end
    assert.equal(55, #requests)
    local _, message = rs.things:get("7")
    assert.equal(56, #requests)
    assert.matches("; not repeated, since too many calls fail$", message)
    answers = { { 200 } }
    for _ = 1, 5 do
      assert(rs.things:get("7"))
    end
    answers = { { 503 } }
    rs.things:get("7")
    assert.equal(56 + 5 + 2, #requests)
  end)
end)

describe("a write that fails", function()
  it("is not made again when it may have been done, and says what to read", function()
    for _, answer in ipairs{ lost, { 500 }, { 502 }, { 503 }, { 504 }, { 200, "<html>" } } do
      session{ answer }
      local _, message, err = rs.things:note()
      assert.equal(1, #requests)
      assert.equal("unknown", err.sent)
      assert.matches("; unknown outcome: it may have been done, see rs.things:get$", message)
    end
    session{ lost }
    assert.matches("; unknown outcome: it may have been done$", select(2, rs.things:make()))
  end)

  it("is made again when it was surely not done", function()
    for _, answer in ipairs{ unreached, { 429 },
        { 413, { overLimit = { message = "slow down" } } } } do
      session{ answer, { 200, { id = "1" } } }
      assert.equal("1", assert(rs.things:note()).id)
      assert.equal(2, #requests)
    end
    session{ unreached }
    local _, message, err = rs.things:note()
    assert.equal("things.note: no route", message)
    assert.is_false(err.sent)
  end)

  it("is not made again where it is too large", function()
    session{ { 413, { requestEntityTooLarge = { message = "too large" } } } }
    local _, _, err = rs.things:note()
    assert.equal("invalid", err.kind)
    assert.equal(1, #requests)
  end)

  it("says nothing of its outcome when the service refused it", function()
    for _, status in ipairs{ 400, 403, 404, 409, 429, 501 } do
      session({ { status } }, { retries = 0 })
      local _, message, err = rs.things:note()
      assert.is_nil(err.sent)
      assert.is_nil(message:find("outcome"))
    end
  end)

  it("and may be repeated is unknown when an attempt before may have done it", function()
    session{ lost, { 404, '{"message":"none"}' } }
    local _, message, err = rs.things:drop("7")
    assert.same({ 404, "unknown" }, { err.status, err.sent })
    assert.equal("things.drop: 404 none; unknown outcome: it may have been done", message)
    session{ lost, { 200 } }
    assert(rs.things:mark("7"))
    assert.equal(2, #requests)
  end)
end)

describe("a call with a limit", function()
  it("waits for its turn before it is sent", function()
    session{ { 200 } }
    assert(rs.things:make())
    assert(rs.things:make())
    assert(rs.things:make())
    assert.same({ { "things.make", "limit", 60 }, { "things.make", "limit", 60 } }, waits)
    assert.equal(1000 + 3 + 120, clock.now)
    assert(rs.things:get("7"))
    assert.equal(1124, clock.now)
  end)

  it("that could not start in time fails at once, and says when it could", function()
    session{ { 200 } }
    assert(rs.things:make())
    local _, message, err = rs.things:make{ deadline = 30 }
    assert.equal("things.make: its limit lets it start in 60 s, and its deadline leaves 30 s",
      message)
    assert.same({ "timeout", 60, 0, false },
      { err.kind, err.retry_after, err.attempts, err.sent })
    assert.equal(1001, clock.now)
    clock.now = clock.now + 60
    assert(rs.things:make{ deadline = 30 })
    assert.equal(2, #requests)
  end)

  it("goes first in, first out, in any number of tasks", function()
    session{ { 200 } }
    local order, all = {}, {}
    for i = 1, 6 do
      all[i] = rs.scheduler:spawn(function()
        assert(rs.things:make())
        order[i] = clock.now
      end)
    end
    for _, task in ipairs(all) do
      rs.scheduler:join(task)
    end
    assert.same({ 1001, 1062, 1123, 1184, 1245, 1306 }, order)
  end)

  it("keeps its place when it is refused all the same", function()
    session{ { 429, "", { ["retry-after"] = "10" } }, { 200, { id = "first" } },
      { 200, { id = "second" } } }
    local seen = {}
    local first = rs.scheduler:spawn(function()
      seen[1] = { assert(rs.things:make()).id, clock.now }
    end)
    local second = rs.scheduler:spawn(function()
      seen[2] = { assert(rs.things:make()).id, clock.now }
    end)
    rs.scheduler:join(first)
    rs.scheduler:join(second)
    assert.same({ { "first", 1012.25 }, { "second", 1073.25 } }, seen)
  end)

  it("lets the other calls of its window wait for what a refusal asks for", function()
    session({ { 429, "", { ["retry-after"] = "10" } }, { 200, { id = "a" } },
      { 200, { id = "b" } }, { 200, { id = "c" } } },
      { limits = { ["things.make"] = { 5, per = 60 } } })
    local tasks, times = {}, {}
    for i = 1, 3 do
      tasks[i] = rs.scheduler:spawn(function()
        assert(rs.things:make())
        times[i] = clock.now
      end)
    end
    for i = 1, 3 do
      rs.scheduler:join(tasks[i])
      assert.is_true(times[i] >= 1000 + 1 + 10, times[i])
    end
    assert.equal(4, #requests)
  end)

  it("is as fast as can be where the setting says so", function()
    session({ { 200 } }, { limits = false })
    assert(rs.things:make())
    assert(rs.things:make())
    session({ { 200 } }, { limits = { ["things.make"] = { 1, per = 5 } } })
    assert(rs.things:make())
    assert(rs.things:make())
    assert.equal(1000 + 2 + 5, clock.now)
  end)

  it("ends with its session", function()
    session{ { 200 } }
    assert(rs.things:make())
    local message, err
    local task = rs.scheduler:spawn(function()
      message, err = select(2, rs.things:make())
    end)
    rs:close()
    rs.scheduler:join(task)
    assert.equal("cancelled", err.kind)
    assert.equal("things.make: the session is closed", message)
    assert.equal(1, #requests)
  end)
end)

describe("a token that is refused", function()
  it("is replaced once, and the first refusal is told", function()
    session({ { 200, { access = { token = { id = "one-token" } } } },
      { 401, '{"message":"first"}' },
      { 200, { access = { token = { id = "two-token" } } } }, { 401, '{"message":"second"}' } },
      { token = false, username = "u", api_key = "k" })
    local _, message = rs.things:get("7")
    assert.equal("things.get: 401 first", message)
    assert.equal(4, #requests)
  end)

  it("costs no turn", function()
    session({ { 200, { access = { token = { id = "one-token" } } } }, { 401 },
      { 200, { access = { token = { id = "two-token" } } } }, { 200 } },
      { token = false, username = "u", api_key = "k" })
    assert(rs.things:make())
    assert.equal(1004, clock.now)
  end)
end)

describe("over real sockets", function()
  local service

  local open

  after_each(function()
    open:close()
    peer.close_all()
  end)

  local function things(code)
    service = peer.start(code)
    open = assert(rackspace.new(service:settings{ limits = false }))
    open:service{ name = "things", endpoint = "customer", types = { Thing = { { "id", "id" } } },
      { "get", "GET /things", returns = "Thing" }, { "make", "POST /things", returns = "Thing" } }
    return open.things
  end

  it("a POST goes out once, also when a kept connection dies unanswered", function()
    -- libcurl by itself sends it again when the connection had been used before.
    local own = things([[
      if request.method == "POST" then
        return nil, true
      end
      return reply(200, "{}")]])
    assert(own:get())
    local _, _, err = own:make()
    assert.same({ "network", "unknown", 1 }, { err.kind, err.sent, err.attempts })
    assert(own:get())
    local methods = {}
    for i, request in ipairs(service:wait_for(3)) do
      methods[i] = request.method
    end
    assert.same({ "GET", "POST", "GET" }, methods)
  end)

  it("a GET is repeated when its connection dies, and a POST that was refused", function()
    local own = things([[
      kept[request.method] = (kept[request.method] or 0) + 1
      if kept[request.method] == 1 and request.method == "GET" then
        return "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", true
      elseif kept[request.method] == 1 then
        return reply(429, "", { ["Retry-After"] = "0" })
      end
      return reply(200, '{"id":"' .. request.method .. '"}')]])
    assert.equal("GET", assert(own:get()).id)
    assert.equal("POST", assert(own:make()).id)
    assert.equal(4, #service:wait_for(4))
  end)
end)
