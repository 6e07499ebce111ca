--- allow_spec.lua - units of engine/allow.lua, and a session that is held to it
-- SPDX-License-Identifier: MIT
local allow = require("rackspace.call.allow")
local rackspace = require("rackspace")

local function op(service, name)
  return { service = service, name = name, full_name = service .. "." .. name }
end

describe("a list of operations", function()
  it("has what is named, a service's all, or everything", function()
    local list = { "accounts.*", "tickets.get" }
    assert.is_true(allow.has(list, op("accounts", "list")))
    assert.is_true(allow.has(list, op("tickets", "get")))
    assert.is_false(allow.has(list, op("tickets", "getter")))
    assert.is_false(allow.has(list, op("tickets", "list")))
    assert.is_false(allow.has(list, op("accounts_of", "list")))
    assert.is_false(allow.has({}, op("accounts", "list")))
    assert.is_true(allow.has({ "*" }, op("accounts", "list")))
    assert.is_true(allow.has(nil, op("accounts", "list")))
  end)

  it("is checked", function()
    assert.is_nil(allow.problem{ "*", "a.b", "a_1.*" })
    for _, wrong in ipairs{ "accounts", "accounts.", ".get", "a.b.c", "*.get",
      "acc*.get", "a.g*", "" } do
      assert.is_truthy(allow.problem{ wrong }, wrong)
    end
    assert.is_truthy(allow.problem{ x = "a.b" })
    assert.equal("must be a list of operations, not a string",
      allow.problem("a.b"))
    assert.has_error(function() rackspace.new{ allow = { "accounts" } } end)
  end)
end)

describe("a session that only reads", function()
  it("is refused what writes, and nothing else is", function()
    local reader, writer = { settings = { read_only = true } }, { settings = {} }
    local get, create = op("accounts", "get"), op("tickets", "create")
    create.writes = true
    local err = allow.write_refusal(reader, create)
    assert.equal("refused", err.kind)
    assert.equal("tickets.create: the session is read-only: nothing was sent",
      tostring(err))
    assert.is_nil(allow.write_refusal(reader, get))
    assert.is_nil(allow.write_refusal(writer, create))
  end)
end)

describe("a session with a list", function()
  local rs

  before_each(function()
    rs = assert(rackspace.new{ sandbox = true,
      allow = { "accounts.*", "tickets.get" } })
  end)

  it("calls what is in it, by its log-in", function()
    assert.equal(10101, rs.accounts:get("CLOUD/10101").number)
    assert.equal(137, #rs.accounts:list():totable())
  end)

  it("refuses all else, and asks nobody", function()
    local asked = 0
    rs:on("request", function() asked = asked + 1 end)
    local value, message, err = rs.tickets:create{}
    assert.is_nil(value)
    assert.equal("tickets.create: the session does not allow it", message)
    assert.equal("refused", err.kind)
    local list
    list, message, err = rs.tickets:list():totable()
    assert.is_nil(list)
    assert.equal("tickets.list: the session does not allow it", message)
    assert.equal("refused", err.kind)
    local ok
    ok, err = pcall(rs.tickets:list())
    assert.is_false(ok)
    assert.equal("refused", err.kind)
    assert.equal(0, asked)
  end)

  it("has no second service of a name", function()
    assert.has_error(function()
      rs:service{ name = "accounts", endpoint = "customer",
        { "all", "DELETE /v1/customer_accounts" } }
    end, "service: the name 'accounts' is taken")
    local own = rs:service{ name = "widgets", endpoint = "customer",
      { "get", "GET /v1/widgets" } }
    assert.equal("refused", select(3, own:get()).kind)
  end)
end)
