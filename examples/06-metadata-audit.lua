--- 06-metadata-audit.lua - lists accounts whose metadata has a wrong value
-- SPDX-License-Identifier: MIT
--
-- 06-metadata-audit.lua support:level navigator intensive
local rackspace = require("rackspace")

local key = ...
if not key then
  io.stderr:write("usage: 06-metadata-audit.lua KEY [VALUE...]\n")
  os.exit(2)
end

-- The values that are right; any value when none is given.
local is_right = {}
for i = 2, select("#", ...) do
  is_right[(select(i, ...))] = true
end

local rs = assert(rackspace.new())

--- Returns what is wrong with an account's value, and who set it; or nil.
local function fault_of(account)
  local value = assert(rs.metadata:list(account))[key]
  if value == nil then
    return "has none"
  elseif next(is_right) and not is_right[value] then
    local details = assert(rs.metadata:details(account, key))
    return ("has '%s', set by %s on %s"):format(value, details.lastUpdatedBy,
      details.lastUpdatedDate:sub(1, 10))
  end
end

local total, wrong = 0, 0
for account, fault in rs:map(rs.accounts:list(), fault_of,
    { ordered = true }) do
  total = total + 1
  if fault then
    wrong = wrong + 1
    print(("%s/%s"):format(account.type, account.id), fault)
  end
end
print(("%s: %d of %d accounts are not as they should be"):format(key, wrong,
  total))
os.exit(wrong == 0 and 0 or 1)
