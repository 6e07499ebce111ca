--- 01-accounts.lua - every account that you can reach, and one in full
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local rs = assert(rackspace.new())

-- The list goes over pages by itself: the next one is on its way while this
-- loop works on the one at hand.
local count, per_status = 0, {}
print(("%-28s %-12s %-24s %s"):format("type", "number", "name", "status"))
for account in rs.accounts:list{ limit = 50 } do
  count = count + 1
  per_status[account.status] = (per_status[account.status] or 0) + 1
  if count <= 12 then
    print(("%-28s %-12s %-24s %s"):format(account.type,
      account.number or account.id, account.name, account.status))
  end
end
print(("... %d accounts in all"):format(count))
for status, accounts in pairs(per_status) do
  print(("  %4d  %s"):format(accounts, status))
end

-- What a call can't do comes back as nil, a message and an error's table.
local account, message, err = rs.accounts:get("CLOUD/10101")
if not account then
  print(message, err.kind)
  os.exit(1)
end
print()
print(("%s, %s: %s since %s"):format(account.name, account.rcn,
  account.status, account.lastUpdatedDate))
for _, change in ipairs(assert(rs.accounts:status_history(account))) do
  print(("  %s  %-17s by %s (%s)"):format(change.date, change.status,
    change.username, change.usertype))
end
for _, change in ipairs(assert(rs.accounts:history(account))) do
  print(("  %s  %s"):format(change.updatedDate, change.accountChangeType))
end
