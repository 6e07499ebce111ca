--- tickets.lua - reads the tickets for a report, and counts them
-- SPDX-License-Identifier: MIT
local page = require("rackspace.picture.page")
local tally = require("rackspace.report.tally")
local format = require("rackspace.picture.format")

local tickets = {}

local DAY = 86400

-- The labels of ages, each with the number of days that it stays below.
local limits = { { 1, "under a day" }, { 7, "under a week" },
  { 30, "under 30 days" }, { 90, "under 90 days" },
  { 365, "under a year" }, { math.huge, "a year or more" } }

--- The labels of ages, the youngest first.
tickets.ages = {}
for i, limit in ipairs(limits) do
  tickets.ages[i] = limit[2]
end
tickets.ages[#limits + 1] = "no date"

tickets.columns = { { title = "Ticket" }, { title = "Account" },
  { title = "Subject" }, { title = "Status" }, { title = "Severity" },
  { title = "Opened (UTC)" }, { title = "Days open", is_number = true } }

local is_over = { Solved = true, Closed = true }

-- Kinds of error after which the rest of the report is written.
local is_local = { forbidden = true, not_found = true, server = true,
  config = true }

--- Returns the whole days since a ticket was opened, or nil without a date.
local function days_of(ticket, now)
  local time = format.time(ticket.created)
  return time and math.max(0, math.floor((now - time) / DAY))
end

local function age_of(days)
  for _, limit in ipairs(days and limits or {}) do
    if days < limit[1] then
      return limit[2]
    end
  end
  return "no date"
end

local function row_of(ticket, days)
  return page.row{ ticket.ticketId or "", ticket.accountId or "",
    ticket.subject or "", ticket.status or "", ticket.severity or "",
    format.minute(ticket.created), days and page.number(days) or "" }
end

local function count(found, ticket, days)
  found.total = found.total + 1
  local status = found.by_status:add(ticket.status)
  found.ages_of[status] = found.ages_of[status] or tally.new()
  found.ages_of[status]:add(age_of(days))
  if not is_over[ticket.status] then
    found.open = found.open + 1
    found.open_by_age:add(age_of(days))
  end
end

local function walk(session, rows, options, found)
  local now = session:time()
  for ticket in session.tickets:list() do
    local days = days_of(ticket, now)
    count(found, ticket, days)
    if not is_over[ticket.status] then
      rows:write(row_of(ticket, days))
    end
    options.progress(("%d tickets"):format(found.total))
  end
end

--- Reads the tickets, and writes a row for each open one to `rows`.
-- @return what was counted: { total =, open = counts, by_status =,
-- open_by_age = tallies, ages_of = { [status] = tally }, problem = why the
-- tickets could not be read, if so }
function tickets.walk(session, rows, options)
  local found = { total = 0, open = 0, by_status = tally.new(),
    open_by_age = tally.new(), ages_of = {} }
  local ok, err = pcall(walk, session, rows, options, found)
  if not ok then
    if type(err) ~= "table" or not is_local[err.kind] then
      error(err, 0)
    end
    found.problem = err.message
  end
  return found
end

return tickets
