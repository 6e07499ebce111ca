--- 85-proxies-that-refuse_spec.lua - what a proxy refused was not sent
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local raw_peer = require("spec.support.raw_peer")
local stub = require("spec.support.stub")

local TICKET = { accountId = "hybrid:1", subject = "s", category = "Incident",
  subcategory = "General", severity = "Normal", comment = { text = "t" } }

--- A session behind a proxy that answers each request with a status.
local function behind(status)
  local peer = raw_peer.start(([[
    while connection:request() do
      connection:send(reply("%s", "<html><title>no</title></html>"))
    end]]):format(status))
  return assert(rackspace.new{ token = stub.TOKEN, limits = false, retries = 1,
    proxy = "http://someone:the-proxy-word@127.0.0.1:" .. peer.port,
    endpoints = { ticketing = "https://nowhere.invalid", identity = "https://nowhere.invalid" },
    clock = { time = os.time, monotonic = os.time, sleep = function() end } }), peer
end

describe("a write through a proxy that refuses to connect", function()
  after_each(raw_peer.close_all)

  for _, status in ipairs{ "403", "407", "502", "503" } do
    it("was not sent, and its outcome is known: " .. status, function()
      local rs, peer = behind(status)
      local ticket, message, err = rs.tickets:create(TICKET)
      assert.is_nil(ticket)
      assert.equal(false, err.sent)
      assert.matches("the proxy refused to connect (" .. status .. ")", message, 1, true)
      assert.is_nil(message:find("unknown outcome", 1, true))
      assert.is_nil(message:find("the-proxy-word", 1, true))
      assert.equal(status == "407" and "config" or "network", err.kind)
      assert.equal(status == "407" and 1 or 2, #peer:requests())
      for _, request in ipairs(peer:requests()) do
        assert.matches("^CONNECT nowhere.invalid:443 ", request)
        assert.is_nil(request:find(stub.TOKEN, 1, true))
      end
      rs:close()
    end)
  end

  it("was not sent when the origin behind it fails in the handshake", function()
    local peer = raw_peer.start([[
      connection:request()
      connection:send("HTTP/1.1 200 Established\r\n\r\nthis is not TLS")]])
    local rs = assert(rackspace.new{ token = stub.TOKEN, limits = false, retries = 0,
      proxy = "http://127.0.0.1:" .. peer.port,
      endpoints = { ticketing = "https://nowhere.invalid", identity = "https://nowhere.invalid" } })
    local _, message, err = rs.tickets:create(TICKET)
    assert.equal(false, err.sent)
    assert.is_nil(message:find("unknown outcome", 1, true))
    rs:close()
  end)
end)

describe("a proxy's answer of 407 in place of a service's", function()
  it("is not repeated, and the message names the proxy", function()
    local rs, requests = stub.session(function()
      return stub.reply(407, "<html><title>no</title></html>")
    end, { retries = 3 })
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("accounts.get: 407 the proxy wants a user name and a password", message)
    assert.equal(407, err.status)
    assert.equal(1, #requests)
  end)
end)

describe("a write that fails before anything is sent", function()
  it("has no unknown outcome: no keys of the e-mail service", function()
    local rs, requests = stub.session(function() return stub.reply(500) end)
    local _, message, err = rs.email_customers:create{ name = "n", referenceNumber = "1" }
    assert.is_nil(message:find("unknown outcome", 1, true))
    assert.equal("config", err.kind)
    assert.equal(false, err.sent)
    assert.equal(0, #requests)
  end)
end)
