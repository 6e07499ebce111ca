--- inflight.lua - many calls that wait for their answers: the most memory held
-- SPDX-License-Identifier: MIT

-- inflight.lua URL COUNT, in KiB; the server answers when all are in flight

local peak = require("bench.peak")
local session = require("bench.session")

local url, count = ...
count = tonumber(count)

local rs = session.open(url)
session.get(rs) -- logs in and connects
assert(session.get_many(rs, count, count) >= count)
print(peak())
