--- redirect_spec.lua - answers that would send the client, or its token, elsewhere
-- SPDX-License-Identifier: MIT
local hostile = require("spec.support.hostile")
local peer = require("spec.support.raw_peer")
local rackspace = require("rackspace")

local PASSED_OVER = "the service answered with a redirection, which is never followed"

describe("a redirection", function()
  local stranger

  before_each(function()
    stranger = hostile.stranger()
  end)

  after_each(function()
    hostile.assert_unseen(stranger)
    hostile.close_all()
  end)

  --- Whatever is asked is answered with a way to the place.
  local function refused(place, statuses)
    for _, status in ipairs(statuses or { 301, 302, 303, 307, 308 }) do
      local err, rs, server = hostile.fails(([[
        while connection:request() do
          connection:send(reply(%d, "", "Location: %s", "Refresh: 0; url=%s"))
        end]]):format(status, place, place), "protocol", PASSED_OVER)
      assert.equal(status, err.status)
      assert.equal(1, #server:requests())
      rs:close()
      server:close()
    end
  end

  it("to another host is not followed", function()
    refused(stranger.url .. "/v1/customer_accounts/CLOUD/1")
    refused("//127.0.0.1:" .. stranger.port .. "/")
    refused("http://localhost:" .. stranger.port .. "/", { 302 })
  end)

  it("to http, to file: or to another protocol is not followed", function()
    refused("http://127.0.0.1:" .. stranger.port .. "/", { 302, 307 })
    for _, place in ipairs{ "file:///etc/passwd", "ftp://127.0.0.1:" .. stranger.port .. "/",
      "gopher://127.0.0.1:" .. stranger.port .. "/x", "javascript:1", "" } do
      refused(place, { 302 })
    end
  end)

  it("to the service itself is not followed either", function()
    refused("/v1/customer_accounts/CLOUD/2", { 302, 300, 304, 305, 306 })
  end)

  it("of a write is not followed, nor the write sent again", function()
    local rs, server = hostile.against(([[
      while connection:request() do
        connection:send(reply(307, "", "Location: %s/tickets"))
      end]]):format(stranger.url))
    hostile.assert_failure("protocol", PASSED_OVER, rs.tickets:create{ accountId = "10101",
      subject = "Disk", category = "Incident", subcategory = "Other", severity = "High",
      comment = { text = "sda" } })
    assert.equal(1, #server:requests())
  end)

  it("of a log-in shows nobody the key", function()
    local rs, server = hostile.against(([[
      while connection:request() do
        connection:send(reply(307, "", "Location: %s/v2.0/tokens"))
      end]]):format(stranger.url), { token = false, username = "someone",
      api_key = "the-key-of-someone" })
    local err = hostile.assert_failure("protocol", PASSED_OVER, rs.accounts:get("CLOUD/1"))
    assert.equal("identity.login", err.operation)
    assert.equal(1, #server:requests())
  end)

  it("of a signed call shows nobody the signature", function()
    local rs, server = hostile.against(([[
      while connection:request() do
        connection:send(reply(302, "", "Location: %s/v1/customers"))
      end]]):format(stranger.url))
    hostile.assert_failure("protocol", PASSED_OVER, rs.email_customers:get("me"))
    local requests = server:requests()
    assert.equal(1, #requests)
    assert.is_truthy(requests[1]:find("X%-Api%-Signature: "))
  end)

  it("to log in elsewhere, by WWW-Authenticate or the catalog, is not followed", function()
    local rs, server = hostile.against(([[
      local request = connection:request()
      if request:find("/tokens") then
        connection:send(reply(200, '{"access":{"token":{"id":"the-token-it-gave"},'
          .. '"user":{"id":"1"},"serviceCatalog":[{"type":"rax:customer",'
          .. '"endpoints":[{"publicURL":"%s"}]}]}}',
          "Connection: close"))
      else
        connection:send(reply(401, "", "Connection: close",
          "WWW-Authenticate: Keystone uri=%s/v2.0"))
      end]]):format(stranger.url, stranger.url), { token = false, username = "someone",
      api_key = "the-key-of-someone" })
    hostile.assert_failure("auth", "401", rs.accounts:get("CLOUD/1"))
    assert.equal(4, #server:requests())
  end)

  it("by a proxy's header or an alternative service is not followed", function()
    local rs, server = hostile.against(([[
      while connection:request() do
        connection:send(reply(200, '{"id":"1"}', 'Alt-Svc: h2="127.0.0.1:%s"; ma=3600',
          "Content-Location: %s/", "Strict-Transport-Security: max-age=3600",
          "Set-Cookie: a=b; Domain=127.0.0.1"))
      end]]):format(stranger.port, stranger.url))
    for _ = 1, 3 do
      assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
    end
    local requests = server:requests()
    assert.equal(3, #requests)
    assert.is_nil(requests[3]:find("Cookie", 1, true))
  end)

  it("to oneself does not carry one service's token to another's origin", function()
    local other = peer.start("connection:request() connection:send(reply(200, '{}'))")
    local server = peer.start([[
      while connection:request() do
        connection:send(reply(200, '{"id":"1"}'))
      end]])
    local rs = hostile.session(server)
    assert(rs.accounts:get("CLOUD/1"))
    local own = rs:service{ name = "elsewhere", endpoint = other.url,
      { "get", "GET /x", returns = "any" } }
    assert(own:get())
    assert.is_nil(other:requests()[1]:find(hostile.TOKEN, 1, true))
    assert.is_truthy(server:requests()[1]:find(hostile.TOKEN, 1, true))
  end)
end)

describe("an endpoint", function()
  it("of plain http, of a file or with a user's name is none", function()
    for url, problem in pairs{ ["http://example.com"] = "plain http is only allowed",
      ["file:///etc/passwd"] = "not an absolute http or https URL",
      ["https://user:word@example.com"] = "must not carry a user name",
      ["http://127.0.0.1.example.com"] = "plain http is only allowed",
      ["https://example.com?x"] = "it has more than a path" } do
      local rs, message, err = rackspace.new{ token = hostile.TOKEN,
        endpoints = { customer = url } }
      assert.is_nil(rs)
      assert.equal("config", err.kind)
      assert.is_truthy(message:find(problem, 1, true), message)
    end
  end)
end)
