--- session_spec.lua - a session and its methods
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

describe("a session", function()
  after_each(child.close_all)

  it("has its services by name, loaded once", function()
    local rs = stub.session(error)
    assert.equal(rs.accounts, rs.accounts)
    assert.equal("rs.identity", tostring(rs.identity))
  end)

  it("raises for a name that it doesn't have, with the nearest one", function()
    local rs = stub.session(error)
    assert.equal("there is no rs.acounts (did you mean 'accounts'?)",
      raises(function() rs.acounts:list() end))
    assert.equal("there is no rs.weather", raises(function() local _ = rs.weather end))
    assert.is_nil(rs[1])
    assert.is_nil(rs._private)
  end)

  it("prints its user and its state, and no more", function()
    local rs = stub.session(error, { username = "demo", token = false, api_key = "the-key" })
    assert.equal("session (demo)", tostring(rs))
    rs:close()
    assert.equal("session (demo, closed)", tostring(rs))
    assert.equal("session (no user)", tostring(stub.session(error)))
  end)

  it("has no sandbox when it has none", function()
    assert.is_false(stub.session(error).sandbox)
  end)

  it("fails calls once it is closed, and may be closed again", function()
    local rs, requests = stub.session(function() return stub.reply(200, { id = "1" }) end)
    assert(rs.accounts:get("CLOUD/1"))
    rs:close()
    rs:close()
    local account, message, err = rs.accounts:get("CLOUD/1")
    assert.is_nil(account)
    assert.equal("accounts.get: the session is closed", message)
    assert.equal("cancelled", err.kind)
    assert.equal(1, #requests)
  end)

  it("gives up what is in flight when it is closed", function()
    local service = peer.start("return nil")
    local rs = assert(rackspace.new(service:settings()))
    local task = rs.scheduler:spawn(function() return rs.accounts:get("CLOUD/1") end)
    child.wait_until(function()
      rs.scheduler:step(0.01)
      return #service:requests() == 1
    end, "the request")
    rs:close()
    local _, message, err = rs.scheduler:join(task)
    assert.equal("cancelled", err.kind)
    assert.equal("accounts.get: cancelled", message)
  end)

  it("is one of many, each with its own settings and token", function()
    local first, firsts = stub.session(function() return stub.reply(200, {}) end)
    local second, seconds = stub.session(function() return stub.reply(200, {}) end,
      { token = "another-token", endpoints = { customer = "http://localhost:81" } })
    first:close()
    assert(second.accounts:get("CLOUD/1"))
    assert.equal(0, #firsts)
    assert.equal("http://localhost:81/v1/customer_accounts/CLOUD/1", seconds[1].url)
    assert.equal("another-token", seconds[1].headers["X-Auth-Token"]:reveal())
  end)

  it("shares tasks and connections with the one that it is given", function()
    local service = peer.start([[
      if request.target:find("slow") then
        return nil
      end
      return reply(200, ('{"type":"CLOUD","id":"%d"}'):format(request.connection))]])
    local first = assert(rackspace.new(service:settings()))
    local second = assert(rackspace.new(service:settings{ loop = first }))
    assert.equal(first.scheduler, second.scheduler)
    assert.equal("1", first.accounts:get("CLOUD/1").id)
    assert.equal("1", second.accounts:get("CLOUD/2").id)
    local kinds = assert(second:all{
      function() return select(3, first.accounts:get("CLOUD/slow")).kind end,
      function() return select(3, first:sleep(30)).kind end,
      function()
        assert(second:sleep(0.01))
        first:close()
        return second.accounts:get("CLOUD/3").type
      end })
    assert.same({ n = 3, "cancelled", "cancelled", "CLOUD" }, kinds)
    assert.equal("cancelled", select(3, first.accounts:get("CLOUD/1")).kind)
    second:close()
    assert.is_true(second.scheduler.closed)
    assert.equal("rackspace.new: 'loop' is a session that was closed",
      raises(function() rackspace.new{ loop = second } end))
    service:close()
  end)

  if _VERSION == "Lua 5.4" then
    it("closes at the end of its block", function()
      local rs = stub.session(error)
      local chunk = assert(load("local rs <close> = ...; return 1"))
      chunk(rs)
      assert.equal("session (no user, closed)", tostring(rs))
    end)
  end
end)

describe("a service of the script's own", function()
  local function rows(more)
    local definition = { name = "widgets", endpoint = "customer",
      { "get", "GET /widgets/{id}", args = { { "id", "id" } }, returns = "table" } }
    for name, value in pairs(more or {}) do
      definition[name] = value or nil
    end
    return definition
  end

  local function answering()
    return stub.session(function() return stub.reply(200, { id = "1" }) end)
  end

  it("is called as any other, with the session's token", function()
    local rs, requests = answering()
    local widgets = rs:service(rows())
    assert.equal("1", widgets:get("a:b").id)
    assert.equal(widgets, rs.widgets)
    assert.equal("http://localhost/widgets/a%3Ab", requests[1].url)
    assert.equal(stub.TOKEN, requests[1].headers["X-Auth-Token"]:reveal())
    assert.equal("widgets.get: 'id' is missing", raises(function() widgets:get() end))
  end)

  it("leaves the script's table as it was, so that two sessions can share it", function()
    local definition = rows()
    answering():service(definition)
    assert.same(rows(), definition)
    assert.equal("1", answering():service(definition):get("1").id)
  end)

  it("may be declared again", function()
    local rs = answering()
    rs:service(rows())
    rs:service(rows{ [1] = { "all", "GET /all", returns = "table" } })
    assert.equal("1", rs.widgets:all().id)
  end)

  it("may be at a URL of its own, which gets no token unless it is said", function()
    local rs, requests = answering()
    rs:service(rows{ endpoint = "https://widgets.example/v2/" }):get("1")
    assert.equal("https://widgets.example/v2/widgets/1", requests[1].url)
    assert.is_nil(requests[1].headers["X-Auth-Token"])
    rs:service(rows{ endpoint = "https://widgets.example", auth = "token" }):get("1")
    assert.is_userdata(requests[2].headers["X-Auth-Token"])
  end)

  it("may have record types, in a call's body too", function()
    local rs, requests = answering()
    rs:service(rows{ types = { Part = { { "name", "string", required = true } } },
      [1] = { "make", "POST /w", body = { { "parts", "Part[]" } } } })
    assert(rs.widgets:make{ parts = { { name = "a" } } })
    assert.equal('{"parts":[{"name":"a"}]}', requests[1].body)
    assert.equal("widgets.make: 'parts' has an item 1 that has no 'name', which it needs",
      raises(function() rs.widgets:make{ parts = { {} } } end))
  end)

  it("may go over pages by offset, with a count of all", function()
    local rs, requests = stub.session(function(request)
      local offset = tonumber(request.url:match("offset=(%d+)") or 0)
      local list = {}
      for i = offset + 1, math.min(offset + 2, 5) do
        list[#list + 1] = { id = i }
      end
      return stub.reply(200, { widgets = list, count = 5, size = 2 })
    end)
    rs:service(rows{ [1] = { "list", "GET /w", query = { { "size", "integer" } }, size = "size",
      items = "widgets", pages = "offset", total = "count", key = { "id" },
      returns = "table" } })
    local pager = rs.widgets:list{ size = 2 }
    assert.equal(5, pager:total())
    local ids = {}
    for widget in pager do
      ids[#ids + 1] = widget.id
    end
    assert.same({ 1, 2, 3, 4, 5 }, ids)
    assert.equal(3, #requests)
    assert.equal("http://localhost/w?size=2&offset=2", requests[2].url)
  end)

  it("is refused when it is none, at the caller's line", function()
    local rs = answering()
    assert.equal("service: takes a table of rows, not a nil", raises(function() rs:service() end))
    assert.matches("'name' must be a name", raises(function() rs:service{} end))
    assert.matches("'name' must be a name",
      raises(function() rs:service(rows{ name = "a-b" }) end))
    assert.equal("service: 'endpoint' must be a service's name or a URL: is missing",
      raises(function() rs:service(rows{ endpoint = false }) end))
    assert.matches("a service's name or a URL: plain http",
      raises(function() rs:service(rows{ endpoint = "http://widgets.example" }) end))
    assert.matches("a service's name or a URL: ",
      raises(function() rs:service(rows{ endpoint = "custmer" }) end))
    assert.equal("service: row 'get' has no route such as 'GET /path'",
      raises(function() rs:service(rows{ [1] = { "get" } }) end))
    assert.equal("service: a row has no name", raises(function() rs:service(rows{ [1] = 5 }) end))
  end)

  it("takes no name that the session needs for itself", function()
    local rs = answering()
    for _, name in ipairs{ "close", "meta", "settings", "scheduler", "auth", "perform" } do
      assert.equal(("service: the name '%s' is taken"):format(name),
        raises(function() rs:service(rows{ name = name }) end))
    end
    assert(rs.accounts:get("CLOUD/1"))
  end)
end)
