--- session.lua - a session for the benchmarks, and calls on it
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

--- Returns a session on a server that responds like the services.
local function open(url, ca_file)
  return assert(rackspace.new{ username = "bench", api_key = "bench",
    ca_file = ca_file,
    endpoints = { identity = url .. "/v2.0", customer = url } })
end

--- Gets one account.
local function get(rs)
  local account = assert(rs.accounts:get("CLOUD/10101"))
  assert(account.number == 10101)
end

--- Gets `count` accounts, `at_once` at a time. Returns how many calls had
-- started when the first one ended.
local function get_many(rs, count, at_once)
  local begun, begun_at_first = 0, nil
  local function next_number()
    begun = begun + 1
    return begun <= count and begun or nil
  end
  for _ in rs:map(next_number, function() get(rs) end,
      { concurrency = at_once }) do
    begun_at_first = begun_at_first or begun
  end
  return begun_at_first
end

return { get = get, get_many = get_many, open = open }
