--- calls.lua - makes calls one after another, for counting their instructions
-- SPDX-License-Identifier: MIT

-- calls.lua URL COUNT

local session = require("bench.session")

local url, count = ...
local rs = session.open(url)
for _ = 1, tonumber(count) do
  session.get(rs)
end
