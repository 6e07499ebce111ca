--- answers_spec.lua - the format of the sandbox's responses, over HTTP
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

describe("the sandbox over HTTP", function()
  local box, token

  setup(function()
    box = assert(support.serve("--accounts 137"))
    token = support.token(box)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function call(method, target, ...)
    return curl(box.url .. target, "-X", method, "-H",
      "X-Auth-Token: " .. token, ...)
  end

  it("names the request in every answer, never twice", function()
    local seen = {}
    for _, target in ipairs{ "/v1/customer_accounts?limit=1", "/nothing",
      "/v2.0/nothing", "/sandbox" } do
      local id = call("GET", target).headers["x-trans-id"]
      assert.is_truthy(id and not seen[id])
      seen[id] = true
    end
  end)

  it("faults with the service's own element", function()
    local cases = {
      { "GET", "/v1/nothing", 404, "notFound" },
      { "GET", "/v1/customer_accounts/", 404, "notFound" },
      { "GET", "/v1//customer_accounts", 404, "notFound" },
      { "GET", "/v2.0/nothing", 404, "itemNotFound" },
      { "GET", "/v2.1", 404, "notFound" },
      { "POST", "/v1/customer_accounts", 405, "methodNotAllowed" },
      { "DELETE", "/v1/customer_accounts/CLOUD/10101", 405,
        "methodNotAllowed" },
      { "PUT", "/v2.0/tenants", 405, "badMethod" },
    }
    for _, case in ipairs(cases) do
      local answer = call(case[1], case[2])
      assert.equal(case[3], answer.status)
      local name, code, message = support.fault(answer)
      assert.same({ case[4], case[3] }, { name, code })
      assert.is_string(message)
    end
    assert.equal("GET, HEAD", call("POST", "/v1/customer_accounts").headers.allow)
  end)

  it("serves and reads JSON only, but for what the rows say", function()
    local list = "/v2.0/tenants"
    for accept, status in pairs{ ["application/json"] = 200, ["*/*"] = 200,
      ["text/html, application/json;q=0.9"] = 200, ["application/xml"] = 406,
      ["APPLICATION/JSON"] = 200, ["text/html"] = 406 } do
      assert.equal(status, call("GET", list, "-H", "Accept: " .. accept).status)
    end
    assert.equal(200, call("GET", list, "-H", "Accept:").status)
    local refused = call("GET", list, "-H", "Accept: application/xml")
    assert.equal("406", jq(refused.body, ".notAcceptable.code"))
    assert.equal(200, call("GET", "/v1/customer_accounts?limit=1", "-H",
      "Accept: application/xml").status)
    assert.equal(406, call("GET", "/v1/customer_accounts?limit=1", "-H",
      "Accept: text/xml").status)
    local form = curl("-d", "a=1", box.url .. "/v2.0/tokens")
    assert.equal(415, form.status)
    assert.equal("415", jq(form.body, ".badMediaType.code"))
  end)

  it("takes the format from the end of Identity's paths first", function()
    assert.equal(200, call("GET", "/v2.0/tenants.json", "-H",
      "Accept: application/xml").status)
    assert.equal(406, call("GET", "/v2.0/tenants.xml").status)
    assert.equal(404, call("GET", "/v2.0/tenants.txt").status)
  end)

  it("decodes paths, whose separators stay what they are", function()
    local base = "/v1/customer_accounts/"
    assert.equal(200, call("GET", base .. "%43LOUD/1010%31").status)
    assert.equal(404, call("GET", base .. "CLOUD%2F10101").status)
    assert.equal(404, call("GET", base .. "CLOUD/..").status)
    assert.equal(404, call("GET", base .. "CLOUD/%00").status)
    assert.equal(404, call("GET", base .. "CLOUD/%zz").status)
  end)
end)
