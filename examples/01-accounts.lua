--- 01-accounts.lua - lists every account, and shows one in full
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

if select("#", ...) > 0 then
  io.stderr:write("usage: 01-accounts.lua\n")
  os.exit(2)
end

local rs = assert(rackspace.new())

local function row(...)
  print(("  %-26s %-12s %-17s %s"):format(...))
end

-- The iterator fetches the next page while this loop works on the current one.
local count, statuses = 0, {}
row("type", "number", "status", "name")
for account in rs.accounts:list{ limit = 50 } do
  count = count + 1
  statuses[account.status] = (statuses[account.status] or 0) + 1
  if count <= 12 then
    row(account.type, account.number or account.id, account.status,
      account.name)
  end
end

local summary = {}
for status, accounts in pairs(statuses) do
  summary[#summary + 1] = accounts .. " " .. status
end
table.sort(summary)
print(("  ... %d accounts in all, 50 to a page: %s"):format(count,
  table.concat(summary, ", ")))

-- A call that fails returns nil, a message and an error table.
local account, message, err = rs.accounts:get("CLOUD/10101")
if not account then
  print(message, err.kind)
  os.exit(1)
end
print(("\n%s of %s, %s since %s. Its statuses, newest first:"):format(
  account.name, account.rcn, account.status, account.lastUpdatedDate))
for _, change in ipairs(assert(rs.accounts:status_history(account))) do
  print(("  %s  %-17s by %s (%s)"):format(change.date, change.status,
    change.username, change.usertype))
end
print("What changed in it, oldest first:")
for _, change in ipairs(assert(rs.accounts:history(account))) do
  print(("  %s  %-21s by %s"):format(change.updatedDate,
    change.accountChangeType, change.updatedBy.username))
end
