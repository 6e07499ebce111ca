--- memory.lua - measures the peak memory of a long list, in KiB
-- SPDX-License-Identifier: MIT

-- memory.lua ACCOUNTS, with RACKSPACE_SANDBOX naming a sandbox that has them

local peak = require("bench.peak")
local rackspace = require("rackspace")

local wanted = tonumber((...))
local rs = assert(rackspace.new())
local count = 0
for _ in rs.accounts:list() do
  count = count + 1
end
assert(count == wanted, count .. " accounts came")
print(peak())
