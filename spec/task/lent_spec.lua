--- lent_spec.lua - a transport that a host lends, and that yields to the host
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local yield = require("rackspace.task.yield")

describe("a transport that yields to its host", function()
  local box, rs, sent

  --- Gives the request to whoever resumes, and takes the response from there.
  local function transport(request)
    sent[#sent + 1] = request.operation
    return coroutine.yield(request)
  end

  local function answer(request)
    local headers = {}
    for name, value in pairs(request.headers) do
      headers[name:lower()] = type(value) == "userdata" and value:reveal()
        or value
    end
    local body = request.body
    return box:handle{ method = request.method, headers = headers,
      target = request.url:match("^%a+://[^/]*(.*)$"),
      body = type(body) == "userdata" and body:reveal() or body or "" }
  end

  --- Goes on with a coroutine: the request that it sends, or what it returned.
  local function go_on(thread, ...)
    local ok, value = coroutine.resume(thread, ...)
    assert(ok, value)
    return value
  end

  local function run(thread, value)
    while coroutine.status(thread) == "suspended" do
      value = go_on(thread, answer(value))
    end
    return value
  end

  before_each(function()
    box, sent = assert(sandbox.new{}), {}
    local found = box:describe()
    rs = assert(rackspace.new{ transport = transport,
      endpoints = found.endpoints,
      username = found.credentials.username,
      api_key = found.credentials.api_key })
  end)

  after_each(function()
    rs:close()
    box:close()
  end)

  it("reaches the host from a log-in and from pages", function()
    local thread = coroutine.create(function()
      return #rs.accounts:list():totable()
    end)
    assert.equal(137, run(thread, go_on(thread)))
    assert.same({ "identity.login", "accounts.list", "accounts.list" },
      { sent[1], sent[2], sent[3] })
  end)

  it("serves coroutines side by side, each with a log-in if need be", function()
    local threads, waits = {}, {}
    for i = 1, 3 do
      threads[i] = coroutine.create(function()
        return rs.accounts:get("CLOUD/10101").name
      end)
      waits[i] = go_on(threads[i])
    end
    for i = 3, 1, -1 do
      assert.equal("MyRackspaceAcct", run(threads[i], waits[i]))
    end
    assert.equal(3, box:count("accounts.get"))
  end)

  it("goes on after a coroutine that the host dropped", function()
    go_on(coroutine.create(function() rs.accounts:get("CLOUD/10101") end))
    local thread = coroutine.create(function()
      return rs.accounts:get("CLOUD/10101").id
    end)
    assert.equal("10101", tostring(run(thread, go_on(thread))))
  end)

  it("maps one item after another", function()
    local thread = coroutine.create(function()
      local results = rs:map({ "CLOUD/10101", "CLOUD/99" }, function(account)
        return rs.accounts:get(account)
      end, { ordered = true })
      local first, record = results()
      local second, none, message = results()
      return { first, record.name, second, none or false, message,
        results() or "end" }
    end)
    local found = run(thread, go_on(thread))
    assert.is_truthy(found[5]:find("^accounts.get: 404 "))
    found[5] = nil
    assert.same({ "CLOUD/10101", "MyRackspaceAcct", "CLOUD/99", false, nil,
      "end" }, found)
    assert.same({ "identity.login", "accounts.get", "accounts.get" }, sent)
  end)

  it("tells whose function raised, and goes on", function()
    local thread = coroutine.create(function()
      local results = rs:map({ "CLOUD/10101" }, function(account)
        rs.accounts:get(account)
        error("so it is", 0)
      end)
      local ok, message = yield.protected(results)
      return { ok, message, rs.accounts:get("CLOUD/10101").name }
    end)
    assert.same({ false, "map: item 1 (CLOUD/10101): so it is", "MyRackspaceAcct" },
      run(thread, go_on(thread)))
  end)

  it("ends rs:all with the first that fails", function()
    local thread = coroutine.create(function()
      return { rs:all{ function() return rs.accounts:get("CLOUD/99") end,
        function() error("not asked any more") end } }
    end)
    local found = run(thread, go_on(thread))
    assert.is_nil(found[1])
    assert.is_truthy(found[2]:find("^accounts.get: 404 "))
  end)

  it("keeps a map's deadline, and that map's alone", function()
    local now = 1000
    local session = assert(rackspace.new{ token = "a-token", retries = 0,
      endpoints = { customer = "http://localhost" }, clock = { time = core.now,
        monotonic = function() return now end, sleep = core.sleep },
      transport = function()
        now = now + coroutine.yield(now)
        return { status = 200, body = '{"id": "1"}' }
      end })
    local thread = coroutine.create(function()
      local results = session:map({ 1, 2, 3 }, function()
        local _, _, err = session.accounts:get("CLOUD/1")
        return err and err.kind or "in time"
      end, { deadline = 10 })
      return { select(2, results()), select(2, results()),
        select(2, results()), session.accounts:get("CLOUD/1") ~= nil }
    end)
    local asked, result = {}, go_on(thread)
    while type(result) == "number" do
      asked[#asked + 1] = result
      result = go_on(thread, 6)
    end
    assert.same({ "in time", "in time", "timeout", true }, result)
    assert.same({ 1000, 1006, 1012 }, asked)
    session:close()
  end)

  it("waits by the clock that the host lends", function()
    local now = 1000
    local clock = { time = core.now, monotonic = function() return now end,
      random = function() return 1 end,
      sleep = function(seconds)
        now = now + seconds
        coroutine.yield("asleep")
      end }
    local count = 0
    local session = assert(rackspace.new{ token = "a-token", clock = clock,
      retries = 1, endpoints = { customer = "http://localhost" },
      transport = function()
        count = count + 1
        return { status = count == 1 and 503 or 200, body = "{}" }
      end })
    local thread = coroutine.create(function()
      session.accounts:get("CLOUD/10101")
    end)
    while coroutine.status(thread) == "suspended" do
      assert.is_true(go_on(thread) == "asleep" or count == 2)
    end
    assert.equal(2, count)
    assert.is_true(now > 1000)
    session:close()
  end)
end)
