--- changes_spec.lua - what happened to an account, and who did it
-- SPDX-License-Identifier: MIT
local changes = require("rackspace.sandbox.changes")
local seed = require("rackspace.sandbox.seed")

describe("an account's changes", function()
  local data = seed.new{ accounts = 2000 }

  it("have led to what it is at present", function()
    for i = 0, 299 do
      local history = changes.history(data, i)
      local last = history[#history]
      local status, collections, named, user, date = changes.present(data, i)
      assert.same({ last.accountStatus, last.collectionsStatus or false,
        last.updatedBy.username, last.updatedDate },
        { status, collections or false, user, date })
      local has_name = false
      for _, change in ipairs(history) do
        has_name = has_name or change.nickname ~= nil
      end
      assert.equal(has_name, named or false)
    end
  end)

  it("are made by somebody of the kind they say", function()
    local names = { SYSTEM = "^service_account_", RACKER = "^%l%l%l%d+$",
      CUSTOMER = "^%l[%l%d.]+$" }
    for i = 0, 299 do
      for _, change in ipairs(changes.history(data, i)) do
        local by = change.updatedBy
        assert.is_truthy(by.username:match(names[by.type]))
        assert.is_true(change.accountChangeType ~= "NICKNAME"
          or by.type == "CUSTOMER")
      end
    end
  end)

  it("are of every documented type", function()
    local seen = {}
    for i = 0, 499 do
      for _, change in ipairs(changes.history(data, i)) do
        seen[change.accountChangeType] = true
      end
    end
    assert.same({ NEW = true, RCN_UPDATE = true, MERGE = true,
      COLLECTIONS_STATUS = true, LEGACY_ACCOUNT_STATUS = true,
      NICKNAME = true }, seen)
  end)

  it("are dated within the account's life", function()
    for i = 0, 299 do
      local history = changes.history(data, i)
      local early, late = changes.dates(data, i, 11)
      assert.equal(history[1].updatedDate, early)
      assert.is_true(late >= early
        and late <= history[#history].updatedDate)
    end
  end)

  it("are filtered into the two shorter histories, newest first", function()
    for i = 0, 299 do
      for _, list in ipairs{ changes.status_history(data, i),
        changes.customer_history(data, i) } do
        assert.is_true(#list >= 1)
        for index = 2, #list do
          assert.is_true(list[index].date < list[index - 1].date)
        end
      end
    end
  end)
end)
