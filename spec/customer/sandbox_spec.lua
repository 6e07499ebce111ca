--- sandbox_spec.lua - what the sandbox's Customer Service has in common
-- SPDX-License-Identifier: MIT
local customer = require("rackspace.customer.sandbox")

describe("the sandbox's Customer Service", function()
  it("has faults in their element, and flat ones", function()
    assert.same({ 404, { notFound = { code = 404, message = "x" } } },
      { customer.fault(404, "x") })
    assert.same({ 404, { code = 404, message = "x", details = "notFound" } },
      { customer.flat_fault(404, "x") })
  end)

  it("takes a limit within bounds, and its own otherwise", function()
    for limit, count in pairs{ ["1"] = 1, ["9"] = 9, ["0"] = 5, ["10"] = 5, x = 5, ["-1"] = 5 } do
      assert.equal(count, customer.limit({ limit = limit }, 5, 9))
    end
    assert.equal(5, customer.limit({}, 5, 9))
  end)

  it("encodes what a path is made of", function()
    assert.equal("/v1/customer_accounts/A%20B/7", customer.path{ type = "A B", id = "7" })
  end)

  it("finds accounts that the user sees", function()
    local data = { find = function(_, kind, id) return kind == "CLOUD" and tonumber(id) end,
      visible = function(_, user, index) return user == "demo" and index > 0 end }
    local handler = customer.with_account(function(_, _, index) return 200, index end)
    local function status(kind, id, user)
      return (handler({ data = data }, { variables = { accountType = kind, accountId = id },
        user = { sees = user } }))
    end
    assert.equal(200, status("CLOUD", "1", "demo"))
    assert.equal(404, status("CLOUD", "0", "demo"))
    assert.equal(404, status("CLOUD", "1", "second"))
    assert.equal(404, status("OTHER", "1", "demo"))
  end)
end)
