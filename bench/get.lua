--- get.lua - one account over and over: calls a second, decoding included
-- SPDX-License-Identifier: MIT

-- get.lua URL SECONDS

local core = require("rackspace.core")
local rackspace = require("rackspace")

local url, seconds = ...
seconds = tonumber(seconds)

local rs = assert(rackspace.new{ username = "bench", api_key = "bench",
  endpoints = { identity = url .. "/v2.0", customer = url } })

local function get()
  local account = assert(rs.accounts:get("CLOUD/10101"))
  assert(account.number == 10101)
end

get() -- logs in and connects
local count, start = 0, core.monotonic()
local stop = start
while stop - start < seconds do
  get()
  count, stop = count + 1, core.monotonic()
end
print(("%.1f"):format(count / (stop - start)))
