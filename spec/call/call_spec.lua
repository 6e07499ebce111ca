--- call_spec.lua - the one way from a request to its value
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")

-- A session with a service "things" of the spec's own, answered by a handler.
local function session(handler, settings)
  local rs, requests = stub.session(handler, settings)
  rs:service{ name = "things", endpoint = "customer",
    types = { Thing = { { "id", "id" } } },
    { "get", "GET /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" },
    { "find", "GET /things", query = { { "name", "string" } }, items = "things",
      returns = "Thing" },
    { "newest", "GET /newest", member = "thing", returns = "Thing" },
    { "moved", "GET /new/{thing}", fallback = "GET /old/{thing}", args = { { "thing", "id" } },
      returns = "Thing" },
    { "make", "POST /things", body = { { "name", "string" } }, returns = "Thing" },
    { "drop", "DELETE /things/{thing}", args = { { "thing", "id" } } },
    { "version", "GET /version", auth = false, returns = "Thing" },
  }
  return rs, requests
end

local function answering(...)
  local answer = stub.reply(...)
  return session(function() return answer end)
end

describe("a request", function()
  it("says what it takes, who calls and by which token", function()
    local rs, requests = answering(200, "{}")
    assert(rs.things:get("7"))
    local request = requests[1]
    assert.equal("GET", request.method)
    assert.equal("http://localhost/things/7", request.url)
    assert.equal("things.get", request.operation)
    assert.equal("application/json", request.headers.Accept)
    assert.matches("^rackspace%-lua/", request.headers["User-Agent"])
    assert.equal(stub.TOKEN, request.headers["X-Auth-Token"]:reveal())
    assert.is_nil(request.headers["Content-Type"])
    assert.is_nil(request.body)
    assert.is_false(request.writes)
  end)

  it("has the type of its body, and tells that it writes", function()
    local rs, requests = answering(200, "{}")
    assert(rs.things:make{ name = "n" })
    assert.equal("application/json", requests[1].headers["Content-Type"])
    assert.equal('{"name":"n"}', requests[1].body)
    assert.is_true(requests[1].writes)
    assert(rs.things:drop("7"))
    assert.is_true(requests[2].writes)
    assert.is_nil(requests[2].headers["Content-Type"])
  end)

  it("goes without a token where its row says so", function()
    local rs, requests = answering(200, "{}")
    assert(rs.things:version())
    assert.is_nil(requests[1].headers["X-Auth-Token"])
  end)

  it("has the session's time, the call's own, or what its deadline leaves", function()
    local clock = stub.clock()
    local rs, requests = session(function()
      clock.now = clock.now + 2
      return stub.reply(404)
    end, { timeout = 30, clock = clock })
    rs.things:get("7")
    rs.things:get("7", { timeout = 4 })
    rs.things:get("7", { timeout = 4, deadline = 3 })
    assert.same({ 30, 4, 3 }, { requests[1].timeout, requests[2].timeout, requests[3].timeout })
    rs.things:moved("7", { deadline = 3 })
    assert.same({ 3, 1 }, { requests[4].timeout, requests[5].timeout })
  end)

  it("is not sent when its deadline has passed", function()
    local clock = stub.clock()
    local rs, requests = session(function()
      clock.now = clock.now + 2
      return stub.reply(404)
    end, { deadline = 1.5, clock = clock })
    local _, message, err = rs.things:moved("7")
    assert.equal("timeout", err.kind)
    assert.equal("things.moved: the call's deadline has passed", message)
    assert.equal(1, err.attempts)
    assert.equal(1, #requests)
  end)
end)

describe("a fallback", function()
  it("is asked once, when the first path is not found", function()
    local rs, requests = session(function(request)
      return request.url:find("/old/") and stub.reply(200, { id = "7" }) or stub.reply(404)
    end)
    local thing = assert(rs.things:moved("7"))
    assert.equal("7", thing.id)
    assert.equal(2, #requests)
    assert.equal("http://localhost/old/7", requests[2].url)
    assert.equal(2, rs:meta(thing).attempts)
  end)

  it("that is not found either is the end", function()
    local rs, requests = answering(404)
    local _, _, err = rs.things:moved("7")
    assert.equal("not_found", err.kind)
    assert.equal(2, #requests)
    assert.equal(2, err.attempts)
  end)

  it("is not asked for any other reason", function()
    for _, status in ipairs{ 200, 400, 403, 500 } do
      local rs, requests = answering(status, "{}")
      rs.things:moved("7")
      assert.equal(1, #requests)
    end
  end)
end)

describe("a transport", function()
  it("that fails says why: message, kind, whether anything was sent", function()
    local rs = session(function() return nil, "no route", "network", false end)
    local value, message, err = rs.things:get("1")
    assert.is_nil(value)
    assert.equal("things.get: no route", message)
    assert.same({ "network", false, 1 }, { err.kind, err.sent, err.attempts })
    assert.is_nil(err.status)
  end)

  it("may say little", function()
    local rs = session(function() return nil end)
    local _, message, err = rs.things:get("1")
    assert.equal("network", err.kind)
    assert.equal("things.get: no connection, or it broke", message)
    local lean = { status = 204 }
    rs = session(function() return lean end)
    assert.is_true(rs.things:drop("1"))
    assert.same({ status = 204 }, lean)
    rs = session(function() return { status = 500 } end)
    assert.equal("server", select(3, rs.things:get("1")).kind)
  end)
end)

describe("the meta of a value", function()
  it("tells of its response", function()
    local rs = session(function()
      return { status = 203, headers = { ["x-trans-id"] = "t-1", etag = "" }, seconds = 0.25,
        body = '{"id":"1","thing":{},"things":[{}]}' }
    end)
    for name, value in pairs{ get = rs.things:get("1"), newest = rs.things:newest(),
      find = rs.things:find() } do
      assert.same({ operation = "things." .. name, status = 203, request_id = "t-1", attempts = 1,
        headers = { ["x-trans-id"] = "t-1", etag = "" }, seconds = 0.25 }, rs:meta(value))
    end
  end)

  it("is nil for what no call gave", function()
    local rs = answering(200, { id = "1" })
    local thing = rs.things:get("1")
    for _, value in ipairs{ thing.id, 5, true, {} } do
      assert.is_nil(rs:meta(value))
    end
    assert.is_nil(rs:meta(nil))
    assert.is_nil(rs:meta(rs.things:drop("1")))
  end)

  it("goes with its value", function()
    local rs = answering(200, { id = "1" })
    for _ = 1, 10 do
      rs.things:get("1")
    end
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(rs.metas))
  end)
end)
