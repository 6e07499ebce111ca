--- lookup_spec.lua - finding services, operations and fields by name
-- SPDX-License-Identifier: MIT
local lookup = require("rackspace.manual.lookup")
local members = require("rackspace.base.members")
local methods = require("script.document.methods")
local rackspace = require("rackspace")

describe("lookup", function()
  local rs

  before_each(function()
    rs = assert(rackspace.new{ sandbox = true })
  end)

  after_each(function()
    rs:close()
  end)

  it("finds operations without loading a service into the session", function()
    local op = lookup.operation(rs, { "rs", "tickets", "create" })
    assert.equal("tickets.create", op.full_name)
    assert.is_nil(rawget(rs, "tickets"))
    assert.equal("create", lookup.operation(nil, { "rs", "tickets", "create" }).name)
    assert.is_nil(lookup.operation(rs, { "rs", "tickets", "none" }))
    assert.is_nil(lookup.operation(rs, { "rs", "tickets" }))
  end)

  it("finds them in the session's dialect", function()
    local open = assert(rackspace.new{ sandbox = true, dialect = "openapi" })
    assert.equal("/v1/customer_accounts/{rcn}",
      lookup.operation(open, { "rs", "accounts", "get" }).path)
    open:close()
  end)

  it("lists the services, the session's own too", function()
    rs:service{ name = "widgets", endpoint = "customer",
      { "get", "GET /v1/w", returns = "any" } }
    local names = {}
    lookup.each_service(rs, function(name) names[name] = true end)
    assert.is_true(names.widgets and names.accounts)
    assert.is_nil(names.settings)
  end)

  it("names the methods of a session that are documented", function()
    local names = {}
    for _, source in ipairs(methods.sources) do
      names[source.name] = members.keys(source.types)
    end
    assert.same(names.session, lookup.session_methods)
  end)

  it("leads to the fields within fields", function()
    local op = lookup.operation(rs, { "rs", "tickets", "create" })
    assert.equal("text", lookup.fields(op, { "comment" })[1].name)
    assert.equal("path", lookup.fields(op, { "comment", "attachments" })[1].name)
    assert.is_nil(lookup.fields(op, { "subject" }))
    assert.equal("user_key", lookup.settings({ "email" })[1].name)
    assert.equal("id", lookup.record("Account", "accounts")[1].name)
    assert.equal("id", lookup.record("Account[]", "accounts")[1].name)
    assert.is_nil(lookup.record("None", "accounts"))
  end)
end)
