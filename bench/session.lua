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

--- Gets `count` accounts, `at_once` at once. Returns how many calls were begun
-- when the first had its answer.
local function get_many(rs, count, at_once)
  local begun, at_first = 0, nil
  local function next_one()
    begun = begun + 1
    return begun <= count and begun or nil
  end
  for _ in rs:map(next_one, function() get(rs) end,
      { concurrency = at_once }) do
    at_first = at_first or begun
  end
  return at_first
end

return { get = get, get_many = get_many, open = open }
