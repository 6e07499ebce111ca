--- 07-status-changes.lua - lists the changes of status in a period
-- SPDX-License-Identifier: MIT
--
-- 07-status-changes.lua 2014-01-01 2015-01-01     the second day is excluded
local rackspace = require("rackspace")

local function seconds_of(day)
  return day and rackspace.time(day .. "T00:00:00Z")
end

local from_day, to_day = ...
local from, to = seconds_of(from_day), seconds_of(to_day)
if not (from and to) then
  io.stderr:write("usage: 07-status-changes.lua YYYY-MM-DD YYYY-MM-DD\n")
  os.exit(2)
end

local rs = assert(rackspace.new())

local function history_of(account)
  return assert(rs.accounts:status_history(account))
end

-- A history begins with the newest change: the status before it is the next
-- one.
local changes = {}
for account, history in rs:map(rs.accounts:list(), history_of) do
  for i, change in ipairs(history) do
    local time = assert(rackspace.time(change.date))
    if time >= from and time < to then
      local before = history[i + 1]
      changes[#changes + 1] = { time = time, line = ("%s  %s/%s  %s -> %s  %s")
        :format(change.date:sub(1, 10), account.type, account.id,
          before and before.status or "(new)", change.status, change.username) }
    end
  end
end

table.sort(changes, function(one, other)
  if one.time ~= other.time then
    return one.time < other.time
  end
  return one.line < other.line
end)
for _, change in ipairs(changes) do
  print(change.line)
end
print(("%d changes from %s until %s"):format(#changes, from_day, to_day))
