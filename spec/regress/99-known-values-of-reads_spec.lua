--- 99-known-values-of-reads_spec.lua - mistyped values that gave empty lists
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")

-- role = "billing" was sent as it is, and the service knows BILLING: the list
-- was empty, and an audit took 137 accounts for ones without such a contact.
describe("a parameter whose values are known", function()
  local rs, requests, warnings

  before_each(function()
    rs, requests = stub.session(function()
      return stub.reply(200, { contact = {} })
    end)
    warnings = {}
    rs:on("warning", function(event) warnings[#warnings + 1] = event end)
  end)

  local function list(role)
    assert(rs.contacts:list("CLOUD/10101", { role = role }):totable())
    return requests[#requests].url:match("role=([^&]*)")
  end

  it("is sent as it is spelt, whatever its case", function()
    for _, role in ipairs{ "billing", "Billing", "BILLING" } do
      assert.equal("BILLING", list(role))
    end
    assert.same({}, warnings)
  end)

  it("is sent and warned of, once, when an open set does not have it", function()
    assert.equal("BILING", list("BILING"))
    list("BILING")
    assert.equal("contacts.list: no role is known as 'BILING'; did you mean BILLING?",
      warnings[1].message)
    assert.equal("contacts.list", warnings[1].operation)
    assert.is_nil(warnings[2])
    list("elsewhere")
    assert.matches("no role is known as 'elsewhere'; known are PRIMARY, BILLING, ",
      warnings[2].message)
  end)

  it("is refused when a closed set does not have it", function()
    local ok, problem = pcall(rs.accounts.list, rs.accounts, { direction = "forwrad" })
    assert.is_false(ok)
    assert.matches("'direction' must be one of backward, forward, not 'forwrad' " ..
      "%(did you mean 'forward'%?%)$", problem)
    assert.is_truthy(rs.accounts:list{ direction = "Forward" })
  end)

  it("is checked inside of records and lists, but for what is personal", function()
    local widgets = rs:service{ name = "widgets", endpoint = "customer",
      types = { Part = { { "kind", "string", known = { "Bolt", "Nut" } },
        { "secretary", "string", known = { "A" }, personal = true } } },
      { "make", "POST /v1/widgets", body = { { "parts", "Part[]" },
        { "sizes", "string[]", known = { "S", "M" } } }, returns = "any" } }
    widgets:make{ parts = { { kind = "bolt" }, { kind = "Boltt", secretary = "B" } },
      sizes = { "m", "XL" } }
    assert.matches('"kind":"Bolt"', requests[1].body)
    assert.matches('"sizes":%["M","XL"%]', requests[1].body)
    local said = {}
    for i, event in ipairs(warnings) do
      said[i] = event.message
    end
    table.sort(said)
    assert.same({ "widgets.make: no kind is known as 'Boltt'; did you mean Bolt?",
      "widgets.make: no sizes is known as 'XL'; did you mean S?" }, said)
  end)
end)
