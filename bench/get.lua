--- get.lua - measures calls a second, one after another, decoding included
-- SPDX-License-Identifier: MIT

-- get.lua URL SECONDS [CA_FILE]

local core = require("rackspace.core")
local session = require("bench.session")

local url, seconds, ca_file = ...
seconds = tonumber(seconds)

local rs = session.open(url, ca_file)
session.get(rs) -- logs in and connects
local count, start = 0, core.monotonic()
local stop = start
while stop - start < seconds do
  session.get(rs)
  count, stop = count + 1, core.monotonic()
end
print(("%.1f"):format(count / (stop - start)))
