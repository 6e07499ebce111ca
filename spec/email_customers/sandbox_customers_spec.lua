--- sandbox_customers_spec.lua - the sandbox's Email & Apps, asked by a session
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

describe("the sandbox's Email & Apps customers", function()
  after_each(file.clean)

  --- A session with a sandbox, as its reseller or as a user that is named.
  local function session(options, username)
    local box = assert(rackspace.sandbox(options))
    local settings = { sandbox = box, limits = false, retries = 0 }
    for _, user in ipairs(box:describe().users) do
      settings.email = user.username == username and user.email or settings.email
    end
    return assert(rackspace.new(settings)), box
  end

  local function names(rs)
    local list = {}
    for customer in rs.email_customers:list() do
      list[#list + 1] = customer.name
    end
    return list
  end

  it("are as many as the sandbox was told, each found by all that it has", function()
    for _, count in ipairs{ 0, 1, 3, 4, 60 } do
      local rs = session{ customers = count, limits = false }
      local list, seen = rs.email_customers:list():totable(), {}
      assert.equal(count, #list)
      for _, customer in ipairs(list) do
        assert.is_nil(seen[customer.accountNumber])
        seen[customer.accountNumber] = true
        assert.same(customer, rs.email_customers:get(customer.accountNumber))
      end
    end
    local _, _, err = session{ customers = 2 }.email_customers:get("460183")
    assert.equal(404, err.status)
  end)

  it("keep what was changed over a new start", function()
    local path = file.folder() .. "/state"
    local rs, box = session{ state = path }
    assert(rs.email_customers:create{ name = "New", referenceNumber = "5" })
    assert(rs.email_customers:update("460182", { name = "Renamed" }))
    assert(rs.email_customers:delete("460181"))
    box:close()
    rs = session{ state = path }
    assert.same({ "API Customer 50", "New", "Renamed" }, names(rs))
    local created = assert(rs.email_customers:create{ name = "Next" })
    for customer in rs.email_customers:list() do
      assert.equal(customer.name == "Next", customer.accountNumber == created.accountNumber)
    end
  end)

  it("have sixty reads and thirty writes a minute for each key", function()
    local clock = stub.clock()
    local options = { clock = clock.time }
    local rs, box = session(options)
    local function count_passed(method, count, ...)
      local passed = 0
      for _ = 1, count do
        local _, _, err = rs.email_customers[method](rs.email_customers, ...)
        passed = passed + (err and err.status == 403 and 0 or 1)
      end
      return passed
    end
    assert.equal(60, count_passed("get", 70, "me"))
    assert.equal(30, count_passed("delete", 40, "5"))
    for _ = 1, 3 do -- while calls go on, none passes
      clock.now = clock.now + 30
      assert.equal(0, count_passed("get", 61, "me"))
    end
    clock.now = clock.now + 60
    assert.equal(60, count_passed("get", 61, "me"))
    local other
    for _, user in ipairs(box:describe().users) do
      other = user.username == "second" and user.email or other
    end
    rs = assert(rackspace.new{ sandbox = box, email = other, limits = false, retries = 0 })
    assert.equal(60, count_passed("get", 61, "me"))
    rs = session{ limits = false }
    assert.equal(200, count_passed("get", 200, "me"))
  end)
end)
