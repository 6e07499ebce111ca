--- words_spec.lua - an account's changes in words that everybody reads
-- SPDX-License-Identifier: MIT
local words = require("rackspace.picture.words")

describe("words", function()
  it("say values that are spelt for machines as people do, and leave others", function()
    assert.equal("Delinquent level 1", words.value("DELINQUENT_LEVEL_1"))
    assert.equal("Current", words.value("CURRENT"))
    assert.equal("Pending Approval", words.value("Pending Approval"))
    assert.equal("RPC", words.value("RPC"))
    assert.equal("7", words.value(7))
    assert.is_nil(words.value(nil))
  end)

  it("name fields, known and not", function()
    assert.equal("Customer", words.label("rcn"))
    assert.equal("Collections", words.label("collectionsStatus"))
    assert.equal("billingCountry", words.label("billingCountry"))
    assert.equal("?", words.label(nil))
  end)

  it("make a sentence of a change", function()
    local function sentence(what, from, to, reason)
      return words.sentence{ what = what, from = from, to = to, reason = reason }
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
    assert.equal("user1 (customer)", words.actor{ who = "user1", usertype = "CUSTOMER" })
    assert.equal("user1", words.actor{ who = "user1" })
    assert.equal("(system)", words.actor{ usertype = "SYSTEM" })
    assert.equal("", words.actor{})
  end)

  it("tell days and minutes in UTC, and leave what is no date", function()
    assert.equal("2015-04-21", words.day("2015-04-22T01:00:00+02:00"))
    assert.equal("2015-04-21 23:00", words.minute("2015-04-22T01:00:00.000+02:00"))
    assert.equal("1970-01-02 00:00", words.minute(86400))
    assert.equal("soon", words.day("soon"))
    assert.equal("", words.minute(nil))
  end)
end)
