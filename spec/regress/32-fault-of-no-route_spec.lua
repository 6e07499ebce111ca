--- 32-fault-of-no-route_spec.lua - whose fault answers where no operation is
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local sandbox = { new = require("rackspace").sandbox }

--- The answer to a request without credentials.
local function ask(method, path)
  local answer = sandbox.new():handle{ method = method, target = path, headers = {} }
  return answer.status, assert(json.decode(answer.body)), answer.headers
end

describe("where no operation is", function()
  it("an unversioned path of Email & Apps has its fault, not Ticketing's", function()
    for _, path in ipairs{ "/customers", "/v1/customers", "/v0/customers" } do
      local status, body, headers = ask("PUT", path)
      assert.equal(405, status)
      assert.equal(405, body.appsFault.code, path)
      assert.equal("this method is not allowed here", headers["x-error-message"])
      status, body = ask("GET", path .. "/1/none")
      assert.equal(404, status)
      assert.equal(404, body.itemNotFoundFault.code, path)
    end
  end)

  it("Ticketing's and the Customer Service's stay theirs", function()
    assert.equal("notFound", select(2, ask("GET", "/categories/1")).faultCode)
    assert.equal(404, select(2, ask("GET", "/v1/customer_accounts/CLOUD")).notFound.code)
  end)

  it("Allow names each method once, however many rows share the route", function()
    for path, methods in pairs{ ["/customers"] = "GET, HEAD, POST",
      ["/tickets/1"] = "GET, HEAD, PATCH, PUT",
      ["/v1/customer_accounts/CLOUD/1/metadata"] = "GET, HEAD",
      ["/v2.0/users"] = "GET, HEAD" } do
      local _, _, headers = ask("BREW", path)
      assert.equal(methods, headers.Allow)
    end
  end)
end)
