--- inflight.lua - measures the peak memory with many calls in flight
-- SPDX-License-Identifier: MIT

-- inflight.lua URL COUNT prints KiB. The server responds so late that all calls
-- are in flight at once.

local peak = require("bench.peak")
local session = require("bench.session")

local url, count = ...
count = tonumber(count)

local rs = session.open(url)
session.get(rs) -- logs in and connects
assert(session.get_many(rs, count, count) >= count)
print(peak())
