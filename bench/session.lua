--- session.lua - the session that measures, and many calls at once on it
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

--- A session on a server that answers like the services.
local function open(url, ca_file)
  return assert(rackspace.new{ username = "bench", api_key = "bench",
    ca_file = ca_file,
    endpoints = { identity = url .. "/v2.0", customer = url } })
end

local function get(rs)
  local account = assert(rs.accounts:get("CLOUD/10101"))
  assert(account.number == 10101)
end

--- Gets `count` accounts, `at_once` at once.
local function get_many(rs, count, at_once)
  local left, tasks = count, {}
  local function work()
    while left > 0 do
      left = left - 1
      get(rs)
    end
  end
  for i = 1, math.min(at_once, count) do
    tasks[i] = rs.tasks:spawn(work)
  end
  for _, task in ipairs(tasks) do
    rs.tasks:join(task)
  end
end

return { get = get, get_many = get_many, open = open }
