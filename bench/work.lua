--- work.lua - measures the seconds of a list with work on each page
-- SPDX-License-Identifier: MIT

-- work.lua URL PAGES SECONDS keeps the processor busy for SECONDS with each
-- page

local core = require("rackspace.core")
local session = require("bench.session")

local url, pages, seconds = ...
pages, seconds = tonumber(pages), tonumber(seconds)

local function work()
  local stop = core.monotonic() + seconds
  while core.monotonic() < stop do
    tostring(stop)
  end
end

local rs = session.open(url)
session.get(rs) -- logs in and connects
local count, start = 0, core.monotonic()
for _ in rs.accounts:list():pages() do
  count = count + 1
  work()
  if count == pages then
    break
  end
end
assert(count == pages, count .. " pages came")
print(("%.3f"):format(core.monotonic() - start))
