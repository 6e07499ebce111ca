--- inflight.lua - many calls that wait for their answers: the most memory held
-- SPDX-License-Identifier: MIT

-- inflight.lua URL COUNT, in KiB; the server answers when all are in flight

local session = require("bench.session")

local url, count = ...
count = tonumber(count)

local rs = session.open(url)
session.get(rs) -- logs in and connects
local tasks = {}
for i = 1, count do
  tasks[i] = rs.tasks:spawn(session.get, rs)
end
assert(rs.tasks:client():running() == count)
for _, task in ipairs(tasks) do
  rs.tasks:join(task)
end

for line in io.lines("/proc/self/status") do
  local peak = line:match("^VmHWM:%s*(%d+) kB")
  if peak then
    print(peak)
  end
end
