--- start.lua - measures the milliseconds that a command takes
-- SPDX-License-Identifier: MIT

-- start.lua COUNT COMMAND

local core = require("rackspace.core")

local count, command = ...
count = tonumber(count)

local loop = ("i=0; while [ $i -lt %d ]; do %s || exit 1; i=$((i + 1)); done")
  :format(count, command)

local start = core.monotonic()
local ok = os.execute(loop)
local stop = core.monotonic()
assert(ok == true or ok == 0, "the command failed: " .. command)
print(("%.3f"):format((stop - start) * 1000 / count))
