--- 08-close-stale.lua - closes tickets that wait for their customer too long
-- SPDX-License-Identifier: MIT
--
-- 08-close-stale.lua 30              lists tickets unchanged for 30 days
-- 08-close-stale.lua 30 --close      closes them, at the limit of five a minute
local rackspace = require("rackspace")

-- Statuses in which it is the customer's turn; others wait for Rackspace.
local is_ours = { ["Pending Customer"] = true, Solved = true }

local days, flag = ...
days = tonumber(days)
if not days or flag and flag ~= "--close" then
  io.stderr:write("usage: 08-close-stale.lua DAYS [--close]\n")
  os.exit(2)
end

local rs = assert(rackspace.new())
local oldest = rs:time() - days * 86400

-- All are found before one is closed: closing tickets would shift the pages.
local stale = {}
for ticket in rs.tickets:list() do
  local modified = ticket.modified and rackspace.time(ticket.modified)
  if is_ours[ticket.status] and modified and modified < oldest then
    stale[#stale + 1] = ticket
  end
end

local failures = 0
for _, ticket in ipairs(stale) do
  local what, message = "stale", ""
  if flag then
    local closed
    closed, message = rs.tickets:close(ticket)
    what = closed and "closed" or "failed"
    failures = failures + (closed and 0 or 1)
  end
  print(what, ticket.ticketId, ticket.modified:sub(1, 10), ticket.subject,
    message or "")
end
os.exit(failures == 0 and 0 or 1)
