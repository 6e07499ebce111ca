--- events_spec.lua - who listens to a session, and what they are told
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

--- A list that fills with the events of a name.
local function record(rs, name, list)
  list = list or {}
  rs:on(name, function(event)
    list[#list + 1] = event
  end)
  return list
end

local function account()
  return stub.reply(200, { id = "1" }, { ["x-request-id"] = "abc", ["x-odd"] = "what" })
end

describe("rs:on", function()
  it("raises for an event that there isn't, and for what is no function", function()
    local rs = stub.session(error)
    assert.equal("on: there is no event 'respons' (did you mean 'response'?)",
      raises(function() rs:on("respons", print) end))
    assert.equal("on: there is no event '5'", raises(function() rs:on(5, print) end))
    assert.equal("on: takes a function, not a nil",
      raises(function() rs:on("wait") end))
  end)

  it("tells of a request and how it ended", function()
    local rs = stub.session(account, { clock = stub.clock() })
    local requests, responses = record(rs, "request"), record(rs, "response")
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({ {
      operation = "accounts.get", method = "GET", attempt = 1,
      url = "http://localhost/v1/customer_accounts/CLOUD/1",
      headers = { Accept = "application/json", ["User-Agent"] = rs.settings.user_agent,
        ["X-Auth-Token"] = "<hidden>" },
    } }, requests)
    assert.same({ {
      operation = "accounts.get", method = "GET", attempt = 1, status = 200,
      url = "http://localhost/v1/customer_accounts/CLOUD/1", seconds = 0,
      bytes = #'{"id":"1"}', request_id = "abc",
      headers = { ["x-request-id"] = "abc", ["x-odd"] = "<hidden>" },
    } }, responses)
  end)

  it("tells of a request that got no answer", function()
    local rs = stub.session(function() return nil, "it hung up", "network", true end)
    local responses = record(rs, "response")
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("accounts.get: it hung up", message)
    assert.is_true(err.sent)
    assert.equal("network", responses[1].kind)
    assert.equal("it hung up", responses[1].message)
    assert.is_nil(responses[1].status)
    assert.is_nil(responses[1].headers)
  end)

  it("counts a body's bytes and shows none", function()
    local rs = stub.session(function() return stub.reply(201, { ticketId = "1" }) end,
      { endpoints = { ticketing = "http://localhost" } })
    local requests = record(rs, "request")
    assert(rs.tickets:comment("1", { text = "sda is failing" }))
    assert.equal(#'{"comment":{"text":"sda is failing"}}', requests[1].bytes)
    assert.is_nil(requests[1].body)
  end)

  it("tells of a log-in", function()
    local rs = stub.session(function(request)
      if request.operation == "identity.login" then
        local answer = stub.access("token-1", "2033-05-18T03:33:20Z")
        answer.seconds = 0.25
        return answer
      end
      return account()
    end, { token = false, username = "demo", api_key = "the-key" })
    local logins, requests = record(rs, "login"), record(rs, "request")
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({ { user = "demo", seconds = 0.25, expires = "2033-05-18T03:33:20Z" } }, logins)
    assert.equal("identity.login", requests[1].operation)
    assert.is_nil(requests[1].bytes)
    assert.equal("accounts.get", requests[2].operation)
  end)

  it("ends by what it gave, and may end while it is told", function()
    local rs = stub.session(account)
    local told, off = 0, nil
    off = rs:on("request", function()
      told = told + 1
      off()
      off()
    end)
    local last = record(rs, "request")
    assert(rs.accounts:get("CLOUD/1"))
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(1, told)
    assert.equal(2, #last)
  end)

  it("tells each listener for itself, also one that is there twice", function()
    local rs, told = stub.session(account), 0
    local function count()
      told = told + 1
    end
    local off = rs:on("request", count)
    rs:on("request", count)
    off()
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(1, told)
  end)

  it("lets no listener break a call, and tells once that it raised", function()
    local rs = stub.session(account)
    local warnings = record(rs, "warning")
    rs:on("request", function() error("my bug\n", 0) end)
    rs:on("response", function() error(setmetatable({}, { __tostring = error })) end)
    local responses = record(rs, "response")
    assert(rs.accounts:get("CLOUD/1"))
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({ { message = "a listener of 'request' raised: my bug" },
      { message = "a listener of 'response' raised: table" } }, warnings)
    assert.equal(2, #responses)
  end)

  it("bears a listener of warnings that raises", function()
    local rs = stub.session(account)
    rs:on("warning", function() error("once more", 0) end)
    local warnings = record(rs, "warning")
    rs:emit("warning", { message = "careful" })
    assert.same({ { message = "a listener of 'warning' raised: once more" },
      { message = "careful" } }, warnings)
  end)

  it("tells how long each phase took, of those that there were", function()
    local facts = { seconds = 0.5, lookup = 0.0625, connect = 0.125, tls = 0, first_byte = 0.25,
      reused = false }
    local rs = stub.session(function(request)
      request.finished(facts)
      return account()
    end)
    local responses = record(rs, "response")
    assert(rs.accounts:get("CLOUD/1"))
    facts.tls = 0.1875
    assert(rs.accounts:get("CLOUD/1"))
    facts.reused = true
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({ lookup = 0.0625, connect = 0.0625, first_byte = 0.125, transfer = 0.25 },
      responses[1].phases)
    assert.same({ lookup = 0.0625, connect = 0.0625, tls = 0.0625, first_byte = 0.0625,
      transfer = 0.25 }, responses[2].phases)
    assert.same({ first_byte = 0.25, transfer = 0.25 }, responses[3].phases)
    facts = { seconds = 5, lookup = 0.5, connect = 0, tls = 0, first_byte = 0 }
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({ lookup = 0.5 }, responses[4].phases)
  end)

  it("tells of real transfers what they took", function()
    local service = peer.start("return reply(200, '{\"id\":\"1\"}')")
    local rs = assert(rackspace.new{ token = stub.TOKEN, endpoints = { customer = service.url } })
    local responses = record(rs, "response")
    assert(rs.accounts:get("CLOUD/1"))
    local phases = responses[1].phases
    assert.is_true(phases.lookup > 0 and phases.connect >= 0 and phases.first_byte > 0)
    assert.is_nil(phases.tls)
    local sum = phases.lookup + phases.connect + phases.first_byte + phases.transfer
    assert.is_true(sum <= responses[1].seconds)
    rs:close()
    service:close()
  end)

  it("tells how far a file is, beside who was told already", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local path, told = file.write(file.folder() .. "/a.log", ("x"):rep(1000)), {}
    local events = record(rs, "progress")
    assert(rs.tickets:attach(path, { progress = function(bytes, total)
      told[#told + 1] = bytes .. "/" .. total
    end }))
    assert.same({ { operation = "tickets.attach", direction = "upload", bytes = 1000,
      total = 1000 } }, { events[#events] })
    assert.equal("1000/1000", told[#told])
    rs:close()
    file.clean()
  end)

  it("tells of the pages of a list, by the service's count where it has one", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local pages = record(rs, "page")
    assert(rs.accounts:list{ limit = 30 }:totable(61))
    assert.same({ { operation = "accounts.list", number = 1, count = 30, items = 30 },
      { operation = "accounts.list", number = 2, count = 30, items = 60 },
      { operation = "accounts.list", number = 3, count = 30, items = 90 } }, pages)
    local pager = rs.tickets:list{ limit = 2, offset = 1 }
    local total = assert(pager:total())
    assert(pager:totable(3))
    assert.same({ { operation = "tickets.list", number = 1, count = 2, items = 3, total = total },
      { operation = "tickets.list", number = 2, count = 2, items = 5, total = total } },
      { pages[4], pages[5] })
    rs:close()
  end)

  it("hands a request through untouched when nobody listens", function()
    local seen
    local rs = stub.session(function(request)
      seen = request
      return account()
    end)
    local request = setmetatable({}, { __index = error })
    assert(rs.transport(request))
    assert.equal(request, seen)
  end)
end)
