--- core.lua - so many calls by the core alone, for who counts instructions
-- SPDX-License-Identifier: MIT

-- core.lua URL COUNT: what calls.lua does, decoding included, without the
-- engine. What stands between the two is the engine's.

local core = require("rackspace.core")
local json = require("rackspace.engine.json")
local settings = require("rackspace.engine.settings")

local url, count = ...
local client, agent = core.client(), settings.user_agent()
local defaults = core.defaults{ connect_timeout = 10, stall_timeout = 60 }

local function get()
  local transfer = client:start({
    method = "GET", url = url .. "/v1/customer_accounts/CLOUD/10101",
    headers = { Accept = "application/json", ["User-Agent"] = agent,
      ["X-Auth-Token"] = "0f6e9f1c2d5a4be38f7a1c90d3b2e4f5" },
    timeout = 300,
  }, defaults)
  local response, message
  repeat
    client:poll(60)
    response, message = transfer:response()
  until response or message
  return json.decode(assert(response, message).body)
end

for _ = 1, tonumber(count) do
  assert(get().number == 10101)
end
