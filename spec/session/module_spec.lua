--- module_spec.lua - a service's module that is required by itself
-- SPDX-License-Identifier: MIT
local modules = require("rackspace.services").modules
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

describe("the module of a service", function()
  it("has each operation, which takes the session first", function()
    local accounts = require("rackspace.accounts")
    local rs = assert(rackspace.new{ sandbox = true })
    local account = assert(accounts.get(rs, "CLOUD/10101"))
    assert.same(assert(rs.accounts:get("CLOUD/10101")), account)
    assert.equal(50, #accounts.list(rs, { limit = 50 }):pages()())
    assert.equal("navigator",
      require("rackspace.metadata").get(rs, account, "support:level"))
    local value, message, err = accounts.get(rs, "CLOUD/1")
    assert.same({ nil, err.message, 404 }, { value, message, err.status })
    rs:close()
  end)

  it("has those whose names are also words of its definition", function()
    local rs = assert(rackspace.new{ sandbox = true })
    assert.equal("demo", assert(require("rackspace.identity").login(rs)).user.name)
    assert.is_string(assert(require("rackspace.identity").endpoints(rs))[1].publicURL)
    assert.is_string(assert(require("rackspace.tickets").accounts(rs))[1].id)
    rs:close()
  end)

  it("gives a function for every row of every service", function()
    for _, module in pairs(modules) do
      local definition = require(module)
      for _, op in ipairs(definition.operations) do
        assert.equal("function", type(definition[op.name]), op.full_name)
        assert.is_true(definition[op.name] == definition[op.name])
      end
      assert.is_nil(definition.nonsense)
    end
  end)

  it("tells a mistake at the caller's line", function()
    local accounts = require("rackspace.accounts")
    local rs = stub.session(error)
    assert.equal("accounts.get: 'account' is missing", raises(function() accounts.get(rs) end))
    for _, session in ipairs{ false, {}, "CLOUD/1", 7 } do
      assert.equal("accounts.get: takes a session first, as rackspace.new() gives it",
        raises(function() accounts.get(session, "CLOUD/1") end))
    end
    assert.matches("takes a session first", raises(function() accounts.get() end))
  end)

  it("keeps to what the session may call", function()
    local rs = stub.session(error, { allow = { "contacts.*" } })
    assert.equal("refused", (select(3, require("rackspace.accounts").get(rs, "CLOUD/1"))).kind)
    rs = stub.session(error, { read_only = true })
    assert.equal("refused", (select(3, require("rackspace.tickets").close(rs, "1"))).kind)
  end)
end)
