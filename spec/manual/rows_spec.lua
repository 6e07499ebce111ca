--- rows_spec.lua - what the rows say, read from sessions
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local rows = require("rackspace.manual.rows")

local function call(...)
  return { path = { ... } }
end

describe("rows", function()
  local rs

  before_each(function()
    rs = assert(rackspace.new{ sandbox = true })
  end)

  after_each(function()
    rs:close()
  end)

  it("knows a session when it sees one", function()
    assert.equal(rs, rows.session(rs))
    assert.is_nil(rows.session{})
    assert.is_nil(rows.session("rs"))
    assert.equal(rs, rows.any_session{ mine = rs })
    assert.equal(rs, rows.any_session{ rs = rs, other = 1 })
    assert.is_nil(rows.any_session{ rs = 1 })
  end)

  it("tells how the call went that gave a value", function()
    local account = assert(rs.accounts:get("CLOUD/10101"))
    assert.equal("accounts.get", rows.meta({ other = 1, mine = rs }, account).operation)
    assert.is_nil(rows.meta({ mine = rs }, {}))
    assert.is_nil(rows.meta({ mine = rs }, "text"))
    assert.is_nil(rows.meta({}, account))
  end)

  it("finds operations without loading a service into the session", function()
    local op = rows.operation(rs, call("rs", "tickets", "create"))
    assert.equal("tickets.create", op.full_name)
    assert.is_nil(rawget(rs, "tickets"))
    assert.equal("create", rows.operation(nil, call("rs", "tickets", "create")).name)
    assert.is_nil(rows.operation(rs, call("rs", "tickets", "none")))
    assert.is_nil(rows.operation(rs, call("rs", "tickets")))
  end)

  it("finds them in the session's dialect", function()
    local open = assert(rackspace.new{ sandbox = true, dialect = "openapi" })
    assert.equal("/v1/customer_accounts/{rcn}",
      rows.operation(open, call("rs", "accounts", "get")).path)
    open:close()
  end)

  it("lists services, one's own too, and what a session can do", function()
    rs:service{ name = "widgets", endpoint = "customer",
      { "get", "GET /v1/w", returns = "any" } }
    local names, methods = {}, {}
    rows.each_service(rs, function(name) names[name] = true end)
    rows.each_method(function(name) methods[name] = true end)
    assert.is_true(names.widgets and names.accounts)
    assert.is_nil(names.settings)
    assert.is_true(methods.close and methods.meta)
    assert.is_nil(methods.perform)
  end)

  it("leads to the fields within fields", function()
    local op = rows.operation(rs, call("rs", "tickets", "create"))
    assert.equal("text", rows.fields(op, { "comment" })[1].name)
    assert.equal("path", rows.fields(op, { "comment", "attachments" })[1].name)
    assert.is_nil(rows.fields(op, { "subject" }))
    assert.equal("user_key", rows.settings({ "email" })[1].name)
    assert.equal("id", rows.record("Account", "accounts")[1].name)
    assert.equal("id", rows.record("Account[]", "accounts")[1].name)
    assert.is_nil(rows.record("None", "accounts"))
  end)
end)
