--- sections_spec.lua - the parts of the page that a report is
-- SPDX-License-Identifier: MIT
local judge = require("spec.support.judge")
local sections = require("rackspace.report.sections")
local tally = require("rackspace.report.tally")

local function tally_of(counts)
  local counted = tally.new()
  for label, count in pairs(counts) do
    counted:add(label, count)
  end
  return counted
end

--- An output that keeps what it is given.
local function output()
  local parts = {}
  return { write = function(_, text) parts[#parts + 1] = text end,
    pour = function(_, aside) parts[#parts + 1] = aside end,
    text = function() return table.concat(parts) end }
end

local function found_of(tickets)
  return { accounts = { total = 8, by_type = tally_of{ CLOUD = 6, ["<x>"] = 2 },
      by_status = tally_of{ Active = 8 }, by_level = tally_of{}, keys = tally_of{ a = 3, b = 1 },
      missing = { BILLING = 2 }, lacking = 2, unreadable = 3, problem = "<why>" },
    tickets = tickets }
end

local none = { total = 0, open = 0, by_status = tally_of{}, open_by_age = tally_of{},
  ages_of = {} }

describe("a report's sections", function()
  it("begin with a few numbers, and what could not be read", function()
    local html = sections.head(found_of(none), { title = "T", line = "As of" })
    local facts = {}
    for i = 1, 5 do
      facts[i] = judge.find(html, ("string(//li[%d])"):format(i))
    end
    assert.same({ "8accounts", "2without a BILLING contact", "0without a PRIMARY contact",
      "0open tickets", "2metadata keys" }, facts)
    assert.truthy(html:find("Of 3 accounts not everything could be read. The first reason: " ..
      "&lt;why&gt;", 1, true))
  end)

  it("have a drawing and a table of each kind, or say that there is none", function()
    local html = "<main>" .. sections.breakdowns(found_of(none)) .. "</main>"
    judge.html(html)
    assert.equal("3", judge.find(html, "count(//svg)"))
    assert.equal("CLOUD", judge.find(html, "string((//tbody)[1]/tr[1]/td[1])"))
    assert.equal("75.0%", judge.find(html, "string((//tbody)[1]/tr[1]/td[3])"))
    assert.equal("750", judge.find(html, "string((//tbody)[1]/tr[1]/td[3]/@data-sort)"))
    assert.equal("<x>", judge.find(html, "string((//tbody)[1]/tr[2]/td[1])"))
    assert.truthy(html:find("There are none.", 1, true))
    local ids, seen = 0, {}
    for id in html:gmatch(' id="([^"]*)"') do
      assert.is_nil(seen[id])
      ids, seen[id] = ids + 1, true
    end
    assert.equal(6, ids)
  end)

  it("have tickets by status and age, the ages in their order", function()
    local out = output()
    sections.tickets(out, found_of{ total = 3, open = 2,
      by_status = tally_of{ Closed = 1, ["In Progress"] = 2 },
      open_by_age = tally_of{ ["a year or more"] = 1, ["under a day"] = 1 },
      ages_of = { Closed = tally_of{ ["under a week"] = 1 },
        ["In Progress"] = tally_of{ ["a year or more"] = 1, ["under a day"] = 1 } } },
      "<tr><td>poured</td></tr>")
    local html = "<main>" .. out.text() .. "</main>"
    judge.html(html)
    assert.equal("under a day", judge.find(html, "string((//tbody)[2]/tr[1]/td[1])"))
    assert.equal("a year or more", judge.find(html, "string((//tbody)[2]/tr[2]/td[1])"))
    local cells = {}
    for i = 1, 8 do
      cells[i] = judge.find(html, ("string((//tbody)[3]/tr[1]/td[%d])"):format(i))
    end
    assert.same({ "In Progress", "1", "0", "0", "0", "0", "1", "0" }, cells)
    assert.equal("poured", judge.find(html, "string((//tbody)[4]/tr/td)"))
    assert.equal("Open tickets: 2", judge.find(html, "string((//caption)[4])"))
  end)

  it("say why there are no tickets", function()
    local out = output()
    sections.tickets(out, found_of{ problem = "tickets.list: <403>" })
    assert.truthy(out.text():find("could not be read: tickets.list: &lt;403&gt;", 1, true))
  end)

  it("have the rows that came, or a line where none did", function()
    local out, found = output(), found_of(none)
    sections.lacking(out, found, "<tr><td>one</td></tr>")
    assert.truthy(out.text():find("<tbody>\n<tr><td>one</td></tr></tbody>", 1, true))
    out, found.accounts.lacking, found.accounts.total = output(), 0, 0
    sections.lacking(out, found, "never")
    sections.all_accounts(out, found, "never")
    assert.is_nil(out.text():find("never", 1, true))
    assert.is_nil(out.text():find("<table", 1, true))
  end)
end)
