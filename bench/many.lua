--- many.lua - measures calls a second, many at once, decoding included
-- SPDX-License-Identifier: MIT

-- many.lua URL COUNT AT_ONCE [CA_FILE]

local core = require("rackspace.core")
local session = require("bench.session")

local url, count, at_once, ca_file = ...
count, at_once = tonumber(count), tonumber(at_once)

local rs = session.open(url, ca_file)
session.get(rs) -- logs in and connects
local start = core.monotonic()
session.get_many(rs, count, at_once)
print(("%.1f"):format(count / (core.monotonic() - start)))
