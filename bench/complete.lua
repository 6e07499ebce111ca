--- complete.lua - measures the prompt's completion
-- SPDX-License-Identifier: MIT
--
-- RACKSPACE_LUA_PATH=lua build/lua5.4/rackspace bench/complete.lua
-- prints, for each line, the median and the longest of 1,000 completions in
-- milliseconds of processor time, with 2,000 globals and 500 ids of each field.
local complete = require("rackspace.repl.complete")
local rackspace = require("rackspace")

local lines = { "rs.", "rs.tickets:cr", "rs.tickets:create{ ",
  'rs.tickets:create{ category = "', 'rs.accounts:get("CLOUD/1',
  "account.", "pri", ("x = { 1, 'two', f(3) } "):rep(100) .. "rs.contacts:li" }

local globals = { rs = assert(rackspace.new{ sandbox = true }),
  account = { name = "x" }, string = string }
local ids = { account = {}, ticketId = {}, contactNumber = {} }
for i = 1, 2000 do
  globals["name" .. i] = i
end
for _, list in pairs(ids) do
  for i = 1, 500 do
    list[i] = "CLOUD/" .. 10000 + i
  end
end

for _, line in ipairs(lines) do
  local times = {}
  for i = 1, 1000 do
    local started = os.clock()
    complete(line, #line, { globals = globals, ids = ids })
    times[i] = (os.clock() - started) * 1000
  end
  table.sort(times)
  print(("%8.3f %8.3f  %s"):format(times[500], times[1000], line:sub(-40)))
end
