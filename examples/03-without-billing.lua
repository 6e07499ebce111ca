--- 03-without-billing.lua - lists the accounts without a BILLING contact
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

if select("#", ...) > 0 then
  io.stderr:write("usage: 03-without-billing.lua\n")
  os.exit(2)
end

local rs = assert(rackspace.new())

-- rs:map calls this for 16 accounts at a time; one contact is enough to know.
local function billing_of(account)
  return assert(rs.contacts:list(account, { role = "BILLING", limit = 1 })
    :totable(1))
end

local total, lacking = 0, 0
for account, billing in rs:map(rs.accounts:list(), billing_of,
    { ordered = true }) do
  total = total + 1
  if #billing == 0 then
    lacking = lacking + 1
    print(("%s/%s"):format(account.type, account.id), account.name)
  end
end
print(("%d of %d accounts lack a BILLING contact"):format(lacking, total))
