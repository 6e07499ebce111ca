--- sandbox_rules_spec.lua - roles, products, severities and faults
-- SPDX-License-Identifier: MIT
local rules = require("rackspace.tickets.sandbox.rules")

describe("the rules of tickets", function()
  it("know an account's product by its prefix", function()
    assert.equal("hybrid", rules.product("hybrid:12345"))
    assert.equal("faws", rules.product("faws:123456789012"))
    assert.equal("managed_gcp", rules.product("managed_gcp:12345"))
    assert.equal("cloud", rules.product("12345"))
    assert.equal("cloud", rules.product("other:12345"))
  end)

  it("give each product its severities and its subcategory", function()
    assert.is_true(rules.is_severity("hybrid", "Emergency"))
    assert.is_false(rules.is_severity("cloud", "Emergency"))
    assert.is_false(rules.is_severity("cloud", "low"))
    for _, given in ipairs{ "General", "Other" } do
      assert.equal("General", rules.subcategory("hybrid", given))
      assert.equal("Other", rules.subcategory("faws", given))
    end
    assert.is_nil(rules.subcategory("cloud", "general"))
    assert.equal("Change", rules.category("Change").classification)
    assert.is_nil(rules.category("change"))
  end)

  it("name the role that is missing", function()
    local function refusal(check, ...)
      local status, body = check(...)
      return status and body:match('"message": "([^"]*)"')
    end
    local admin = { roles = { "ticketing:admin" } }
    local portal = { roles = {}, portal = { "edit_ticket" } }
    assert.is_nil(rules.write_refusal(admin, "12345"))
    assert.equal("This takes the role account_admin or edit_ticket",
      refusal(rules.write_refusal, admin, "hybrid:12345"))
    assert.is_nil(rules.write_refusal(portal, "hybrid:12345"))
    assert.equal("This takes the role identity:user-admin or ticketing:admin",
      refusal(rules.write_refusal, portal, "12345"))
    assert.is_nil(rules.upload_refusal{ roles = { "dedicated:default" } })
    assert.is_truthy(refusal(rules.upload_refusal, portal))
    assert.is_truthy(refusal(rules.follow_refusal, admin):find(
      "cloudfeeds:observer", 1, true))
  end)

  it("lay a fault out as the reference does", function()
    local status, body, headers = rules.fault(400, 'a "b"')
    assert.equal(400, status)
    assert.equal("application/json", headers["Content-Type"])
    assert.equal('{\n    "status": 400,\n    "message": "a \\"b\\"",\n' ..
      '    "faultCode": "badRequest",\n    "moreInfo": ' ..
      '"docs/ticketing/general-api-info/faults/#badRequest"\n}', body)
  end)
end)
