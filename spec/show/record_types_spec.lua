--- record_types_spec.lua - which record type a table has the shape of
-- SPDX-License-Identifier: MIT
local engine_types = require("rackspace.row.types")
local modules = require("rackspace.services").modules
local record_types = require("rackspace.show.record_types")

local function record(service, name)
  return require(modules[service]).records[name]
end

describe("record_types.of", function()
  it("finds the type that has all fields and the fewest beside them", function()
    local account = { id = "1", number = 1, type = "CLOUD", status = "Active",
      serviceLevel = "managed_legacy" }
    assert.equal(record("accounts", "Account"), record_types.of(account))
    assert.equal(record("tickets", "Ticket"), record_types.of{ ticketId = "1",
      subject = "x", status = "Closed" })
  end)

  it("takes the type that is named", function()
    assert.equal(record("tickets", "Comment"), record_types.of({ anything = 1 }, "Comment"))
  end)

  it("is nil for what no service has", function()
    assert.is_nil(record_types.of{ mine = 1 })
    assert.is_nil(record_types.of{})
    assert.is_nil(record_types.of("text"))
  end)
end)

describe("the columns that types choose", function()
  it("are fields that they have", function()
    local count = 0
    record_types.each(function(name, fields)
      local has = {}
      for _, field in ipairs(engine_types.names(fields)) do
        has[field] = true
      end
      for _, column in ipairs(fields.columns or {}) do
        count = count + 1
        assert.is_true(has[column], name .. "." .. column)
      end
    end)
    assert.is_true(count > 20)
  end)
end)
