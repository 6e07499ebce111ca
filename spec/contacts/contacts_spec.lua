--- contacts_spec.lua - contacts as a script sees them
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local account = "CLOUD/10101"

describe("rs.contacts", function()
  local rs = assert(rackspace.new{ sandbox = true })

  it("lists, page by page, and gets each that it lists", function()
    local all = assert(rs.contacts:list(account):totable())
    assert.equal(5, #all)
    local pages = {}
    for page in rs.contacts:list(account, { limit = 2 }):pages() do
      pages[#pages + 1] = #page
    end
    assert.same({ 2, 2, 1 }, pages)
    for i, contact in ipairs(all) do
      local got = assert(rs.contacts:get(account, contact.contactNumber))
      assert.is_nil(got.link)
      contact.link = nil
      assert.same(contact, got)
      assert.equal(all[i].rcn, got.rcn)
    end
  end)

  it("filters by role, by user and by address", function()
    local function names(options)
      local list = {}
      for contact in rs.contacts:list(account, options) do
        list[#list + 1] = contact.firstName
      end
      return list
    end
    assert.same({ "Sarah", "Katie" }, names{ role = "TECHNICAL", limit = 1 })
    assert.same({ "John" }, names{ username = "john.doe" })
    assert.same({ "José" }, names{ emailAddress = "jose.nguyen.10101@example.com" })
    assert.same({}, names{ role = "TECHNICAL", username = "john.doe" })
    assert.same({}, names{ role = "a role of tomorrow" })
  end)

  it("takes an account's record, and sends what it is given", function()
    local session, requests = stub.session(function()
      return stub.reply(200, { contact = {} })
    end)
    session.contacts:list({ type = "A B", id = "1" }, { role = "X Y", limit = 1001 }):totable()
    assert.equal("http://localhost/v1/customer_accounts/A%20B/1/contacts" ..
      "?role=X%20Y&limit=1001", requests[1].url)
  end)

  it("tells what is not there", function()
    for _, number in ipairs{ "RPN-1-2-3", "RPN-000-000-000", "x" } do
      local contact, message, err = rs.contacts:get(account, number)
      assert.is_nil(contact)
      assert.equal("not_found", err.kind)
      assert.matches("^contacts%.get: 404 Contact not found", message)
    end
    local _, _, err = rs.contacts:get("CLOUD/1", "RPN-823-034-233")
    assert.matches("Customer account not found", err.message)
    _, _, err = rs.contacts:get("MANAGED_HOSTING/5342844", "RPN-823-034-233")
    assert.equal("not_found", err.kind)
  end)

  it("raises for mistakes", function()
    assert.equal("contacts.get: 'contactNumber' is missing",
      raises(function() rs.contacts:get(account) end))
    assert.matches("unknown parameter 'roles' %(did you mean 'role'%?%)",
      raises(function() rs.contacts:list(account, { roles = "X" }) end))
  end)
end)
