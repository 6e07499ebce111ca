--- 78-what-the-service-gave_spec.lua - a record given back as it came
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local stub = require("spec.support.stub")

describe("what a service gave", function()
  local rs, requests

  local function session(body, settings)
    settings = settings or {}
    rs, requests = stub.session(function()
      return stub.reply(200, body)
    end, settings)
  end

  after_each(function()
    rs:close()
  end)

  it("is a list of metadata to the end, where an entry lacks its key or value", function()
    session({ metadata = { { key = "b", value = "1" }, { value = "2" }, { key = "a" } } },
      { dialect = "openapi" })
    local entries = assert(rs.metadata:entries("RCN-123-456-789"))
    assert.equal(3, #entries)
    assert.same({ "a", "b" }, { entries[2].key, entries[3].key })
    assert.same({ b = "1" }, (rs.metadata:list("RCN-123-456-789")))
  end)

  it("names an account, whatever its RCN looks like", function()
    session({ rcn = "rcn:77" }, { dialect = "openapi" })
    assert(rs.accounts:get{ rcn = "rcn:77" })
    assert.matches("/rcn%%3A77$", requests[#requests].url)
    assert.has_error(function() rs.accounts:get("CLOUD/10101") end)
  end)

  it("is a recipient, and a category in the words of responses", function()
    session({ ticketId = "180404-00001" })
    assert(rs.tickets:create{ accountId = "10101", subject = "s", subcategory = "Other",
      category = "Billing & Payment",
      recipients = { { contactNumber = "RPN-1-2-3", firstName = "A" }, { id = "RPN-4" },
        { value = "a@example.com" } } })
    local body = json.decode(requests[#requests].body)
    assert.equal("Billing and Payments", body.category)
    assert.same({ "RPN-1-2-3", "RPN-4", "a@example.com" }, body.recipients)
  end)
end)
