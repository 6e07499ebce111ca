--- events_spec.lua - who listens to a session, and what they are told
-- SPDX-License-Identifier: MIT
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
