--- create_spec.lua - what was added, told from what was there
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local stub = require("spec.support.stub")

-- A service of customers; `add` says what a POST adds to the list.
local function service(list, add)
  local posted = 0
  local rs = stub.session(function(request)
    local query = request.url:match("%?(.*)$") or ""
    if request.method == "POST" then
      posted = posted + 1
      return add(list, request) or stub.reply(200)
    end
    local reference = query:match("referenceNumber=([^&]*)")
    for _, customer in ipairs(reference and list or {}) do
      if customer.referenceNumber == core.url.decode(reference) then
        return stub.reply(200, customer)
      end
    end
    if reference then
      return stub.reply(404, { itemNotFoundFault = { message = "Customer Not Found" } })
    end
    local part, found = core.url.decode(query:match("contains=([^&]*)")), {}
    for _, customer in ipairs(list) do
      if customer.name:find(part, 1, true) then
        found[#found + 1] = customer
      end
    end
    return stub.reply(200, { offset = 0, size = 250, total = #found, customers = found })
  end, { token = false, email = { user_key = "k", secret_key = "s" },
    endpoints = { email = "http://localhost" } })
  return rs.email_customers, function() return posted end
end

local function customer(number, name, reference)
  return { accountNumber = number, name = name, referenceNumber = reference }
end

local function adding(...)
  local new = { ... }
  return function(list)
    for _, one in ipairs(new) do
      list[#list + 1] = one
    end
  end
end

describe("a customer that is added", function()
  it("is found by its reference number", function()
    local customers = service({ customer("1", "A", "x") }, adding(customer("2", "A", "y")))
    assert.equal("2", assert(customers:create{ name = "A", referenceNumber = "y" }).accountNumber)
  end)

  it("is found by its name beside those that have it already", function()
    local list = { customer("1", "A", "x"), customer("3", "A B", "z") }
    local customers = service(list, adding(customer("2", "A", "x")))
    assert.equal("2", assert(customers:create{ name = "A" }).accountNumber)
    customers = service({ customer("1", "A", "x") }, adding(customer("2", "A", "x")))
    assert.equal("2", assert(customers:create{ name = "A", referenceNumber = "x" }).accountNumber)
  end)

  it("is not guessed when another came at the same time", function()
    local customers, posted = service({}, adding(customer("2", "A"), customer("1", "A")))
    local value, message, err = customers:create{ name = "A" }
    assert.is_nil(value)
    assert.equal("email_customers.create: the customer was added, but which of the 2 new ones "
      .. "of its name it is can't be told", message)
    assert.equal("conflict", err.kind)
    assert.is_true(err.created)
    assert.equal("1", err.candidates[1].accountNumber)
    assert.equal("2", err.candidates[2].accountNumber)
    assert.equal(1, posted())
  end)

  it("may not be there yet, or not be found by its name", function()
    for _, values in ipairs{ { name = "A" }, { name = "A", referenceNumber = "y" },
      { name = " A" } } do
      local customers = service({}, adding())
      local _, message, err = customers:create(values)
      assert.is_true(err.created)
      assert.same({}, err.candidates)
      assert.equal("protocol", err.kind)
      assert.matches("the customer was added, but", message, 1, true)
    end
  end)

  it("is told of when it can't be read back", function()
    local posted
    local rs = stub.session(function(request)
      if request.method == "POST" then
        posted = true
        return stub.reply(200)
      end
      return posted and stub.reply(403, "", { ["x-error-message"] = "Exceeded request limits" })
        or stub.reply(200, { customers = {}, size = 250, total = 0 })
    end, { token = false, email = { user_key = "k", secret_key = "s" },
      endpoints = { email = "http://localhost" } })
    local _, message, err = rs.email_customers:create{ name = "A" }
    assert.equal("throttled", err.kind)
    assert.equal(403, err.status)
    assert.is_true(err.created)
    assert.matches("was added, but it could not be read back: email_customers.list: 403 Exceeded",
      message, 1, true)
  end)

  it("is not added when what is there can't be read, or it is refused", function()
    local customers, posted = service({}, function()
      return stub.reply(400, "", { ["x-error-message"] = "Improper Customer Name" })
    end)
    local _, message, err = customers:create{ name = " A" }
    assert.equal("email_customers.create: 400 Improper Customer Name", message)
    assert.is_nil(err.created)
    assert.equal(1, posted())
    local rs, requests = stub.session(function()
      return stub.reply(403, "", { ["x-error-message"] = "Exceeded request limits" })
    end, { token = false, email = { user_key = "k", secret_key = "s" },
      endpoints = { email = "http://localhost" } })
    for _, values in ipairs{ { name = "A" }, { name = "A", referenceNumber = "r" } } do
      assert.equal("throttled", select(3, rs.email_customers:create(values)).kind)
    end
    assert.equal(2, #requests)
    assert.equal("GET", requests[2].method)
  end)
end)
