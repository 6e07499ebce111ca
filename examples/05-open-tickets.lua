--- 05-open-tickets.lua - opens a ticket for each row of a spreadsheet, once
-- SPDX-License-Identifier: MIT
--
-- A row is a line: key,accountId,category,subject,text. Its key stands in the
-- ticket's subject, by which the ticket is looked for before it is opened. The
-- journal says "begun" before a request, "opened" or "refused" after it. Each
-- line is flushed: the system has it, whatever ends this process. Lua can't
-- have it put on the disk, and a power cut may take the last ones; the look at
-- the service makes up for that. Only one run may use a journal at a time.
local rackspace = require("rackspace")
local unpack = table.unpack or unpack -- luacheck: ignore 143

-- The seconds in which a request that was cut off may still have its effect.
local SETTLING = 300

local rows_path, journal_path = ...
if not journal_path then
  io.stderr:write("usage: 05-open-tickets.lua ROWS.csv JOURNAL\n")
  os.exit(2)
end

--- The cells of a line; quoted ones may have commas, and "" for a quote.
local function cells_of(line)
  local cells = {}
  line = line:gsub("\r$", ""):gsub('%b""', function(quoted)
    return (quoted:gsub(",", "\1"))
  end)
  for cell in (line .. ","):gmatch("([^,]*),") do
    cells[#cells + 1] = cell:gsub("\1", ","):gsub('^"(.*)"$', "%1")
      :gsub('""', '"')
  end
  return unpack(cells)
end

local function read_rows(path)
  local rows = {}
  for line in io.lines(path) do
    local key, account, category, subject, text = cells_of(line)
    if not text or not key:find("^[%w-]+$") or rows[key] then
      io.stderr:write(path, ": not five cells with a new key: ", line, "\n")
      os.exit(2)
    end
    rows[key], rows[#rows + 1] = true, { key = key, ticket = {
      accountId = account, category = category, comment = { text = text },
      subcategory = account:find("^hybrid:") and "General" or "Other",
      subject = ("%s [%s]"):format(subject, key) } }
  end
  return rows
end

--- The journal, open at its end, and what it says last of each key. A line that
-- was cut off is made one that says nothing.
local function open_journal(path)
  local file = assert(io.open(path, "a+"))
  local text, last = file:read("*a"), {}
  for line in text:gmatch("([^\n]*)\n") do
    local what, key, value = line:match("^(%l+) (%S+) (%S+)$")
    last[key or ""] = { what = what, value = value }
  end
  if text:find("[^\n]$") then
    assert(file:write(" was cut off\n"))
  end
  return last, function(what, key, value)
    assert(file:write(what, " ", key, " ", value, "\n"))
    assert(file:flush())
  end
end

io.stdout:setvbuf("line")
local rows = read_rows(rows_path)
local last, note = open_journal(journal_path)
local rs = assert(rackspace.new())

--- The id of the row's ticket, when there is one already.
local function find(row)
  for ticket in rs.tickets:list{ subject = row.key } do
    if ticket.subject == row.ticket.subject and
        ticket.accountId == row.ticket.accountId then
      return ticket.ticketId
    end
  end
end

--- Opens the row's ticket: its id; or nil, what came of it, and why.
local function open(row)
  note("begun", row.key, ("%.0f"):format(rs:time()))
  local ticket, message, err = rs.tickets:create(row.ticket)
  if ticket then
    return ticket.ticketId, "opened"
  elseif err.sent == "unknown" then
    return nil, "unknown", message
  end
  note("refused", row.key, err.kind)
  return nil, "refused", message
end

local function settle(row)
  local id, what, message = find(row), "found"
  if not id then
    id, what, message = open(row)
  end
  if id then
    note("opened", row.key, id)
  end
  print(row.key, what, id or message)
  return id ~= nil
end

local failures = 0
for _, row in ipairs(rows) do
  local before = last[row.key] or {}
  if before.what == "begun" then
    print(row.key, "unknown", "begun before, with no end: looking for it")
    assert(rs:sleep(math.max(0, before.value + SETTLING - rs:time())))
  end
  if before.what ~= "opened" and not settle(row) then
    failures = failures + 1
  end
end
os.exit(failures == 0 and 0 or 1)
