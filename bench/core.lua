--- core.lua - measures calls a second by rackspace.core alone
-- SPDX-License-Identifier: MIT

-- core.lua URL COUNT [AT_ONCE] does what calls.lua and many.lua do, decoding
-- included, without the session. The difference is the cost of the session.

local core = require("rackspace.core")
local json = require("rackspace.base.json")
local settings = require("rackspace.session.settings")

local url, count, at_once = ...
count, at_once = tonumber(count), tonumber(at_once or 1)
local client, agent = core.client(), settings.user_agent()
local defaults = core.defaults{ connect_timeout = 10, stall_timeout = 60 }

local function start()
  client:start({
    method = "GET", url = url .. "/v1/customer_accounts/CLOUD/10101",
    headers = { Accept = "application/json", ["User-Agent"] = agent,
      ["X-Auth-Token"] = "0f6e9f1c2d5a4be38f7a1c90d3b2e4f5" },
    timeout = 300,
  }, defaults)
end

local function take(transfer)
  local response = assert(transfer:response())
  assert(json.decode(response.body).number == 10101)
end

local function run(most)
  local left = most
  for _ = 1, math.min(at_once, most) do
    start()
  end
  while left > 0 do
    for _, transfer in ipairs(client:poll(60)) do
      take(transfer)
      left = left - 1
      if left >= at_once then
        start()
      end
    end
  end
end

run(1) -- connects
local began = core.monotonic()
run(count)
print(("%.1f"):format(count / (core.monotonic() - began)))
