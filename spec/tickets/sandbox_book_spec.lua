--- sandbox_book_spec.lua - tickets that are kept
-- SPDX-License-Identifier: MIT
local book = require("rackspace.tickets.sandbox.book")
local file = require("spec.support.file")
local sandbox = { new = require("rackspace").sandbox }
local users = require("rackspace.sandbox.users")

describe("the book of tickets", function()
  local demo, second = users.by_name.demo, users.by_name.second

  after_each(file.clean)

  it("begins with some, of which each user sees their own", function()
    local box = sandbox.new()
    local tickets = book.tickets(box)
    assert.equal(6, #tickets)
    assert.equal(tickets, book.tickets(box))
    local seen = 0
    for _, ticket in ipairs(tickets) do
      assert.equal(ticket, book.find(box, demo, ticket.ticketId))
      seen = seen + (book.find(box, second, ticket.ticketId) and 1 or 0)
    end
    assert.equal(1, seen)
    assert.is_nil(book.find(box, demo, "none"))
    assert.equal(0, #book.tickets(sandbox.new{ accounts = 0 }))
  end)

  it("is in the state's file, once each", function()
    local path = file.folder() .. "/state"
    local box = assert(sandbox.new{ state = path })
    book.tickets(box)
    local opened = book.open(box, { accountId = "10101", subject = "Zoë" },
      book.author(demo), 1700000000)
    book.add_comment(box, opened, book.author(demo), "x", nil, 1700000060)
    book.note(box, opened, "create", 1700000000)
    box:close()
    local again = assert(sandbox.new{ state = path })
    local found = book.find(again, demo, opened.ticketId)
    assert.same(opened, found)
    assert.equal("231114-00007", found.ticketId)
    assert.equal(7, #book.tickets(again))
    assert.same(box.store.events, again.store.events)
  end)

  it("sees nothing of accounts that are none", function()
    local box = sandbox.new()
    for _, id in ipairs{ "", "x", ":", "hybrid:", "hybrid:1", 5, true } do
      assert.is_false(book.sees(box, demo, id) or false)
    end
    assert.is_true(book.sees(box, demo, "10101"))
    assert.is_false(book.sees(box, second, "10101"))
  end)
end)
