--- format_spec.lua - an account's changes as text
-- SPDX-License-Identifier: MIT
local format = require("rackspace.picture.format")

describe("format", function()
  it("say values that are spelt for machines as people do, and leave others", function()
    assert.equal("Delinquent level 1", format.value("DELINQUENT_LEVEL_1"))
    assert.equal("Current", format.value("CURRENT"))
    assert.equal("Pending Approval", format.value("Pending Approval"))
    assert.equal("RPC", format.value("RPC"))
    assert.equal("7", format.value(7))
    assert.is_nil(format.value(nil))
  end)

  it("name fields, known and not", function()
    assert.equal("Customer", format.label("rcn"))
    assert.equal("Collections", format.label("collectionsStatus"))
    assert.equal("billingCountry", format.label("billingCountry"))
    assert.equal("?", format.label(nil))
  end)

  it("make a sentence of a change", function()
    local function sentence(what, from, to, reason)
      return format.sentence{ what = what, from = from, to = to, reason = reason }
    end
    assert.equal("Active → Closed", sentence("status", "Active", "Closed",
      "LEGACY_ACCOUNT_STATUS"))
    assert.equal("Active, new", sentence("status", nil, "Active", "NEW"))
    assert.equal("Active", sentence("status", "Active", "Active"))
    assert.equal("Active → Closed, Account closed", sentence("status", "Active", "Closed",
      "Account closed"))
    assert.equal("RCN-1-2-3 → RCN-4-5-6, merged", sentence("rcn", "RCN-1-2-3", "RCN-4-5-6",
      "MERGE"))
    assert.equal("BIG_CAT", sentence("nickname", nil, "BIG_CAT", "NICKNAME"))
    assert.equal("", sentence("PAINTED", nil, nil, "PAINTED"))
  end)

  it("tell who did it", function()
    assert.equal("user1 (customer)", format.actor{ who = "user1", usertype = "CUSTOMER" })
    assert.equal("user1", format.actor{ who = "user1" })
    assert.equal("(system)", format.actor{ usertype = "SYSTEM" })
    assert.equal("", format.actor{})
  end)

  it("tell days and minutes in UTC, and leave what is no date", function()
    assert.equal("2015-04-21", format.day("2015-04-22T01:00:00+02:00"))
    assert.equal("2015-04-21 23:00", format.minute("2015-04-22T01:00:00.000+02:00"))
    assert.equal("1970-01-02 00:00", format.minute(86400))
    assert.equal("soon", format.day("soon"))
    assert.equal("", format.minute(nil))
  end)
end)
