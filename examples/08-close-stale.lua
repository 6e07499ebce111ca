--- 08-close-stale.lua - closes tickets that have waited for us for too long
-- SPDX-License-Identifier: MIT
--
-- 08-close-stale.lua 30              shows what has rested for 30 days
-- 08-close-stale.lua 30 --close      closes it, five a minute
local rackspace = require("rackspace")

-- What waits for Rackspace is not ours to close.
local is_ours = { ["Pending Customer"] = true, Solved = true }

local days, flag = ...
days = tonumber(days)
if not days or flag and flag ~= "--close" then
  io.stderr:write("usage: 08-close-stale.lua DAYS [--close]\n")
  os.exit(2)
end

local rs = assert(rackspace.new())
local oldest = rs:time() - days * 86400

-- All are found first: the list would shift under a walk that closes.
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
