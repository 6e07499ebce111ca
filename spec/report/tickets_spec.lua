--- tickets_spec.lua - walks the tickets, and counts them by status and age
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")
local tickets = require("rackspace.report.tickets")

local function sink()
  local rows = {}
  return { rows = rows, write = function(_, text) rows[#rows + 1] = text end }
end

local now = 1700000000 -- 2023-11-14T22:13:20Z
local options = { progress = function() end }

local function walk(answer)
  local rs = stub.session(function() return answer end, { clock = stub.clock(now),
    endpoints = { ticketing = "http://localhost", identity = "http://localhost/v2.0" } })
  local rows = sink()
  return tickets.walk(rs, rows, options), rows.rows
end

local function ticket(id, status, created)
  return { ticketId = id, status = status, createdAt = created, subject = "<" .. id .. ">" }
end

describe("a walk of the tickets", function()
  it("counts by status and age, and has a row for each that is open", function()
    local found, rows = walk(stub.reply(200, { total = 7, tickets = {
      ticket("1", "In Progress", "2023-11-14T00:00:00Z"),
      ticket("2", "In Progress", "2023-11-10T00:00:00Z"),
      ticket("3", "Pending Customer", "2023-10-20T00:00:00Z"),
      ticket("4", "Closed", "2023-09-01T00:00:00Z"),
      ticket("5", "Solved", "2022-12-01T00:00:00Z"),
      ticket("6", "In Progress", "2015-01-01T00:00:00Z"),
      ticket("7", nil, "0001-01-01T00:00:00Z") } }))
    assert.same({ 7, 5 }, { found.total, found.open })
    assert.same({ ["In Progress"] = 3, ["Pending Customer"] = 1, Closed = 1, Solved = 1,
      ["(none)"] = 1 }, found.by_status.counts)
    assert.same({ ["under a day"] = 1, ["under a week"] = 1, ["under 30 days"] = 1,
      ["a year or more"] = 1, ["no date"] = 1 }, found.open_by_age.counts)
    assert.same({ ["under 90 days"] = 1 }, found.ages_of.Closed.counts)
    assert.same({ ["under a year"] = 1 }, found.ages_of.Solved.counts)
    assert.equal(5, #rows)
    assert.truthy(rows[1]:find("&lt;1&gt;", 1, true))
    assert.truthy(rows[3]:find('data%-sort="25">25<'))
    assert.is_nil(found.problem)
  end)

  it("says why the tickets can't be read, and lets the rest be", function()
    local found, rows = walk(stub.reply(403, { message = "not yours" }))
    assert.truthy(found.problem:find("^tickets%.list: 403 not yours"))
    assert.same({}, rows)
    local ok, err = pcall(walk, stub.reply(401, { message = "no" }))
    assert.is_false(ok)
    assert.equal("auth", err.kind)
  end)
end)
