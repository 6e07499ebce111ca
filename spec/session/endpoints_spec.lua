--- endpoints_spec.lua - the URLs of the services
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")
local services = require("rackspace.services")

local function choose(given, found, region)
  return endpoints.choose(services.endpoints(), given or {}, found or {}, region)
end

describe("endpoints", function()
  it("are the documented ones", function()
    assert.same({
      identity = "https://identity.api.rackspacecloud.com/v2.0",
      customer = "https://customer.api.rackspacecloud.com",
      customer_openapi = "https://accounts.api.rackspacecloud.com",
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

  it("have the OpenAPI dialect where the Customer Service is, unless told otherwise", function()
    assert.equal("https://mine", choose{ customer = "https://mine" }.customer_openapi)
    assert.equal("https://mine", choose({}, { customer_url = "https://mine/" }).customer_openapi)
    local both = choose({ customer = "https://mine" }, { customer_openapi_url = "https://open" })
    assert.same({ "https://mine", "https://open" }, { both.customer, both.customer_openapi })
    assert.equal("https://customer.api.rackspacecloud.com",
      choose{ customer_openapi = "https://open" }.customer)
  end)

  it("have names: the demo of Ticketing, whose feed is another one, too", function()
    for _, chosen in ipairs{ choose{ ticketing = "demo" },
        choose({}, { ticketing_url = "demo" }) } do
      assert.equal("https://demo.ticketing.api.rackspace.com", chosen.ticketing)
      assert.equal("https://lon.feeds.api.rackspacecloud.com", chosen.feeds)
    end
    local mixed = choose{ ticketing = "demo", feeds = "https://feeds" }
    assert.equal("https://feeds", mixed.feeds)
    assert.equal("https://ord.feeds.api.rackspacecloud.com",
      choose{ ticketing = "https://mine" }.feeds)
    assert.equal("https://ticketing.api.rackspace.com", choose{ feeds = "demo" }.ticketing)
    assert.same({ nil, "the endpoint 'ticketing' can't be 'dmeo' (did you mean 'demo'?): it takes "
      .. "a URL, or one of demo" }, { choose{ ticketing = "dmeo" } })
    assert.matches("'customer' can't be used", (select(2, choose{ customer = "demo" })))
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
