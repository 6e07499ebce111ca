--- 98-metadata-of-the-last-call_spec.lua - of values that are no tables, too
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

local CLOUD = "CLOUD/10101"

describe("rs:last", function()
  local rs

  before_each(function()
    rs = assert(rackspace.new{ sandbox = true })
  end)

  after_each(function()
    rs:close()
  end)

  it("is nil before the first call", function()
    assert.is_nil(rs:last())
  end)

  it("tells of a call that gave a string or true, as rs:meta does of a table", function()
    assert.equal("navigator", rs.metadata:get(CLOUD, "support:level"))
    local meta = rs:last()
    assert.same({ "metadata.get", 200, 1 }, { meta.operation, meta.status, meta.attempts })
    assert.equal("application/json", meta.headers["content-type"])
    assert.equal(meta.headers["x-trans-id"], meta.request_id)
    assert.is_number(meta.seconds)
    local account = assert(rs.accounts:get(CLOUD))
    assert.same(rs:meta(account), rs:last())
    assert.is_true(rs.identity:revoke())
    assert.same({ "identity.revoke", 204 }, { rs:last().operation, rs:last().status })
    assert(rs.accounts:timeline(CLOUD))
    assert.equal("accounts.timeline", rs:last().operation)
  end)

  it("tells of a call that failed, with what was answered", function()
    assert(rs.accounts:get(CLOUD))
    local _, _, err = rs.metadata:get(CLOUD, "none:such")
    local meta = rs:last()
    assert.same({ "metadata.get", 404, err.request_id },
      { meta.operation, meta.status, meta.request_id })
    assert.equal("application/json", meta.headers["content-type"])
    local broken = stub.session(function() return nil, "gone", "network" end)
    assert.is_nil((broken.accounts:get(CLOUD)))
    assert.same({ "accounts.get", nil, 1 },
      { broken:last().operation, broken:last().status, broken:last().attempts })
    assert.same({}, broken:last().headers)
    broken:close()
  end)

  it("is that of the page that was read last", function()
    local seen = {}
    for page in rs.accounts:list{ limit = 60 }:pages() do
      assert.same(rs:meta(page), rs:last())
      seen[rs:last().request_id] = true
      assert(rs.metadata:get(CLOUD, "support:level"))
      assert.equal("metadata.get", rs:last().operation)
    end
    local count = 0
    for _ in pairs(seen) do
      count = count + 1
    end
    assert.equal(3, count)
    local _, _, err = rs.contacts:list("CLOUD/1"):totable()
    assert.same({ "contacts.list", 404, err.request_id },
      { rs:last().operation, rs:last().status, rs:last().request_id })
  end)

  it("is that of the present coroutine, whatever others call", function()
    assert(rs.accounts:get(CLOUD))
    local other = coroutine.wrap(function()
      local before = rs:last()
      rs.metadata:get(CLOUD, "none:such")
      coroutine.yield(before, rs:last())
      coroutine.yield(rs:last())
    end)
    local before, after = other()
    assert.is_nil(before)
    assert.equal(404, after.status)
    assert.same({ "accounts.get", 200 }, { rs:last().operation, rs:last().status })
    assert.same(after, other())
    local names = { "get", "history", "status_history", "customer_history" }
    for _, name, told in rs:map(names, function(name)
      assert(rs.accounts[name](rs.accounts, CLOUD))
      return name, rs:last().operation
    end, { concurrency = 4 }) do
      assert.equal("accounts." .. name, told)
    end
    assert.equal("accounts.get", rs:last().operation)
  end)

  it("keeps no coroutine that has ended", function()
    for _ = 1, 20 do
      coroutine.wrap(function() assert(rs.accounts:get(CLOUD)) end)()
    end
    collectgarbage()
    collectgarbage()
    local count = 0
    for _ in pairs(rs.lasts) do
      count = count + 1
    end
    assert.is_true(count <= 3, count)
  end)
end)
