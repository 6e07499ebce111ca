--- 46-clocks_over_http_spec.lua - a clock of the script's own was not slept by over HTTP
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")

describe("a session over HTTP with a clock of its own", function()
  after_each(function()
    sandbox.close_all()
  end)

  it("waits by it when nothing is in flight", function()
    local box = sandbox.start("--limits off")
    local clock = stub.clock(os.time())
    local rs = assert(rackspace.new(box:settings{ clock = clock,
      limits = { ["tickets.get"] = { 1, per = 3600 } } }))
    assert(rs.tickets:get("180404-00001"))
    assert.equal(0, clock.slept)
    assert(rs.tickets:get("180404-00001"))
    assert.equal(3600, clock.slept)
    assert.is_true(rs:sleep(86400))
    assert.equal(90000, clock.slept)

    local order = {}
    assert(rs:all{
      function()
        assert(rs:sleep(100))
        order[#order + 1] = "slept"
        return true
      end,
      function()
        assert(rs.accounts:get("CLOUD/10101"))
        order[#order + 1] = "asked"
        return true
      end })
    assert.same({ "asked", "slept" }, order)
    assert.is_true(clock.slept >= 90100)
    rs:close()
  end)
end)
