--- 05-open-tickets.lua - opens a ticket for each row of a CSV file, once
-- SPDX-License-Identifier: MIT
--
-- A row: key,accountId,category,subject,text. The key is put into the ticket's
-- subject; a ticket is opened only when no ticket with that key is found.
local here = debug.getinfo(1, "S").source:match("^@(.-)[^/]*$")
package.path = here .. "parts/?.lua;" .. package.path
local csv, journal = require("csv"), require("journal")
local rackspace = require("rackspace")

local rows_path, journal_path = ...
if not journal_path then
  io.stderr:write("usage: 05-open-tickets.lua ROWS.csv JOURNAL\n")
  os.exit(2)
end

local function read_rows(path)
  local rows = {}
  for line in io.lines(path) do
    local cells = csv.cells(line)
    local key, account = cells[1], cells[2]
    if not cells[5] or not key:find("^[%w-]+$") or rows[key] then
      io.stderr:write(path, ": not five cells with a new key: ", line, "\n")
      os.exit(2)
    end
    rows[key], rows[#rows + 1] = true, { key = key, ticket = {
      accountId = account, category = cells[3], comment = { text = cells[5] },
      subcategory = account:find("^hybrid:") and "General" or "Other",
      subject = ("%s [%s]"):format(cells[4], key) } }
  end
  return rows
end

io.stdout:setvbuf("line")
local rows, notes = read_rows(rows_path), journal.open(journal_path)
local rs = assert(rackspace.new())
local failures = 0
for _, row in ipairs(rows) do
  local wanted, before = row.ticket, notes:last(row.key)
  if before == "begun" then
    print(row.key, "unknown", "begun before, with no end: looking for it")
  end
  local what, value = "made"
  if before ~= "made" then
    what, value = notes:once(row.key, rs, function()
      for ticket in rs.tickets:list{ subject = row.key } do
        if ticket.subject == wanted.subject and
            ticket.accountId == wanted.accountId then
          return ticket.ticketId
        end
      end
    end, function()
      local ticket, message, err = rs.tickets:create(wanted)
      return ticket and ticket.ticketId, message, err
    end)
    print(row.key, what, value)
  end
  failures = failures + ((what == "made" or what == "found") and 0 or 1)
end
os.exit(failures == 0 and 0 or 1)
