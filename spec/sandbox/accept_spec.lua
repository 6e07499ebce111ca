--- accept_spec.lua - which media type a header Accept chooses
-- SPDX-License-Identifier: MIT
local accept = require("rackspace.sandbox.accept")
local in_process = require("spec.support.in_process")

local J, X = "application/json", "application/xml"

describe("accept.choose", function()
  it("prefers by quality, closeness and place", function()
    for header, chosen in pairs{
      [""] = J, [" , "] = J, ["*/*"] = J, ["*"] = J, [J] = J, [X] = X,
      ["application/*"] = J, ["APPLICATION/XML"] = X, ["text/html"] = "none",
      ["application/json, application/xml"] = J,
      ["application/xml, application/json"] = X,
      ["application/xml, */*"] = X, ["*/*, application/xml"] = X,
      ["application/json;q=0.5, application/xml"] = X,
      ["application/xml;q=0.5, application/json;q=0.9"] = J,
      ["application/xml;q=0.9,application/json;q=0.8,*/*;q=0.1"] = X,
      ["application/xml; q=0.5, */*"] = J,
      ["application/json;q=0, */*"] = X,
      ["application/json;q=0"] = "none", ["*/*;q=0"] = "none",
      ["application/*;q=0.0, application/json"] = J,
      ["application/json;q=0.000"] = "none",
      ["application/json;q=1.0;ext=1"] = J,
      ["application/json; charset=utf-8; q=0.3, application/xml;q=.4"] = X,
      ["application/json ; Q = 0.3 , application/xml ; q = 0.2"] = J,
      ["application/json;q=wrong"] = J, ["application/json;q=9"] = J,
      ["application/jsonp"] = "none", ["application"] = "none",
    } do
      assert.equal(chosen, accept.choose(header, { J, X }) or "none", header)
    end
    assert.equal(J, accept.choose(nil, { J, X }))
  end)

  it("decides what the services answer", function()
    local box = in_process.start{ limits = false }
    local function kind(target, header)
      local answer = box:send("GET", target, { accept = header,
        ["x-auth-token"] = box.tokens.demo })
      return answer.status == 200 and answer.headers["Content-Type"] or answer.status
    end
    box.tokens.demo = box:log_in("demo")
    local account = "/v1/customer_accounts/CLOUD/10101"
    assert.equal(X, kind(account, "application/json;q=0.2, application/xml;q=0.8"))
    assert.equal(J, kind(account, "application/xml;q=0.2, application/json;q=0.8"))
    assert.equal(J, kind(account, "application/xml;q=0, */*"))
    assert.equal(406, kind(account, "application/json;q=0, application/xml;q=0"))
    assert.equal(406, kind("/tickets", "application/json;q=0"))
    assert.equal(406, kind("/v2.0/tenants", "application/json;q=0.0, text/html"))
  end)

  it("is overruled by the end of a path in the Customer Service and Identity", function()
    for _, dialect in ipairs{ "reference", "openapi" } do
      local box = in_process.start{ dialect = dialect }
      local account = dialect == "reference" and "/v1/customer_accounts/CLOUD/10101"
        or "/v1/customer_accounts/" .. box:get("demo",
          "/v1/customer_accounts").customer_accounts[1].rcn
      for _, path in ipairs{ "/v1/customer_accounts", account, account .. "/contacts",
        account .. "/status_history", account .. "/history", account .. "/metadata",
        "/v2.0/tenants", "/v2.0/users" } do
        local answer = box:send("GET", path .. ".json", { accept = "application/xml",
          ["x-auth-token"] = box.tokens.demo or box:log_in("demo") })
        assert.same({ 200, J }, { answer.status, answer.headers["Content-Type"] }, path)
      end
    end
    local box = in_process.start()
    for _, path in ipairs{ "", "/CLOUD/10101", "/CLOUD/10101/contacts",
      "/CLOUD/10101/metadata", "/CLOUD/10101/customer_history",
      "/CLOUD/10101/metadata/billing:somekey", "/CLOUD/10101/metadata/billing:somekey/detail" } do
      local answer = box:send("GET", "/v1/customer_accounts" .. path .. ".xml?limit=2",
        { ["x-auth-token"] = box:log_in("demo"), accept = J })
      assert.same({ 200, X }, { answer.status, answer.headers["Content-Type"] }, path)
    end
  end)

  it("is not overruled elsewhere", function()
    local box = in_process.start()
    local headers = { ["x-auth-token"] = box:log_in("demo") }
    for _, path in ipairs{ "/tickets.json", "/categories.json", "/v1/customers.json",
      "/customers.json", "/.json", "/v2.0/.json", "/v2.0/tenants.txt", "/v2.0/none.json",
      "/v2.0/tenants.JSON", "/v1/customer_accounts/.json", "/tickets/", "/v2.0/none/",
      "/v1/customer_accounts/", "/v1/customer_accounts/CLOUD/10101/" } do
      assert.equal(404, box:send("GET", path, headers).status, path)
    end
    assert.equal(405, box:send("PUT", "/v2.0/tenants.json", headers).status)
    assert.equal(405, box:send("PUT", "/v2.0/tenants/", headers).status)
  end)

  it("decides what Email & Apps answers", function()
    local answers = require("rackspace.email_customers.sandbox.answers")
    for header, format in pairs{ ["*/*"] = "xml", ["text/xml"] = "xml", [J] = "json",
      ["text/xml;q=0.5, application/json"] = "json",
      ["application/json;q=0.5, text/xml;q=0.6"] = "xml",
      ["text/xml;q=0, */*"] = "json", ["text/html"] = "none" } do
      assert.equal(format, answers.format(header) or "none", header)
    end
    assert.equal("xml", answers.format(nil))
  end)
end)
