--- endpoints_spec.lua - where each service is
-- SPDX-License-Identifier: MIT
local settings = require("rackspace.engine.settings")

local USER = { username = "u", api_key = "k" }

local function complete(options, variables)
  local given = {}
  for name, value in pairs(options) do
    given[name] = value
  end
  for name, value in pairs(USER) do
    given[name] = given[name] or value
  end
  return settings.complete(assert(settings.check(given)), function(name)
    return (variables or {})[name]
  end)
end

describe("endpoints", function()
  it("are the documented ones", function()
    assert.same({
      identity = "https://identity.api.rackspacecloud.com/v2.0",
      customer = "https://customer.api.rackspacecloud.com",
      ticketing = "https://ticketing.api.rackspace.com",
      resources = "https://resources.api.rackspace.com",
      feeds = "https://ord.feeds.api.rackspacecloud.com",
      email = "https://api.emailsrvr.com",
    }, complete({}).endpoints)
  end)

  it("are others by the arguments, then by a variable", function()
    local found = complete({ endpoints = { customer = "https://mine//" } }, {
      RACKSPACE_CUSTOMER_URL = "https://other", RACKSPACE_EMAIL_URL = "https://mail/x/" })
    assert.equal("https://mine", found.endpoints.customer)
    assert.equal("https://mail/x", found.endpoints.email)
    assert.equal("https://ticketing.api.rackspace.com", found.endpoints.ticketing)
  end)

  it("have Identity by RACKSPACE_IDENTITY_URL, RS_AUTH_URL or the region", function()
    local function identity(options, variables)
      return complete(options, variables).endpoints.identity
    end
    assert.equal("https://lon.identity.api.rackspacecloud.com/v2.0", identity{ region = "uk" })
    assert.equal("https://lon.identity.api.rackspacecloud.com/v2.0",
      identity({}, { RS_REGION_NAME = "LON" }))
    assert.equal("https://identity.api.rackspacecloud.com/v2.0", identity{ region = "ORD" })
    assert.equal("https://auth/v2.0", identity({}, { RS_AUTH_URL = "https://auth/v2.0/" }))
    assert.equal("https://own/v2.0", identity({}, { RS_AUTH_URL = "https://auth/v2.0",
      RACKSPACE_IDENTITY_URL = "https://own/v2.0" }))
  end)

  it("are refused where nothing may be sent", function()
    for url, expected in pairs{ ["http://example.com"] = "plain http",
      ["ftp://example.com"] = "'customer'", ["example.com"] = "'customer'", [""] = "'customer'",
      ["https://user:key@host"] = "user name", ["https://host?a=b"] = "more than a path" } do
      local found, message = complete{ endpoints = { customer = url } }
      assert.is_nil(found, url)
      assert.matches("^the endpoint 'customer' can't be used", message)
      assert.matches(expected, message, 1, true)
    end
    assert.is_truthy(complete{ endpoints = { customer = "http://127.0.0.1:8080" } })
  end)
end)
