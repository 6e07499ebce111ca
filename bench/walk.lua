--- walk.lua - measures pages a second of a long list
-- SPDX-License-Identifier: MIT

-- walk.lua URL PAGES SIZE

local core = require("rackspace.core")
local session = require("bench.session")

local url, pages, size = ...
pages, size = tonumber(pages), tonumber(size)

local rs = session.open(url)
session.get(rs) -- logs in and connects
local count, last, start = 0, nil, core.monotonic()
for account in rs.accounts:list() do
  count, last = count + 1, account.number
end
local stop = core.monotonic()
assert(count == pages * size, count .. " accounts came")
assert(last == 1000000 + count - 1, "the last account is not the last")
print(("%.1f"):format(pages / (stop - start)))
