--- 96-nothing-is-required_spec.lua - answers without what is optional in them
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local stub = require("spec.support.stub")

local RCN = "RCN-123-456-789"

-- Every operation of the OpenAPI document, and the member that has its list.
local operations = {
  { function(rs) return rs.accounts:list():totable() end, "customer_accounts" },
  { function(rs) return rs.accounts:get(RCN) end },
  { function(rs) return rs.accounts:status_history(RCN) end, "history" },
  { function(rs) return rs.accounts:history(RCN) end, "history" },
  { function(rs) return rs.accounts:customer_history(RCN) end, "history" },
  { function(rs) return rs.accounts:timeline(RCN) end, "history" },
  { function(rs) return rs.contacts:list(RCN):totable() end, "contacts" },
  { function(rs) return rs.contacts:get(RCN, "1") end },
  { function(rs) return rs.metadata:list(RCN) end, "metadata" },
  { function(rs) return rs.metadata:entries(RCN) end, "metadata" },
  { function(rs) return rs.metadata:get(RCN, "k") end },
  { function(rs) return rs.metadata:details(RCN, "k") end },
}

local function call(fn, text)
  local rs = stub.session(function() return stub.reply(200, text) end, { dialect = "openapi" })
  local value, message, err = fn(rs)
  rs:close()
  return value, message, err
end

describe("in the OpenAPI dialect", function()
  it("an answer may lack every member", function()
    for i, operation in ipairs(operations) do
      local value, message, err = call(operation[1], "{}")
      assert.is_nil(message, i)
      assert.is_nil(err)
      assert.is_nil(type(value) == "table" and next(value) or nil)
      assert.is_true(value == "" or type(value) == "table")
    end
  end)

  it("a list goes on behind records that lack what others have", function()
    local records = { {}, { rcn = RCN, status = "Active", changedAt = "2012-07-15T18:00:00.000Z",
      field = "status", newValue = "Active", id = "1", key = "k", value = "v" }, {},
      { changedAt = "2013-07-15T18:00:00.000Z" }, { field = "rcn" }, { key = "only" },
      { value = "only" } }
    for i, operation in ipairs(operations) do
      local member = operation[2]
      if member then
        local list = json.array{}
        for n, record in ipairs(records) do
          list[n] = record
        end
        local value, message = call(operation[1], json.encode{ [member] = list })
        assert.is_nil(message, i)
        if member == "history" and i == 6 then
          assert.is_true(#value >= #records)
        elseif i == 9 then
          assert.same({ k = "v" }, value)
        else
          assert.equal(#records, #value, i)
        end
      end
    end
  end)

  it("null stands for what is not there", function()
    for i, operation in ipairs(operations) do
      local member = operation[2]
      local text = member and ('{"%s":null,"totalEntries":null}'):format(member) or
        '{"id":null,"value":null,"rcn":null}'
      local value, message = call(operation[1], text)
      assert.is_nil(message, i)
      assert.is_nil(type(value) == "table" and next(value) or nil)
      if member then
        value, message = call(operation[1], ('{"%s":[null,{"key":"a","value":"1","id":"1"},null]}')
          :format(member))
        assert.is_nil(message, i)
        assert.is_truthy(next(value), i)
      end
    end
  end)

  it("an entry without a value has the value \"\", and one without a key none", function()
    assert.equal("", (call(operations[11][1], '{"key":"k"}')))
    assert.equal("v", (call(operations[11][1], '{"value":"v"}')))
    assert.equal("", (call(operations[11][1], '{"value":""}')))
  end)
end)
