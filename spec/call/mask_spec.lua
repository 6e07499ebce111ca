--- mask_spec.lua - what may be shown of a request: no secret, nobody's data
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local mask = require("rackspace.call.mask")
local service = require("rackspace.session.service")

local widgets = service.define{ name = "widgets", endpoint = "customer",
  auth = "token", version = "v2",
  references = require("rackspace.customer.references"),
  { "get", "GET /{version}/widgets/{id}/parts/{partId}",
    fallback = "GET /widget/{id}/{partId}",
    args = { { "id", "id" }, { "partId", "id", personal = true } },
    query = {
      { "colour", "string" }, { "owner", "string", personal = true },
      { "is_new", "boolean", wire = "isNew" }, { "key", "secret" },
    } },
  { "of", "GET /accounts/{accountType}/{accountId}", args = { { "account", "account" } } },
  { "token", "GET /tokens/{tokenId}", run = print },
}.by_name

local endpoints = { customer = "https://customer.example/base", feeds = "https://feeds.example" }

local function shown(op, url, hide)
  return mask.url(endpoints, { op = widgets[op], url = url }, hide)
end

describe("a URL that is shown", function()
  it("has what its row calls plain", function()
    for _, url in ipairs{
      "https://customer.example/base/accounts/CLOUD/10101",
      "https://customer.example/base/accounts/CLOUD/10101?marker=a%20b&limit=5&offset=2",
    } do
      assert.equal(url, shown("of", url))
    end
  end)

  it("has no variable that is personal or that no argument gives", function()
    assert.equal("https://customer.example/base/v2/widgets/7/parts/<hidden>",
      shown("get", "https://customer.example/base/v2/widgets/7/parts/ada"))
    assert.equal("https://customer.example/base/widget/7/<hidden>",
      shown("get", "https://customer.example/base/widget/7/ada"))
    assert.equal("https://customer.example/base/tokens/<hidden>",
      shown("token", "https://customer.example/base/tokens/abc"))
  end)

  it("has no value of a parameter that is personal, secret or unknown", function()
    local base = "https://customer.example/base/v2/widgets/7/parts/<hidden>"
    assert.equal(base .. "?colour=red&owner=<hidden>&isNew=true&key=<hidden>&" ..
      "temp_url_sig=<hidden>&=<hidden>&flag=<hidden>",
      shown("get", "https://customer.example/base/v2/widgets/7/parts/8?colour=red&" ..
        "owner=ada&isNew=true&key=k&temp_url_sig=5&=x&flag"))
  end)

  it("is its origin alone when it is not the route's", function()
    for url, expected in pairs{
      ["https://customer.example/base/v2/widgets/7"] =
        "https://customer.example/base/<hidden>",
      ["https://customer.example/base/v2/widgets/7/parts/8/9"] =
        "https://customer.example/base/<hidden>",
      ["https://customer.example/base/v2/gadgets/7/parts/8"] =
        "https://customer.example/base/<hidden>",
      ["https://customer.example/basement/v2/widgets/7/parts/8"] =
        "https://customer.example/<hidden>",
      ["https://elsewhere.example/a/b?temp_url_sig=5"] = "https://elsewhere.example/<hidden>",
      ["https://elsewhere.example?a=b"] = "https://elsewhere.example/<hidden>",
      ["no URL at all"] = "/<hidden>",
    } do
      assert.equal(expected, shown("get", url))
    end
    assert.equal("https://customer.example/<hidden>",
      mask.url(endpoints, { url = "https://customer.example/base/accounts/1/2" }))
  end)

  it("may have something else for what is hidden", function()
    assert.equal("https://customer.example/base/widget/7/[partId]?owner=[owner]",
      shown("get", "https://customer.example/base/widget/7/ada?owner=ada",
        function(name) return "[" .. name .. "]" end))
  end)
end)

describe("headers that are shown", function()
  it("have the values of those that hold nothing to hide", function()
    local headers = { Accept = "a/b", ["X-Auth-Token"] = core.secret("token-1"),
      ["X-Api-Signature"] = "key:1:hash", ["set-cookie"] = "session=1",
      ["www-authenticate"] = "OS-MF sessionId='1'", date = "today" }
    assert.same({ Accept = "a/b", ["X-Auth-Token"] = "<hidden>",
      ["X-Api-Signature"] = "<hidden>", ["set-cookie"] = "<hidden>",
      ["www-authenticate"] = "<hidden>", date = "today" },
      mask.headers(headers, { headers = {} }))
  end)

  it("repeat no secret of the request", function()
    local request = { headers = { ["X-Auth-Token"] = core.secret("token-1") },
      secrets = { core.secret("ada@example.com") } }
    assert.same({ ["x-request-id"] = "a <secret> of <secret>", via = "" },
      mask.headers({ ["x-request-id"] = "a token-1 of ada@example.com", via = "" }, request))
    assert.equal("<secret>!", mask.text("token-1!", request))
  end)

  it("may be missing, and a secret may be a text", function()
    local request = { secrets = { "the-signature" } }
    assert.same({}, mask.headers(nil, request))
    assert.same({ via = "<secret>" }, mask.headers({ via = "the-signature" }, request))
  end)

  it("show a secret nowhere, not even where a text would stand", function()
    assert.same({ Accept = "<hidden>" },
      mask.headers({ Accept = core.secret("token-1") }, { headers = {} }))
  end)
end)
