--- metadata_spec.lua - metadata as a script sees it
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local account = "CLOUD/10101"

describe("rs.metadata", function()
  local rs = assert(rackspace.new{ sandbox = true })

  it("lists a map, without what nobody may read", function()
    assert.same({ ["billing:somekey"] = "a value billing cares about",
      ["some:key"] = "Some Value", ["support:level"] = "navigator" },
      rs.metadata:list(account))
    assert.equal(200, rs:meta(rs.metadata:list(account)).status)
  end)

  it("lists entries, by key", function()
    assert.same({
      { key = "billing:somekey", namespace = "billing", name = "somekey",
        value = "a value billing cares about" },
      { key = "some:key", namespace = "some", name = "key", value = "Some Value" },
      { key = "support:level", namespace = "support", name = "level", value = "navigator" } },
      rs.metadata:entries(account))
  end)

  it("gets a value, and its details", function()
    assert.equal("navigator", rs.metadata:get(account, "support:level"))
    local details = rs.metadata:details(account, "support:level")
    assert.same({ key = "support:level", value = "navigator",
      createdBy = "service_account_user", createdDate = details.createdDate,
      lastUpdatedBy = "service_account_admin",
      lastUpdatedDate = details.lastUpdatedDate }, details)
    assert.is_number(rackspace.time(details.createdDate))
    assert.is_number(rackspace.time(details.lastUpdatedDate))
  end)

  it("says why a namespace is closed", function()
    for _, name in ipairs{ "get", "details" } do
      local value, message, err = rs.metadata[name](rs.metadata, account, "internal:score")
      assert.is_nil(value)
      assert.equal("forbidden", err.kind)
      assert.matches("the metadata namespace 'internal' is restricted", message)
    end
    local _, _, err = rs.metadata:get(account, "none:such")
    assert.equal("not_found", err.kind)
  end)

  it("is of accounts, whichever way they are named", function()
    for _, name in ipairs{ "CLOUD:10101", { type = "CLOUD", id = "10101" },
      { resourceType = "customer_accounts", resourceId = account } } do
      assert.equal("navigator", rs.metadata:get(name, "support:level"))
    end
    assert.equal("metadata.list: 'resource' is a resource of 'customers'; other " ..
      'resources than accounts are reached with dialect = "openapi"',
      raises(function() rs.metadata:list{ resourceType = "customers", resourceId = "1" } end))
    assert.matches("'metadataKey' is missing",
      raises(function() rs.metadata:get(account) end))
    assert.matches("'metadataKey' contains a slash",
      raises(function() rs.metadata:get(account, "a/b") end))
  end)

  it("tells when an answer is none", function()
    local answers = { get = { { meta = {} }, { meta = { a = "1", b = "2" } }, {} },
      list = { {}, { metadata = "text" }, { metadata = { "a" } } } }
    for name, bodies in pairs(answers) do
      for _, body in ipairs(bodies) do
        local session = stub.session(function() return stub.reply(200, body) end)
        local value, _, err = session.metadata[name](session.metadata, account,
          name == "get" and "a:b" or nil)
        assert.is_nil(value)
        assert.equal("protocol", err.kind)
      end
    end
  end)
end)
