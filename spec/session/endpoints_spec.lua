--- endpoints_spec.lua - the URLs of the services
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")
local services = require("rackspace.services")

local function choose(given, found, region, dialect)
  return endpoints.choose(services.endpoints(), given or {}, found or {}, region, dialect)
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
    }, choose())
  end)

  it("are others by the arguments, then by what was found", function()
    local chosen = choose({ customer = "https://mine//" },
      { customer_url = "https://other", email_url = "https://mail/x/" })
    assert.equal("https://mine", chosen.customer)
    assert.equal("https://mail/x", chosen.email)
    assert.equal("https://ticketing.api.rackspace.com", chosen.ticketing)
  end)

  it("have Identity by its own URL, the one to log in at, or the region", function()
    local function identity(...)
      return choose(nil, ...).identity
    end
    assert.equal("https://lon.identity.api.rackspacecloud.com/v2.0", identity({}, "UK"))
    assert.equal("https://lon.identity.api.rackspacecloud.com/v2.0", identity({}, "LON"))
    assert.equal("https://identity.api.rackspacecloud.com/v2.0", identity({}, "ORD"))
    assert.equal("https://auth/v2.0", identity({ auth_url = "https://auth/v2.0/" }, "UK"))
    assert.equal("https://own/v2.0", identity{ auth_url = "https://auth/v2.0",
      identity_url = "https://own/v2.0" })
  end)

  it("have the Customer Service elsewhere in the OpenAPI dialect", function()
    assert.equal("https://accounts.api.rackspacecloud.com",
      choose(nil, nil, nil, "openapi").customer)
    assert.equal("https://mine",
      choose({ customer = "https://mine" }, nil, nil, "openapi").customer)
  end)

  it("are refused where nothing may be sent", function()
    for url, expected in pairs{ ["http://example.com"] = "plain http",
      ["ftp://example.com"] = "'customer'", ["example.com"] = "'customer'", [""] = "'customer'",
      ["https://user:key@host"] = "user name", ["https://host?a=b"] = "more than a path" } do
      local chosen, message = choose{ customer = url }
      assert.is_nil(chosen, url)
      assert.matches("^the endpoint 'customer' can't be used", message)
      assert.matches(expected, message, 1, true)
    end
    assert.is_truthy(choose{ customer = "http://127.0.0.1:8080" })
  end)
end)
