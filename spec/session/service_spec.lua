--- service_spec.lua - the operations of a service as methods of a session
-- SPDX-License-Identifier: MIT
local raises = require("spec.support.raises")
local service = require("rackspace.session.service")
local stub = require("spec.support.stub")

local function define(...)
  local definition = { name = "things", endpoint = "customer", auth = "token",
    types = { Thing = { { "id", "integer" } } }, ... }
  return service.define(definition)
end

local function problem(...)
  local ok, message = pcall(define, ...)
  assert.is_false(ok)
  return message
end

describe("a service", function()
  it("has its rows as operations, in order, and leaves the rows alone", function()
    local row = { "get", "GET /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" }
    local definition = define(row, { "drop", "DELETE /things" })
    assert.same({ "get", "GET /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" },
      row)
    assert.equal("drop", definition.operations[2].name)
    assert.equal("things.get", definition.by_name.get.full_name)
    assert.equal("GET", definition.by_name.get.method)
  end)

  it("is made for a session only", function()
    local definition = define({ "all", "GET /things" })
    local message = raises(function() definition.new() end)
    assert.matches("^things%.new: takes a session", message)
    assert.matches("takes a session", raises(function() definition:new() end))
    assert.matches("takes a session", raises(function() definition.new({}) end))
  end)

  it("says its name, and makes a method once", function()
    local rs = stub.session(error)
    assert.equal("rs.accounts", tostring(rs.accounts))
    assert.equal(rs.accounts.list, rs.accounts.list)
  end)

  it("raises for an unknown operation, with the nearest name", function()
    local rs = stub.session(error)
    assert.equal("rs.accounts has no operation 'lst' (did you mean 'list'?)",
      raises(function() rs.accounts:lst() end))
    assert.equal("rs.accounts has no operation 'destroy'",
      raises(function() rs.accounts:destroy() end))
    assert.equal("rs.accounts has no operation 'nil'",
      raises(function() local _ = rs.accounts[nil] end))
  end)

  it("raises when it is called with a dot", function()
    local rs = stub.session(error)
    assert.equal("accounts.get: call it with a colon, as in rs.accounts:get(...)",
      raises(function() rs.accounts.get("CLOUD/1") end))
    assert.equal("accounts.list: call it with a colon, as in rs.accounts:list(...)",
      raises(function() rs.accounts.list() end))
  end)
end)

describe("a row", function()
  it("is refused when a service can't have it", function()
    assert.equal("a row has no name", problem({}))
    assert.equal("a row has no name", problem("text"))
    assert.equal("row 'get' has an unknown field 'quary' (did you mean 'query'?)",
      problem({ "get", "GET /t", quary = {} }))
    assert.matches("^row 'all' has pages", problem({ "all", "GET /t", pages = "link" }))
    assert.matches("^row 'all' has pages",
      problem({ "all", "GET /t", pages = "number", items = "t" }))
  end)
end)
