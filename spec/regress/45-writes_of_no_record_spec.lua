--- 45-writes_of_no_record_spec.lua - a write's answer that is no record was taken for none
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local fields = { accountId = "10101", subject = "Disk", category = "Incident",
  subcategory = "Other" }

describe("a write whose answer holds no record", function()
  it("may have been done: the error says so", function()
    local rs = assert(rackspace.new{ sandbox = true, limits = false })
    for count, body in ipairs{ "[1]", "1" } do
      rs.sandbox:fault("tickets.create", { body = body, times = 1 })
      local ticket, message, err = rs.tickets:create(fields)
      assert.same({ nil, "protocol", "unknown" }, { ticket, err.kind, err.sent })
      assert.is_truthy(message:find("unknown outcome: it may have been done, see " ..
        "rs.tickets:list{ subject = ... }", 1, true))
      assert.equal(count, #assert(rs.tickets:list{ subject = "Disk" }:totable()))
    end
    rs:close()
  end)

  it("is no more than that when it only read", function()
    local rs = assert(rackspace.new{ sandbox = true })
    rs.sandbox:fault("tickets.get", { body = "[1]" })
    local _, message, err = rs.tickets:get("180404-00001")
    assert.same({ "protocol" }, { err.kind, err.sent })
    assert.equal("tickets.get: the answer is no record", message)
    rs:close()
  end)
end)
