--- sandbox_book_spec.lua - the sandbox's Email & Apps customers
-- SPDX-License-Identifier: MIT
local book = require("rackspace.email_customers.sandbox.book")
local sandbox = { new = require("rackspace").sandbox }

describe("the book of customers", function()
  it("has as many as it was told, each found by all that it has", function()
    for _, count in ipairs{ 0, 1, 3, 4, 600 } do
      local box = sandbox.new{ customers = count }
      local list = book.select(box)
      assert.equal(count, #list)
      local seen = {}
      for _, customer in ipairs(list) do
        assert.is_nil(seen[customer.accountNumber])
        seen[customer.accountNumber] = true
        assert.same(customer, book.get(box, customer.accountNumber))
        assert.same(customer, book.find(box, customer.referenceNumber))
      end
    end
    assert.is_nil(book.get(sandbox.new{ customers = 2 }, "460183"))
    assert.is_nil(book.get(sandbox.new(), "470004"))
  end)

  it("keeps what was changed over a new start", function()
    local path = os.tmpname()
    os.remove(path)
    local box = assert(sandbox.new{ state = path })
    book.add(box, { name = "New", referenceNumber = "5" })
    book.change(box, "460182", { name = "Renamed" })
    book.change(box, "460181", { is_deleted = true })
    box:close()
    box = assert(sandbox.new{ state = path })
    local names = {}
    for i, customer in ipairs(book.select(box)) do
      names[i] = customer.name .. customer.referenceNumber
    end
    assert.same({ "API Customer 5010", "New5", "Renamed49" }, names)
    book.add(box, { name = "Next" })
    assert.not_equal(book.select(box, "New")[1].accountNumber,
      book.select(box, "Next")[1].accountNumber)
    os.remove(path)
  end)

  it("has the key's own account, whatever became of it", function()
    local box = sandbox.new()
    assert.equal("Sandbox Reseller", book.own(box, "460180").name)
    book.change(box, "460182", { is_deleted = true })
    assert.equal("API Customer 17", book.own(box, "460182").name)
    assert.is_nil(book.get(box, "460182"))
  end)
end)
