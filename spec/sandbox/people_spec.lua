--- people_spec.lua - an account's contacts
-- SPDX-License-Identifier: MIT
local people = require("rackspace.sandbox.people")
local seed = require("rackspace.sandbox.seed")

describe("the contacts", function()
  local data = seed.new{ accounts = 500 }

  it("are two to five, found by their numbers", function()
    for i = 0, 499 do
      local contacts = people.contacts(data, i)
      assert.is_true(#contacts >= 2 and #contacts <= 5)
      for position, contact in ipairs(contacts) do
        assert.same({ i, position },
          { people.contact(data, contact.contactNumber) })
      end
    end
  end)

  it("are not found beyond the accounts, or by another's number", function()
    local more = seed.new{ accounts = 501 }
    local beyond = people.contacts(more, 500)[1].contactNumber
    assert.is_nil(people.contact(data, beyond))
    assert.is_nil(people.contact(data, "RCN-123-456-789"))
    assert.is_nil(people.contact(data, nil))
  end)

  it("have one primary of each kind of address", function()
    for i = 0, 99 do
      for _, contact in ipairs(people.contacts(data, i)) do
        for _, list in ipairs{ contact.emailAddresses.emailAddress,
          contact.phoneNumbers.phoneNumber,
          contact.addresses and contact.addresses.address or
            { { primary = true } } } do
          local primary = 0
          for _, entry in ipairs(list) do
            primary = primary + (entry.primary and 1 or 0)
          end
          assert.equal(1, primary)
        end
      end
    end
  end)
end)
