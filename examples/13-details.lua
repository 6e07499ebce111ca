--- 13-details.lua - makes four calls about each account, 16 accounts at a time
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local concurrency = tonumber((... or "16"))
if not concurrency or select("#", ...) > 1 then
  io.stderr:write("usage: 13-details.lua [HOW MANY AT ONCE]\n")
  os.exit(2)
end

local rs = assert(rackspace.new())

--- Makes four calls about an account at the same time.
local function details_of(account)
  local found = assert(rs:all{
    function() return rs.accounts:history(account) end,
    function() return rs.accounts:status_history(account) end,
    function() return rs.contacts:list(account):totable() end,
    function() return rs.metadata:entries(account) end })
  return ("%-26s %-12s %3d changes, %d statuses, %2d contacts, %d keys"):format(
    account.type, account.id, #found[1], #found[2], #found[3], #found[4])
end

for _, line in rs:map(rs.accounts:list(), details_of,
    { concurrency = concurrency, ordered = true }) do
  print(line)
end
